import { matching } from '../rows/checks';
import { fixed, NODES_ROLL, procedure, UNNOTICED } from '../rows/later';
import type { Rows } from '../rows/row';

/** Keys of yours in AWS KMS that encrypt what is kept in a region. Each is the ARN of a key in that region. */
export interface KeySettings {
  /**
   * Key of the volumes of brokers and Elasticsearch. The EBS CSI driver gets the rights for it. Name it too where the account's
   * default key for EBS is one of yours.
   *
   * @default - the account's default key for EBS
   */
  readonly volumes?: string;

  /**
   * Key of the root volumes of nodes. Its policy must let the service-linked role of Amazon EC2 Auto Scaling use it.
   *
   * @default - the account's default key for EBS
   */
  readonly nodes?: string;

  /**
   * Key of the buckets for snapshots, in both regions or in none.
   *
   * @default - the key that Amazon S3 manages
   */
  readonly buckets?: string;

  /**
   * Key of the secrets in AWS Secrets Manager, in both regions or in none.
   *
   * @default - the key that AWS keeps for Secrets Manager
   */
  readonly secrets?: string;

  /**
   * Key of the log groups. Its policy must let CloudWatch Logs use it.
   *
   * @default - the key that CloudWatch Logs manages
   */
  readonly logs?: string;

  /**
   * Key of the Kubernetes secrets in the cluster.
   *
   * @default - a key of the cluster's own, which goes with it
   */
  readonly cluster?: string;
}

const KEY = {
  kind: 'string',
  checks: [
    matching(/^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, {
      rule: 'kms-key',
      requirement: 'must be the ARN of a key in AWS KMS, not an alias',
      fix: "write it like 'arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555'",
    }),
  ],
} as const;

const PAGE = 'where-it-runs.md#keys';

/** @internal */
export const KEYS = {
  volumes: { ...KEY, later: procedure(PAGE, 'The storage class is made anew, and volumes that are there keep their key.') },
  nodes: { ...KEY, later: NODES_ROLL },
  buckets: { ...KEY, later: UNNOTICED },
  secrets: { ...KEY, later: UNNOTICED },
  logs: { ...KEY, later: UNNOTICED },
  cluster: { ...KEY, later: fixed('The cluster would be replaced.', PAGE) },
} as const satisfies Rows<KeySettings>;
