import type { Rows } from '../rows/row';
import { ID, IDS, PLAIN_TEXT } from './ids';

/** Users that roles and authorizations are given to together. Camunda makes it if it has no group of the id, and never changes it. */
export interface GroupSettings {
  /** Id of the group. */
  readonly groupId: string;

  /**
   * What it is called.
   *
   * @default - its id
   */
  readonly name?: string;

  /**
   * Names of users in it.
   *
   * @default - none
   */
  readonly users?: string[];

  /**
   * Ids of clients in it. Only with `users.oidc`.
   *
   * @default - none
   */
  readonly clients?: string[];

  /**
   * Ids of mapping rules in it. Only with `users.oidc`.
   *
   * @default - none
   */
  readonly mappingRules?: string[];
}

/**
 * Members of a role. One that Camunda has already, such as `admin` or `readonly-admin`, gets them beside those that it has; any other one
 * is made.
 */
export interface RoleSettings {
  /** Id of the role. */
  readonly roleId: string;

  /**
   * What it is called. Roles that Camunda has already keep their name.
   *
   * @default - its id
   */
  readonly name?: string;

  /**
   * Names of users who have it.
   *
   * @default - none
   */
  readonly users?: string[];

  /**
   * Ids of groups whose members have it.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Ids of clients that have it. Only with `users.oidc`.
   *
   * @default - none
   */
  readonly clients?: string[];

  /**
   * Ids of mapping rules: who matches one has the role. Only with `users.oidc`.
   *
   * @default - none
   */
  readonly mappingRules?: string[];
}

/** Tokens with a claim of a certain value. It has no effect before a role, group or authorization names it. Only with `users.oidc`. */
export interface MappingRuleSettings {
  /** Id of the rule. */
  readonly mappingRuleId: string;

  /** Name of the claim. */
  readonly claimName: string;

  /** Value of the claim, or an entry of it. */
  readonly claimValue: string;
}

const MEMBERS = { kind: 'strings', list: IDS, checks: [ID] } as const;
const NAME = { kind: 'string', checks: [PLAIN_TEXT] } as const;

/** @internal */
export const GROUP = {
  groupId: { kind: 'string', required: true, checks: [ID] },
  name: NAME,
  users: MEMBERS,
  clients: MEMBERS,
  mappingRules: MEMBERS,
} as const satisfies Rows<GroupSettings>;

/** @internal */
export const ROLE = {
  roleId: { kind: 'string', required: true, checks: [ID] },
  name: NAME,
  users: MEMBERS,
  groups: MEMBERS,
  clients: MEMBERS,
  mappingRules: MEMBERS,
} as const satisfies Rows<RoleSettings>;

/** @internal */
export const MAPPING_RULE = {
  mappingRuleId: { kind: 'string', required: true, checks: [ID] },
  claimName: { kind: 'string', required: true, checks: [PLAIN_TEXT] },
  claimValue: { kind: 'string', required: true, checks: [PLAIN_TEXT] },
} as const satisfies Rows<MappingRuleSettings>;
