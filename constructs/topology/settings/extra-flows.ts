import { parseCidr } from '../plan/cidr';
import { Party, Transport } from '../plan/flows/flows';
import { matching, oneOf } from './rows/checks';
import type { Check, Rows } from './rows/row';
import { DNS_LABEL } from './rows/value-kinds';

/** Traffic between Camunda and something outside of its namespace, beside what Camunda itself needs. */
export interface ExtraFlowSettings {
  /** Who opens the connection. */
  readonly source: FlowEndSettings;

  /** Who accepts it. One of both ends is a party of Camunda, the other one a namespace or a range. */
  readonly target: FlowEndSettings;

  /**
   * Port at the accepting side, 1 to 65535. That of the management API, 9600, is opened for a namespace of the same region only: it asks for no
   * password.
   */
  readonly port: number;

  /**
   * Transport protocol, `TCP` or `UDP`.
   *
   * @default - TCP
   */
  readonly transport?: Transport;

  /**
   * Whether it also crosses from either region into the other. Only towards Camunda, and from a namespace: pods of the other region are
   * known by the addresses of its VPC, which are all admitted.
   *
   * @default - it stays within each region
   */
  readonly crossRegion?: boolean;

  /**
   * The only region that opens it, 0 or 1.
   *
   * @default - both regions, each within itself
   */
  readonly regionId?: number;

  /** What it is for, up to 100 letters, digits, blanks and `. , - _ : / ( )`. It stands in rules of security groups. */
  readonly purpose: string;
}

/** One end of an extra flow. Exactly one of its fields is set. */
export interface FlowEndSettings {
  /**
   * Pods of Camunda: `orchestration`, `connectors` or `elasticsearch`, in 8.7 also `gateway`, `operate` or `tasklist`.
   *
   * @default - not Camunda
   */
  readonly party?: Party;

  /**
   * Pods of another namespace.
   *
   * @default - no namespace
   */
  readonly namespace?: string;

  /**
   * Range of IPv4 addresses. As a source it is opened in the security group of the nodes, too. As a target it leaves out the VPCs and
   * Services of both regions where it holds them.
   *
   * @default - no range
   */
  readonly cidr?: string;
}

const RULE = 'extra-flow';
const MAX_PORT = 65_535;

const PORT: Check = {
  rule: RULE,
  accepts: value => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_PORT,
  requirement: `must be a whole number from 1 to ${MAX_PORT}`,
  fix: 'name the port of the server',
};

const RANGE: Check = {
  rule: RULE,
  accepts: value => parseCidr(value) !== undefined,
  requirement: 'must be an IPv4 range that starts at its first address',
  fix: "write it as 'a.b.c.d/n'",
};

/**
 * Parties that a version of Camunda may have.
 *
 * @internal
 */
export const PARTIES_OF_FLOWS: readonly Party[] = [
  Party.ORCHESTRATION,
  Party.GATEWAY,
  Party.OPERATE,
  Party.TASKLIST,
  Party.CONNECTORS,
  Party.ELASTICSEARCH,
];

const EXAMPLE = "write it like { source: { namespace: 'monitoring' }, target: { party: 'orchestration' }, port: 9600, purpose: 'metrics' }";

/**
 * What is said of an end that is not one.
 *
 * @internal
 */
export const ONE_END = { rule: RULE, requirement: "must have exactly one of 'party', 'namespace' and 'cidr'", fix: EXAMPLE };

const END = {
  party: {
    kind: 'string',
    checks: [
      oneOf(PARTIES_OF_FLOWS, {
        rule: RULE,
        requirement: 'must be a part of Camunda',
        fix: `choose one of ${PARTIES_OF_FLOWS.join(', ')}`,
      }),
    ],
  },
  namespace: {
    kind: 'string',
    checks: [
      matching(DNS_LABEL, {
        rule: RULE,
        requirement: 'must be the name of a namespace',
        fix: 'use lower-case letters, digits and hyphens',
      }),
    ],
  },
  cidr: { kind: 'string', checks: [RANGE] },
} as const satisfies Rows<FlowEndSettings>;

/** @internal */
export const EXTRA_FLOW = {
  source: { kind: 'section', required: true, rows: END, section: ONE_END },
  target: { kind: 'section', required: true, rows: END, section: ONE_END },
  port: { kind: 'integer', required: true, checks: [PORT], min: 1, max: MAX_PORT },
  transport: {
    kind: 'string',
    checks: [oneOf(Object.values(Transport), { rule: RULE, requirement: "must be 'TCP' or 'UDP'", fix: 'leave it out for TCP' })],
  },
  crossRegion: { kind: 'boolean', rule: RULE },
  regionId: {
    kind: 'integer',
    checks: [oneOf([0, 1], { rule: RULE, requirement: 'must be 0 or 1', fix: 'leave it out for both regions' })],
  },
  purpose: {
    kind: 'string',
    required: true,
    checks: [
      // What descriptions of rules may hold: Amazon EC2 API reference, AuthorizeSecurityGroupIngress.
      matching(/^[a-zA-Z0-9 .,\-_:/()]{1,100}$/, {
        rule: RULE,
        requirement: 'must be 1 to 100 letters, digits, blanks or . , - _ : / ( )',
        fix: 'say what it is for',
      }),
    ],
  },
} as const satisfies Rows<ExtraFlowSettings>;

/**
 * The words of the list.
 *
 * @internal
 */
export const EXTRA_FLOWS_LIST = {
  list: { rule: RULE, requirement: 'must be a list', fix: 'leave it out for none' },
  entryFix: EXAMPLE,
};
