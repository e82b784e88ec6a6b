import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { MAX_PARTITION_COUNT } from '../plan/placement/partitions';
import { ZONE_COUNT } from '../plan/subnets';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { knownVersion, matching, oneOf } from './rows/checks';
import { following } from './rows/default-plan';
import { BROKERS_ROLL, fixed, procedure } from './rows/later';
import type { Check, Rows } from './rows/row';

/** The Zeebe cluster that spans both regions. */
export interface CamundaSettings {
  /**
   * Minor version of Camunda.
   *
   * @default '8.9'
   */
  readonly version?: string;

  /**
   * The older version whose data is being taken over. While it is set, exporters of both versions run, with importer and
   * migration Job. Only `8.7`, and only with version `8.8`.
   *
   * @default - none: no migration
   */
  readonly migratingFrom?: string;

  /**
   * Number of brokers over both regions together. Must be even and at least 4: each region runs half of them.
   *
   * @default 8
   */
  readonly clusterSize?: number;

  /**
   * Number of partitions, at least 1. Can be raised later, never lowered.
   *
   * @default - the cluster size
   */
  readonly partitionCount?: number;

  /**
   * Number of replicas of each partition. Must be 4: two in each region.
   *
   * @default 4
   */
  readonly replicationFactor?: number;

  /**
   * Whether the brokers of each region form a zone of Camunda, with a name and a priority. From 8.10 on. Numbered brokers are the
   * default, because zones with Elasticsearch in two regions have been proven on no real cluster. A cluster that runs is one or the
   * other for good.
   *
   * @default false
   */
  readonly zones?: boolean;

  /**
   * Name of the secret in AWS Secrets Manager whose whole text is your licence key. You make it in both AWS regions, under
   * the same name.
   *
   * @default - no licence key
   */
  readonly licenseSecretName?: string;
}

const DEFAULT_CLUSTER_SIZE = 8;
const MIN_CLUSTER_SIZE = 4;
/** Brokers of a region never share a node. */
const MAX_CLUSTER_SIZE = 2 * ZONE_COUNT * MAX_NODES_PER_ZONE;
const REPLICATION_FACTOR = 4;
/** The page about more brokers and partitions. */
const SCALE = 'scale.md';

/**
 * Whether two regions can share that many brokers.
 *
 * @internal
 */
export function isClusterSize(value: unknown): value is number {
  return typeof value === 'number' && value % 2 === 0 && value >= MIN_CLUSTER_SIZE && value <= MAX_CLUSTER_SIZE;
}

const EVEN: Check = {
  rule: 'cluster-size',
  accepts: isClusterSize,
  requirement: `must be an even number of at least ${MIN_CLUSTER_SIZE}, and at most ${MAX_CLUSTER_SIZE}`,
  fix: value => `choose ${nearestClusterSize(value)}: both regions run the same number of brokers`,
};

function nearestClusterSize(clusterSize: unknown): number {
  if (typeof clusterSize !== 'number' || !Number.isFinite(clusterSize) || clusterSize < MIN_CLUSTER_SIZE) return MIN_CLUSTER_SIZE;
  return Math.min(2 * Math.ceil(clusterSize / 2), MAX_CLUSTER_SIZE);
}

/** @internal */
export const CAMUNDA = {
  version: {
    kind: 'string',
    default: '8.9',
    checks: [knownVersion('camunda-version', 'a version', Object.keys(CAMUNDA_VERSIONS))],
  },
  migratingFrom: { kind: 'string' },
  clusterSize: {
    kind: 'integer',
    default: DEFAULT_CLUSTER_SIZE,
    min: MIN_CLUSTER_SIZE,
    max: MAX_CLUSTER_SIZE,
    multipleOf: 2,
    later: procedure(SCALE, "Never fewer. More from 8.9 on: they run, and become members by 'recover scale', with zones by hand."),
    checks: [EVEN],
  },
  partitionCount: {
    kind: 'integer',
    default: ({ clusterSize }) => following(clusterSize, DEFAULT_CLUSTER_SIZE, MAX_PARTITION_COUNT),
    follows: ['clusterSize'],
    later: procedure(SCALE, "Never fewer. More from 8.9 on, by 'recover scale' when the brokers have restarted, with zones by hand."),
    min: 1,
    max: MAX_PARTITION_COUNT,
  },
  replicationFactor: {
    kind: 'integer',
    default: REPLICATION_FACTOR,
    later: fixed('It has one value.'),
    checks: [
      oneOf([REPLICATION_FACTOR], {
        rule: 'replication-factor',
        requirement: `must be exactly ${REPLICATION_FACTOR}`,
        fix: `set it to ${REPLICATION_FACTOR}: two replicas in each region survive the loss of the other one`,
      }),
    ],
  },
  zones: {
    kind: 'boolean',
    default: false,
    later: fixed('Brokers would start under other ids, beside their data. Make a new cluster, or leave it as it is.', 'zones.md'),
  },
  licenseSecretName: {
    kind: 'string',
    later: BROKERS_ROLL,
    checks: [
      // `@see` AWS Secrets Manager API reference, CreateSecret
      matching(/^[\w/+=.@-]{1,512}$/, {
        rule: 'license-secret',
        requirement: 'must be the name of a secret in AWS Secrets Manager, not its ARN: letters, digits and / _ + = . @ -',
        fix: "make a secret such as 'camunda-licence-key' in both AWS regions, and name it here",
      }),
    ],
  },
} as const satisfies Rows<CamundaSettings>;
