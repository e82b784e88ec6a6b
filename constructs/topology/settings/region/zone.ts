import { matching } from '../rows/checks';
import { BROKERS_ROLL, fixed } from '../rows/later';
import type { Rows } from '../rows/row';

/** The zone that the brokers of a region form, in a cluster with zones. */
export interface ZoneSettings {
  /**
   * Name of the zone. It is part of each broker's id and of the name of its pod: lower-case letters, digits and hyphens. The two
   * regions have different ones.
   *
   * @default - the AWS region
   */
  readonly name?: string;

  /**
   * Priority of the zone. All partitions are led in the zone with the higher one, as long as it lives. With equal ones, each
   * region leads half of them.
   *
   * @default - 1000 in region 0, 500 in region 1
   */
  readonly priority?: number;
}

const PAGE = 'zones.md';

/** @internal */
export const ZONE = {
  name: {
    kind: 'string',
    later: fixed('It is part of the id of every broker, and of the names of their volumes.', PAGE),
    checks: [
      // `@see` Camunda 8 docs 8.10, cluster settings: a zone; Kubernetes wants lower case.
      matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
        rule: 'zone-name',
        requirement: 'must be a DNS label: at most 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen',
        fix: "choose a name like 'eu-west-2'",
      }),
    ],
  },
  priority: {
    kind: 'integer',
    min: 1,
    max: 1_000_000,
    later: {
      ...BROKERS_ROLL,
      note: "A running cluster keeps the priorities that it began with: 'recover switch' moves the leaders.",
      page: PAGE,
    },
  },
} as const satisfies Rows<ZoneSettings>;
