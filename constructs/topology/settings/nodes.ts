import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { capacityOf } from '../versions/instance-types';
import { MAX_VOLUME_GIB } from './resources';
import { matching } from './rows/checks';
import { following } from './rows/default-plan';
import { Effect } from './rows/later';
import type { Check, Rows } from './rows/row';
import { isTextOf } from './rows/value-kinds';

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
}

const DEFAULT_NODES_PER_ZONE = 2;
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;
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
  accepts: value => !isTextOf(INSTANCE_TYPE, value) || capacityOf(value) !== undefined,
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
    checks: [
      matching(INSTANCE_TYPE, {
        rule: 'instance-type',
        requirement: 'must be an EC2 instance type',
        fix: "write it like 'm6i.xlarge'",
      }),
      KNOWN_CAPACITY,
    ],
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
} as const satisfies Rows<NodeSettings>;
