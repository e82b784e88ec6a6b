import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/names';
import { PodIdentity } from './pod-identity';

/** Properties of `Controllers`. */
export interface ControllersProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** The VPC of the cluster. Named, because pods cannot ask the instance for it. */
  readonly vpc: ec2.IVpc;

  /** Prefix of the secrets in AWS Secrets Manager that may be read, up to the first slash. */
  readonly secretPrefix: string;

  /**
   * Name of a secret of yours in AWS Secrets Manager that may be read too: the licence key.
   *
   * @default - only secrets with the prefix
   */
  readonly licenseSecretName?: string;

  /** Whether cert-manager is installed. */
  readonly issuesCertificates: boolean;

  /** The target group in which CoreDNS may be registered. */
  readonly targetGroupArn: string;

  /**
   * Registry that serves all images instead of the publishers'.
   *
   * @default - the publishers' registries
   */
  readonly imageRegistry?: string;

  /** Where the charts come from. */
  readonly charts: ControllerCharts;
}

/** Where the charts of the controllers come from. */
export interface ControllerCharts {
  /** AWS Load Balancer Controller. */
  readonly loadBalancerController: ChartSource;

  /** Elastic Cloud on Kubernetes. */
  readonly elasticOperator: ChartSource;

  /** External Secrets Operator. */
  readonly externalSecrets: ChartSource;

  /** cert-manager. */
  readonly certManager: ChartSource;
}

/** Where a Helm chart comes from. */
export interface ChartSource {
  /** Chart repository: an `https://` or `oci://` address. */
  readonly repository: string;

  /** Exact version of the chart. */
  readonly version: string;
}

/** Names of the controllers' service accounts, which their charts and their roles must agree on. */
const SERVICE_ACCOUNTS = { loadBalancer: 'aws-load-balancer-controller', externalSecrets: 'external-secrets' };

/**
 * The controllers beside Camunda, each waited for: their webhooks refuse objects until their pods answer.
 *
 * Each has only the rights that this deployment needs of it.
 */
export class Controllers extends Construct {
  /** The load-balancer controller: whatever it should act on must depend on this. */
  public readonly loadBalancerController: Construct;

  public constructor(scope: Construct, id: string, props: ControllersProps) {
    super(scope, id);
    this.loadBalancerController = this.installLoadBalancerController(props);
    const others = [this.installElasticOperator(props), this.installExternalSecrets(props)];
    if (props.issuesCertificates) others.push(this.installCertManager(props));
    // Its webhook sees every Service that is made, so it comes first.
    others.forEach(chart => chart.node.addDependency(this.loadBalancerController));
  }

  private installLoadBalancerController({ cluster, vpc, targetGroupArn, charts, imageRegistry }: ControllersProps): eks.HelmChart {
    const identity = new PodIdentity(this, 'LoadBalancerIdentity', {
      cluster,
      namespace: FIXED_NAMES.dnsNamespace,
      serviceAccount: SERVICE_ACCOUNTS.loadBalancer,
    });
    identity.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
        resources: [targetGroupArn],
      }),
    );
    identity.role.addToPolicy(
      // Read-only, and AWS offers no narrower resource for these.
      new iam.PolicyStatement({
        actions: [
          'ec2:DescribeAvailabilityZones',
          'ec2:DescribeInstances',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
          'elasticloadbalancing:DescribeLoadBalancers',
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetHealth',
        ],
        resources: ['*'],
      }),
    );
    Validations.of(identity).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'read-only calls, for which AWS knows no narrower resource; changes are limited to one target group',
    });
    const chart = this.install('LoadBalancerController', cluster, charts.loadBalancerController, {
      chart: 'aws-load-balancer-controller',
      release: 'aws-load-balancer-controller',
      namespace: FIXED_NAMES.dnsNamespace,
      values: {
        clusterName: cluster.clusterName,
        region: Stack.of(this).region,
        vpcId: vpc.vpcId,
        serviceAccount: { create: true, name: SERVICE_ACCOUNTS.loadBalancer },
        // It only binds targets here: Services of others are none of its business.
        enableServiceMutatorWebhook: false,
        createIngressClassResource: false,
        image: image(imageRegistry, 'public.ecr.aws', 'eks/aws-load-balancer-controller'),
      },
    });
    chart.node.addDependency(identity);
    return chart;
  }

  private installElasticOperator({ cluster, charts, imageRegistry }: ControllersProps): eks.HelmChart {
    return this.install('ElasticOperator', cluster, charts.elasticOperator, {
      chart: 'eck-operator',
      release: 'elastic-operator',
      namespace: FIXED_NAMES.elasticOperatorNamespace,
      values: { installCRDs: true, image: image(imageRegistry, 'docker.elastic.co', 'eck/eck-operator') },
    });
  }

  private installExternalSecrets({ cluster, charts, imageRegistry, secretPrefix, licenseSecretName }: ControllersProps): eks.HelmChart {
    const identity = new PodIdentity(this, 'ExternalSecretsIdentity', {
      cluster,
      namespace: FIXED_NAMES.externalSecretsNamespace,
      serviceAccount: SERVICE_ACCOUNTS.externalSecrets,
    });
    const secrets = this.secretArn(`${secretPrefix}/*`);
    // Secrets Manager ends each ARN with a hyphen and six characters.
    const license = licenseSecretName === undefined ? [] : [this.secretArn(`${licenseSecretName}-??????`)];
    identity.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resources: [secrets, ...license],
      }),
    );
    Validations.of(identity).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${findingText(Stack.of(this).resolve(secrets) as ResolvedArn)}]`,
      reason: 'Secrets Manager adds six random characters to the names; the prefix limits this to secrets of the deployment',
    });
    const externalSecretsImage = image(imageRegistry, 'ghcr.io', 'external-secrets/external-secrets');
    const chart = this.install('ExternalSecrets', cluster, charts.externalSecrets, {
      chart: 'external-secrets',
      release: 'external-secrets',
      namespace: FIXED_NAMES.externalSecretsNamespace,
      values: {
        installCRDs: true,
        serviceAccount: { create: true, name: SERVICE_ACCOUNTS.externalSecrets },
        image: externalSecretsImage,
        webhook: { image: externalSecretsImage },
        certController: { image: externalSecretsImage },
      },
    });
    chart.node.addDependency(identity);
    return chart;
  }

  private installCertManager({ cluster, charts, imageRegistry }: ControllersProps): eks.HelmChart {
    const certManagerImage = (part: string): ImageValues => image(imageRegistry, 'quay.io', `jetstack/cert-manager-${part}`);
    return this.install('CertManager', cluster, charts.certManager, {
      chart: 'cert-manager',
      release: 'cert-manager',
      namespace: FIXED_NAMES.certManagerNamespace,
      values: {
        // Kept when the release goes: without their kinds the certificates would go, too.
        crds: { enabled: true, keep: true },
        image: certManagerImage('controller'),
        webhook: { image: certManagerImage('webhook') },
        cainjector: { image: certManagerImage('cainjector') },
        acmesolver: { image: certManagerImage('acmesolver') },
        startupapicheck: { image: certManagerImage('startupapicheck') },
      },
    });
  }

  private secretArn(resourceName: string): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private install(id: string, cluster: eks.ICluster, source: ChartSource, options: eks.HelmChartOptions): eks.HelmChart {
    const oci = source.repository.startsWith('oci://');
    return new eks.HelmChart(this, id, {
      ...options,
      cluster,
      // An OCI repository names the chart itself.
      repository: oci ? `${source.repository.replace(/\/$/, '')}/${options.chart}` : source.repository,
      version: source.version,
      wait: true,
      timeout: Duration.minutes(15),
    });
  }
}

interface ImageValues {
  readonly repository: string;
}

function image(registry: string | undefined, publisher: string, repository: string): ImageValues {
  return { repository: `${registry ?? publisher}/${repository}` };
}

type ResolvedArn = string | { readonly 'Fn::Join': [string, (string | { readonly Ref: string })[]] };

/** An ARN the way findings spell it: with references in angle brackets. */
function findingText(arn: ResolvedArn): string {
  if (typeof arn === 'string') return arn;
  return arn['Fn::Join'][1].map(part => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}
