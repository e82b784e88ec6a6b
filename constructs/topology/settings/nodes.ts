import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { capacityOf } from '../versions/instance-types';
import { INSTANCE_TYPE, NODE_GROUP, NODE_LABELS, type NodeGroupSettings } from './node-groups';
import { MAX_VOLUME_GIB } from './resources';
import { matching, oneOf } from './rows/checks';
import { following } from './rows/default-plan';
import { Effect, UNNOTICED } from './rows/later';
import type { Check, Rows } from './rows/row';

/** The nodes of the EKS clusters: one managed node group a zone, so that each zone keeps its share. */
export interface NodeSettings {
  /**
   * EC2 instance type.
   *
   * @default - the smallest of the family m6i of which some nodes hold the pods of a region
   */
  readonly instanceType?: string;

  /**
   * Number of nodes in each of the three zones. A deployment that changes it must not change `volumeGiB`, `tags` or the release of
   * nodes too: EKS refuses both in one update.
   *
   * @default - as many as the pods of a region need, at least 2
   */
  readonly perZone?: number;

  /**
   * Upper limit for the nodes in a zone. Nothing here adds nodes: an autoscaler of yours may, up to this number. While nodes are
   * replaced, EKS goes two beyond it.
   *
   * @default - one more than `perZone`
   */
  readonly maxPerZone?: number;

  /**
   * Size of each node's root volume, in gibibytes, at least 20. A change replaces the nodes of a region, one after the other.
   *
   * @default 50
   */
  readonly volumeGiB?: number;

  /**
   * Operating system of the nodes: `AL2023` or `Bottlerocket`, for the processor of `instanceType`. A change makes new node groups and
   * deletes the old ones.
   *
   * @default 'AL2023'
   */
  readonly amiFamily?: string;

  /**
   * `ON_DEMAND`: brokers and Elasticsearch never run on Spot nodes.
   *
   * @default 'ON_DEMAND'
   */
  readonly capacityType?: string;

  /**
   * Labels of the nodes, for node selectors. A change labels the nodes that are there; a deployment with it must change nothing that
   * replaces nodes: EKS refuses both in one update.
   *
   * @default - no labels
   */
  readonly labels?: { [key: string]: string };

  /**
   * Policies of the nodes' role beside those that EKS needs: names of AWS managed policies, or ARNs of yours. For example
   * `AmazonSSMManagedInstanceCore`.
   *
   * @default - no further policies
   */
  readonly managedPolicies?: string[];

  /**
   * What kubelet keeps of each node for the operating system, on top of what EKS reserves: for agents of yours that run beside pods. A
   * change replaces the nodes of a region, one after the other.
   *
   * @default - nothing
   */
  readonly systemReserved?: SystemReservedSettings;

  /**
   * Further node groups, for workloads of yours.
   *
   * @default - no further groups
   */
  readonly groups?: NodeGroupSettings[];
}

/** What kubelet keeps of a node. */
export interface SystemReservedSettings {
  /**
   * CPU, in thousandths of a core.
   *
   * @default 0
   */
  readonly cpuMillis?: number;

  /**
   * Memory, in mebibytes.
   *
   * @default 0
   */
  readonly memoryMiB?: number;
}

/**
 * Operating systems of nodes.
 *
 * @internal
 */
export const AMI_FAMILIES = ['AL2023', 'Bottlerocket'] as const;

const MANAGED_POLICY = /^(arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/)?[\w+=,.@-]+(\/[\w+=,.@-]+)*$/;

const DEFAULT_NODES_PER_ZONE = 2;
/** Beyond, a mistake is more likely: that is for agents beside pods. */
const MAX_RESERVED_CPU_MILLIS = 8000;
const MAX_RESERVED_MEMORY_MIB = 32_768;
/** What type and number of nodes follow: whatever makes the pods of a region more or larger. */
const FOLLOWS = [
  'orchestration.resources.memoryMiB',
  'orchestration.resources.cpuMillis',
  'elasticsearch.nodesPerRegion',
  'elasticsearch.resources.memoryMiB',
  'elasticsearch.resources.cpuMillis',
  'camunda.partitionCount',
  'camunda.clusterSize',
];

const KNOWN_CAPACITY: Check = {
  rule: 'capacity-unknown',
  accepts: value => !INSTANCE_TYPE.accepts(value) || capacityOf(value) !== undefined,
  requirement: 'should be a type of the families c, m or r, of which the capacity is known',
  fix: 'check yourself that the nodes hold the pods, with one zone gone too',
  isWarning: true,
};

/** @internal */
export const NODES = {
  instanceType: {
    kind: 'string',
    default: (_own, plan) => plan.instanceType,
    follows: FOLLOWS,
    chosen: 'as the smallest of which some nodes hold the pods of a region',
    checks: [INSTANCE_TYPE, KNOWN_CAPACITY],
  },
  perZone: {
    kind: 'integer',
    default: (_own, plan) => plan.nodesPerZone,
    follows: ['instanceType', ...FOLLOWS],
    chosen: 'as the fewest of these nodes that hold them, with one zone gone too',
    min: 1,
    max: MAX_NODES_PER_ZONE,
    later: {
      effect: Effect.NODES_ROLL,
      note: 'More come beside the others. Of fewer, the pods of nodes that go move. EKS refuses it together with what replaces nodes.',
    },
  },
  maxPerZone: {
    kind: 'integer',
    default: ({ perZone }) => following(perZone, DEFAULT_NODES_PER_ZONE, MAX_NODES_PER_ZONE - 1) + 1,
    follows: ['perZone'],
    min: 1,
    max: MAX_NODES_PER_ZONE,
    later: { effect: Effect.UNNOTICED, note: 'EKS refuses it together with what replaces nodes.' },
    atLeast: 'perZone',
  },
  volumeGiB: { kind: 'integer', default: 50, min: 20, max: MAX_VOLUME_GIB },
  amiFamily: {
    kind: 'string',
    default: 'AL2023',
    checks: [
      oneOf(AMI_FAMILIES, {
        rule: 'ami-family',
        requirement: "must be 'AL2023' or 'Bottlerocket'",
        fix: 'leave it out for Amazon Linux 2023; the processor follows the instance type',
      }),
    ],
  },
  capacityType: {
    kind: 'string',
    default: 'ON_DEMAND',
    checks: [
      oneOf(['ON_DEMAND'], {
        rule: 'capacity-type',
        requirement:
          "must be 'ON_DEMAND': AWS takes Spot nodes back after two minutes, those of several zones at once, and with them replicas of the same partitions",
        fix: "leave it out, and run what can be interrupted on Spot nodes of 'nodes.groups'",
      }),
    ],
  },
  labels: {
    kind: 'map',
    default: {},
    later: { effect: Effect.UNNOTICED, note: 'EKS refuses it together with what replaces nodes.' },
    ...NODE_LABELS,
  },
  managedPolicies: {
    kind: 'strings',
    default: [],
    later: UNNOTICED,
    list: { rule: 'node-policy', requirement: 'must be a list', fix: 'leave it out for none' },
    checks: [
      matching(MANAGED_POLICY, {
        rule: 'node-policy',
        requirement: 'must be the name of an AWS managed policy, or the ARN of a policy',
        fix: "write it like 'AmazonSSMManagedInstanceCore'",
      }),
    ],
  },
  systemReserved: {
    kind: 'section',
    rows: {
      cpuMillis: { kind: 'integer', default: 0, min: 0, max: MAX_RESERVED_CPU_MILLIS },
      memoryMiB: { kind: 'integer', default: 0, min: 0, max: MAX_RESERVED_MEMORY_MIB },
    },
  },
  groups: {
    kind: 'list',
    default: [],
    later: { effect: Effect.NODES_ROLL, note: 'More come beside the others. The pods of a group that goes move.' },
    rows: NODE_GROUP,
    list: { rule: 'node-group', requirement: 'must be a list', fix: 'leave it out for none' },
    entryFix: 'give it name, instanceType, perZone and taints',
  },
} as const satisfies Rows<NodeSettings>;
