/**
 * How long AWS takes to make a resource, in seconds.
 *
 * @internal
 */
export interface ResourceDuration {
  readonly seconds: number;
  /** Where the figure is from: published logs with their number and range, or `estimate`. */
  readonly source: string;
}

/**
 * The month in which the figures were collected.
 *
 * @internal
 */
export const DURATIONS_AS_OF = '2026-11';

const ESTIMATE = 'estimate';

/**
 * Types that take longer than a few seconds. The figures of logs are medians of `terraform apply` and `cdk deploy` runs that people published.
 *
 * @internal
 */
export const RESOURCE_DURATIONS: Readonly<Record<string, ResourceDuration>> = {
  'AWS::EKS::Cluster': { seconds: 600, source: '10 published logs of 2022 to 2026, 8 min 12 s to 11 min 23 s' },
  'AWS::EKS::Nodegroup': { seconds: 130, source: '8 published logs of 2023 to 2026, 1 min 28 s to 3 min 41 s' },
  'AWS::EC2::NatGateway': { seconds: 107, source: '8 published logs of 2022 to 2026, 1 min 25 s to 2 min 5 s' },
  'AWS::EKS::Addon': { seconds: 35, source: '10 published logs of 2023 to 2026, 14 s to 56 s' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { seconds: 150, source: ESTIMATE },
  'AWS::KMS::Key': { seconds: 20, source: '2 published logs of 2026, 12 s and 29 s' },
  'Custom::AWSCDK-EKS-HelmChart': { seconds: 90, source: ESTIMATE },
  'Custom::AWSCDK-EKS-KubernetesResource': { seconds: 15, source: ESTIMATE },
  'Custom::CertificateAuthority': { seconds: 15, source: ESTIMATE },
  'Custom::BucketCopies': { seconds: 10, source: ESTIMATE },
  'AWS::IAM::Role': { seconds: 20, source: ESTIMATE },
  'AWS::IAM::Policy': { seconds: 15, source: ESTIMATE },
  'AWS::IAM::InstanceProfile': { seconds: 125, source: ESTIMATE },
  'AWS::EC2::VPC': { seconds: 15, source: ESTIMATE },
  'AWS::EC2::InternetGateway': { seconds: 15, source: ESTIMATE },
  'AWS::EC2::VPCGatewayAttachment': { seconds: 15, source: ESTIMATE },
  'AWS::EC2::EIP': { seconds: 15, source: ESTIMATE },
  'AWS::EC2::VPCPeeringConnection': { seconds: 20, source: ESTIMATE },
  'AWS::EC2::VPCEndpoint': { seconds: 60, source: ESTIMATE },
  'AWS::CertificateManager::Certificate': { seconds: 180, source: ESTIMATE },
  'AWS::Route53::RecordSet': { seconds: 45, source: ESTIMATE },
  'AWS::WAFv2::WebACL': { seconds: 15, source: ESTIMATE },
  'AWS::S3::Bucket': { seconds: 25, source: ESTIMATE },
  'AWS::Lambda::Function': { seconds: 10, source: ESTIMATE },
};

/**
 * Every other type.
 *
 * @internal
 */
export const OTHER_SECONDS = 5;

/**
 * What CloudFormation and the CDK need for a stack beside its resources: change set, events, outputs.
 *
 * @internal
 */
export const STACK_SECONDS = 30;
