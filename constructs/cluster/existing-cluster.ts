import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeDeploymentFunction, limitDeploymentLogs } from './deployment-function';

/** Properties of an `ExistingCluster`. */
export interface ExistingClusterProps {
  /** Name of the cluster. Its authentication mode must be `API` or `API_AND_CONFIG_MAP`. */
  readonly clusterName: string;

  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;

  /** Private subnets for the deployment function. It must reach the endpoint of the cluster and AWS from there. */
  readonly subnets: ec2.ISubnet[];

  /** The security group that EKS made for the cluster. The deployment function is given it. */
  readonly clusterSecurityGroupId: string;

  /** Layer with kubectl and helm for the deployment function. */
  readonly kubectlLayer: lambda.ILayerVersion;

  /** How long logs of the deployment function are kept. */
  readonly logRetention: logs.RetentionDays;
}

/**
 * An EKS cluster that exists already, with a function of its own that applies manifests to it from inside of its VPC. The cluster
 * is not changed but for an access entry that makes the function an administrator.
 *
 * @see Amazon EKS user guide, grant IAM users access to Kubernetes with EKS access entries
 */
export class ExistingCluster extends Construct {
  /** The cluster. */
  public readonly cluster: eks.ICluster;

  public constructor(scope: Construct, id: string, props: ExistingClusterProps) {
    super(scope, id);
    const { clusterName, vpc, clusterSecurityGroupId } = props;
    const attributes = { clusterName, vpc, clusterSecurityGroupId, prune: false };
    const role = new iam.Role(this, 'DeploymentRole', {
      description: `Applies manifests to ${clusterName}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
    });
    const policyArn = Stack.of(this).formatArn({
      service: 'eks',
      region: '',
      account: 'aws',
      resource: 'cluster-access-policy',
      resourceName: 'AmazonEKSClusterAdminPolicy',
    });
    const access = new eks.CfnAccessEntry(this, 'DeploymentAccess', {
      clusterName,
      principalArn: role.roleArn,
      type: 'STANDARD',
      accessPolicies: [{ policyArn, accessScope: { type: 'cluster' } }],
    });
    // An imported cluster takes a provider, but no options for one, and a provider takes a cluster.
    const provider = new eks.KubectlProvider(this, 'KubectlProvider', {
      cluster: eks.Cluster.fromClusterAttributes(this, 'Described', attributes),
      kubectlLayer: props.kubectlLayer,
      privateSubnets: props.subnets,
      role,
    });
    // Whatever is applied needs the function, so it finds the door open, also when it is taken away again.
    provider.node.addDependency(access);
    this.cluster = eks.Cluster.fromClusterAttributes(this, 'Resource', { ...attributes, kubectlProvider: provider });
    limitDeploymentLogs(this, provider, props.logRetention);
    acknowledgeDeploymentFunction(this, provider);
  }
}
