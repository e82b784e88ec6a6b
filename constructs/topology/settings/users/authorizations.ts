import { matching, oneOf } from '../rows/checks';
import type { Rows } from '../rows/row';
import { ID, PLAIN_TEXT } from './ids';

/**
 * What an owner may do with a resource. Camunda makes it if the owner has none like it, and never takes one away.
 *
 * @see Camunda 8 docs, Orchestration Cluster authorization
 */
export interface AuthorizationSettings {
  /** Who is authorized: `USER`, `GROUP`, `ROLE`, `CLIENT` or `MAPPING_RULE`. */
  readonly ownerType: string;

  /** Id of the owner. */
  readonly ownerId: string;

  /** Kind of the resource, for example `PROCESS_DEFINITION`. */
  readonly resourceType: string;

  /** Id of the resource, or `*` for all. */
  readonly resourceId: string;

  /** What the owner may do, for example `READ_PROCESS_INSTANCE`. */
  readonly permissions: string[];
}

/**
 * Who can be authorized.
 *
 * @internal
 */
export const OWNER_TYPES = ['USER', 'GROUP', 'ROLE', 'CLIENT', 'MAPPING_RULE'] as const;

const RULE = 'authorization';
const CAPITALS = /^[A-Z][A-Z_]{0,99}$/;

/** @internal */
export const AUTHORIZATION = {
  ownerType: {
    kind: 'string',
    required: true,
    checks: [
      oneOf(OWNER_TYPES, {
        rule: RULE,
        requirement: `must be one of ${OWNER_TYPES.join(', ')}`,
        fix: "write 'GROUP' for the members of a group",
      }),
    ],
  },
  ownerId: { kind: 'string', required: true, checks: [ID] },
  resourceType: {
    kind: 'string',
    required: true,
    checks: [
      matching(CAPITALS, {
        rule: RULE,
        requirement: 'must be a kind of resource, in capitals',
        fix: "write it like 'PROCESS_DEFINITION'",
      }),
    ],
  },
  resourceId: { kind: 'string', required: true, checks: [PLAIN_TEXT] },
  permissions: {
    kind: 'strings',
    required: true,
    list: { rule: RULE, requirement: 'must be a list of permissions', fix: "write it like ['READ_PROCESS_INSTANCE']" },
    checks: [
      matching(CAPITALS, { rule: RULE, requirement: 'must be a permission, in capitals', fix: "write it like 'READ_PROCESS_INSTANCE'" }),
    ],
  },
} as const satisfies Rows<AuthorizationSettings>;
