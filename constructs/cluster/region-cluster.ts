import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeDeploymentFunction, keepLogGroupDeleted, limitDeploymentLogs } from './deployment-function';
import { acknowledgeManagedPolicies } from './managed-policy-finding';

/** Properties of a `RegionCluster`. */
export interface RegionClusterProps {
  /**
   * Name of the cluster. Fixed, because its log group must exist before it, and because a change that would replace
   * the cluster then fails instead of losing it.
   */
  readonly clusterName: string;

  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /** Private subnets for the control plane's interfaces and the deployment function. */
  readonly subnets: ec2.ISubnet[];

  /** Kubernetes version. */
  readonly version: eks.KubernetesVersion;

  /** Range of the Kubernetes Services. Cannot be changed later. */
  readonly serviceCidr: string;

  /**
   * Ranges from which the endpoint can be reached over the internet.
   *
   * @default - none: the endpoint is private
   */
  readonly publicAccessCidrs?: string[];

  /**
   * IAM roles that become administrators.
   *
   * @default - none
   */
  readonly adminRoleArns?: string[];

  /**
   * Key that encrypts the Kubernetes secrets. Cannot be changed later.
   *
   * @default - a key of the cluster's own, which goes with it
   */
  readonly secretsEncryptionKey?: kms.IKey;

  /** How long logs of the control plane are kept. */
  readonly logRetention: logs.RetentionDays;

  /** Layer with kubectl and helm for the deployment function. */
  readonly kubectlLayer: lambda.ILayerVersion;
}

/** The EKS cluster of one region: private, logged, with encrypted secrets, and without self-managed add-ons. */
export class RegionCluster extends Construct {
  /** The cluster. */
  public readonly cluster: eks.Cluster;

  public constructor(scope: Construct, id: string, props: RegionClusterProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'ControlPlaneLogs', {
      logGroupName: `/aws/eks/${props.clusterName}/cluster`,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const publicCidrs = props.publicAccessCidrs ?? [];
    this.cluster = new eks.Cluster(this, 'Resource', {
      clusterName: props.clusterName,
      version: props.version,
      vpc: props.vpc,
      vpcSubnets: [{ subnets: props.subnets }],
      serviceIpv4Cidr: props.serviceCidr,
      endpointAccess: publicCidrs.length > 0 ? eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...publicCidrs) : eks.EndpointAccess.PRIVATE,
      role: this.clusterRole(),
      secretsEncryptionKey: props.secretsEncryptionKey ?? this.secretsKey(props.clusterName),
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      // Auto Mode has no CoreDNS add-on, so DNS could not be chained.
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      // Changing either of these replaces the cluster.
      bootstrapSelfManagedAddons: false,
      bootstrapClusterCreatorAdminPermissions: false,
      kubectlProviderOptions: { kubectlLayer: props.kubectlLayer, privateSubnets: props.subnets },
      prune: false,
      outputConfigCommand: false,
    });
    this.cluster.node.addDependency(logGroup);
    this.waitForLogsOnly(logGroup);
    const provider = this.cluster.node.findChild('KubectlProvider') as Construct;
    limitDeploymentLogs(this, provider, props.logRetention);
    acknowledgeDeploymentFunction(provider, provider);
    this.acknowledgeFindings();
    props.adminRoleArns?.forEach((arn, index) => this.cluster.grantClusterAdmin(`Admin${index}`, arn));
  }

  /**
   * The CDK lets a cluster wait for all of its VPC. It needs the subnets, which it names; NAT gateways take minutes, and are needed by nodes.
   */
  private waitForLogsOnly(logGroup: logs.LogGroup): void {
    const logicalId = Stack.of(this).getLogicalId(logGroup.node.defaultChild as logs.CfnLogGroup);
    (this.cluster.node.defaultChild as eks.CfnCluster).addOverride('DependsOn', [logicalId]);
  }

  private secretsKey(clusterName: string): kms.Key {
    return new kms.Key(this, 'SecretsKey', {
      description: `Kubernetes secrets of ${clusterName}`,
      enableKeyRotation: true,
      // It encrypts nothing that outlives the cluster.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private clusterRole(): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
      inlinePolicies: {
        // A cluster that is being deleted writes a last line, and would bring its deleted log group back without an end.
        KeepLogGroupDeleted: keepLogGroupDeleted(),
      },
    });
    acknowledgeManagedPolicies(
      role,
      'EKS requires this policy, and AWS extends it as the control plane needs more',
      'AmazonEKSClusterPolicy',
    );
    return role;
  }

  private acknowledgeFindings(): void {
    Validations.of(this.cluster).acknowledge({
      id: 'CloudFormation-Validate::W9009',
      reason: 'EKS requires the list of encrypted resources, although its schema calls it deprecated',
    });
  }
}
