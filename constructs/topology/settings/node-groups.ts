import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { LABEL_NAME, LABEL_VALUE, namedTexts } from './pod';
import { matching, oneOf } from './rows/checks';
import type { Rows } from './rows/row';

/** Nodes beside those of Camunda, in each zone of both regions, for workloads of yours. */
export interface NodeGroupSettings {
  /** Name of the group, at most 20 characters. Another name makes another group. */
  readonly name: string;

  /** EC2 instance type. */
  readonly instanceType: string;

  /** Number of nodes in each of the three zones. */
  readonly perZone: number;

  /**
   * Upper limit for the nodes in a zone. Nothing here adds nodes: an autoscaler of yours may, up to this number.
   *
   * @default - one more than `perZone`
   */
  readonly maxPerZone?: number;

  /**
   * `ON_DEMAND` or `SPOT`.
   *
   * @default - on demand
   */
  readonly capacityType?: string;

  /**
   * Labels of the nodes, for node selectors.
   *
   * @default - no labels
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints of the nodes. One must keep pods away, with the effect `NoSchedule` or `NoExecute`: pods of Camunda, of Elasticsearch and of
   * the controllers stay on nodes that were counted for them.
   */
  readonly taints: TaintSettings[];
}

/** A taint of nodes: only pods that tolerate it run there. */
export interface TaintSettings {
  /** Name, by the rules of labels. */
  readonly key: string;

  /**
   * Value, by the rules of labels.
   *
   * @default - an empty value
   */
  readonly value?: string;

  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. */
  readonly effect: string;
}

/**
 * EC2 instance types, known or not.
 *
 * @internal
 */
export const INSTANCE_TYPE = matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, {
  rule: 'instance-type',
  requirement: 'must be an EC2 instance type',
  fix: "write it like 'm6i.xlarge'",
});

/** What EKS and Kubernetes set themselves, or keep for themselves. */
const OWNED_LABEL = /(^|[./])(kubernetes\.io|k8s\.io|amazonaws\.com)\//;

/** @internal */
export const NODE_LABELS = namedTexts('node-label', {
  value: LABEL_VALUE,
  owned: OWNED_LABEL,
  fix: "use names of your own, for example 'node-pool: processes'",
});

const TAINT = {
  key: {
    kind: 'string',
    required: true,
    checks: [matching(LABEL_NAME, { rule: 'node-taint', requirement: "must be a label's name", fix: "write it like 'dedicated'" })],
  },
  value: {
    kind: 'string',
    checks: [matching(LABEL_VALUE, { rule: 'node-taint', requirement: "must be a label's value", fix: 'leave it out for none' })],
  },
  effect: {
    kind: 'string',
    required: true,
    checks: [
      oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], {
        rule: 'node-taint',
        requirement: 'must be an effect of Kubernetes',
        fix: "write 'NoSchedule', 'PreferNoSchedule' or 'NoExecute'",
      }),
    ],
  },
} as const satisfies Rows<TaintSettings>;

/** @internal */
export const NODE_GROUP = {
  name: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
        rule: 'node-group',
        requirement: 'must be 1 to 20 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
        fix: "choose a name like 'workers'",
      }),
    ],
  },
  instanceType: { kind: 'string', required: true, checks: [INSTANCE_TYPE] },
  perZone: { kind: 'integer', required: true, min: 1, max: MAX_NODES_PER_ZONE },
  maxPerZone: { kind: 'integer', min: 1, max: MAX_NODES_PER_ZONE, atLeast: 'perZone' },
  capacityType: {
    kind: 'string',
    checks: [
      oneOf(['ON_DEMAND', 'SPOT'], {
        rule: 'capacity-type',
        requirement: "must be 'ON_DEMAND' or 'SPOT'",
        fix: 'leave it out for nodes on demand',
      }),
    ],
  },
  labels: { kind: 'map', ...NODE_LABELS },
  taints: {
    kind: 'list',
    required: true,
    rows: TAINT,
    list: {
      rule: 'node-taint',
      requirement: 'must be a list',
      fix: "write it like [{ key: 'dedicated', value: 'workers', effect: 'NoSchedule' }]",
    },
  },
} as const satisfies Rows<NodeGroupSettings>;
