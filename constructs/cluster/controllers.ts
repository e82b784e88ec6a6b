import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';
import { controllerChart, imageValues, type ChartSource, type ImageValues } from './controller-chart';
import { LoadBalancerController } from './load-balancer-controller';
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

  /**
   * Key of yours that encrypts those secrets.
   *
   * @default - the key that AWS keeps for Secrets Manager
   */
  readonly secretsKeyArn?: string;

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

/** Name of the service account, which chart and role must agree on. */
const EXTERNAL_SECRETS_ACCOUNT = 'external-secrets';

/**
 * The controllers beside Camunda, each waited for: their webhooks refuse objects until their pods answer.
 *
 * Each has only the rights that this deployment needs of it.
 */
export class Controllers extends Construct {
  /** The load-balancer controller: whatever it should act on must depend on this. */
  public readonly loadBalancerController: Construct;

  /** The charts. They need nodes, names and storage. */
  public readonly charts: eks.HelmChart[];

  public constructor(scope: Construct, id: string, props: ControllersProps) {
    super(scope, id);
    // CDK leaves 'Default' out of logical ids: another one would uninstall the controller after installing it anew.
    const balancer = new LoadBalancerController(this, 'Default', {
      cluster: props.cluster,
      vpc: props.vpc,
      targetGroupArn: props.targetGroupArn,
      imageRegistry: props.imageRegistry,
      chart: props.charts.loadBalancerController,
    }).chart;
    this.loadBalancerController = balancer;
    // None waits for another one: no webhook of theirs sees what the others install.
    this.charts = [balancer, this.installElasticOperator(props), this.installExternalSecrets(props)];
    if (props.issuesCertificates) this.charts.push(this.installCertManager(props));
  }

  private installElasticOperator({ cluster, charts, imageRegistry }: ControllersProps): eks.HelmChart {
    return controllerChart(this, 'ElasticOperator', charts.elasticOperator, {
      cluster,
      chart: 'eck-operator',
      release: 'elastic-operator',
      namespace: FIXED_NAMES.elasticOperatorNamespace,
      values: { installCRDs: true, image: imageValues(imageRegistry, 'docker.elastic.co', 'eck/eck-operator') },
    });
  }

  private installExternalSecrets({
    cluster,
    charts,
    imageRegistry,
    secretPrefix,
    licenseSecretName,
    secretsKeyArn,
  }: ControllersProps): eks.HelmChart {
    const identity = new PodIdentity(this, 'ExternalSecretsIdentity', {
      cluster,
      namespace: FIXED_NAMES.externalSecretsNamespace,
      serviceAccount: EXTERNAL_SECRETS_ACCOUNT,
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
    if (secretsKeyArn !== undefined)
      identity.role.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [secretsKeyArn] }));
    Validations.of(identity).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${findingText(Stack.of(this).resolve(secrets) as ResolvedArn)}]`,
      reason: 'Secrets Manager adds six random characters to the names; the prefix limits this to secrets of the deployment',
    });
    const externalSecretsImage = imageValues(imageRegistry, 'ghcr.io', 'external-secrets/external-secrets');
    const chart = controllerChart(this, 'ExternalSecrets', charts.externalSecrets, {
      cluster,
      chart: 'external-secrets',
      release: 'external-secrets',
      namespace: FIXED_NAMES.externalSecretsNamespace,
      values: {
        installCRDs: true,
        serviceAccount: { create: true, name: EXTERNAL_SECRETS_ACCOUNT },
        image: externalSecretsImage,
        webhook: { image: externalSecretsImage },
        certController: { image: externalSecretsImage },
      },
    });
    chart.node.addDependency(identity);
    return chart;
  }

  private installCertManager({ cluster, charts, imageRegistry }: ControllersProps): eks.HelmChart {
    const certManagerImage = (part: string): ImageValues => imageValues(imageRegistry, 'quay.io', `jetstack/cert-manager-${part}`);
    return controllerChart(this, 'CertManager', charts.certManager, {
      cluster,
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
}

type ResolvedArn = string | { readonly 'Fn::Join': [string, (string | { readonly Ref: string })[]] };

/** An ARN the way findings spell it: with references in angle brackets. */
function findingText(arn: ResolvedArn): string {
  if (typeof arn === 'string') return arn;
  return arn['Fn::Join'][1].map(part => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}
