/**
 * A part of AWS with accounts of its own. Nothing reaches from one into another: no peering, no replica of a secret, no copy of an object.
 *
 * @internal
 */
export interface AwsPartition {
  /** How ARNs begin: `arn:`, and this. */
  readonly id: string;
  /** How names of endpoints end. */
  readonly dnsSuffix: string;
  /** What names of its regions begin with. The first partition has all others. */
  readonly prefix: string;
  /** Why a pair of its regions cannot work. */
  readonly lacks?: string;
}

const NO_POD_IDENTITY = 'EKS Pod Identity, which the controllers get their rights by';

/**
 * @see botocore 1.43.11 (May 2026), partitions.json for names and endpoints, endpoints.json for what exists where. Nothing else that is
 * deployed here (EKS, KMS, Lambda, Network Load Balancer, S3, Secrets Manager) is missing anywhere.
 *
 * @internal
 */
export const AWS_PARTITIONS: readonly AwsPartition[] = [
  { id: 'aws', dnsSuffix: 'amazonaws.com', prefix: '' },
  { id: 'aws-cn', dnsSuffix: 'amazonaws.com.cn', prefix: 'cn-' },
  { id: 'aws-us-gov', dnsSuffix: 'amazonaws.com', prefix: 'us-gov-' },
  { id: 'aws-eusc', dnsSuffix: 'amazonaws.eu', prefix: 'eusc-', lacks: 'a second region' },
  { id: 'aws-iso', dnsSuffix: 'c2s.ic.gov', prefix: 'us-iso-', lacks: NO_POD_IDENTITY },
  { id: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov', prefix: 'us-isob-', lacks: NO_POD_IDENTITY },
  { id: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk', prefix: 'eu-isoe-', lacks: NO_POD_IDENTITY },
  { id: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov', prefix: 'us-isof-', lacks: NO_POD_IDENTITY },
];

/**
 * The partition of an AWS region, known or not.
 *
 * @internal
 */
export function partitionOf(awsRegion: string): AwsPartition {
  const [standard, ...others] = AWS_PARTITIONS;
  return others.find(({ prefix }) => awsRegion.startsWith(prefix)) ?? standard;
}
