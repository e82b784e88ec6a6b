import { procedure } from '../rows/later';
import type { Rows, Words } from '../rows/row';
import { AUTHORIZATION, type AuthorizationSettings } from './authorizations';
import { GROUP, MAPPING_RULE, ROLE, type GroupSettings, type MappingRuleSettings, type RoleSettings } from './members';
import { OIDC, type OidcSettings } from './oidc';

/** Who may use Camunda, and what for, from 8.8 on. Camunda makes what it does not know when the leader of partition 1 starts. */
export interface UsersSettings {
  /**
   * Login by an identity provider.
   *
   * @default - users of Camunda's own, with passwords
   */
  readonly oidc?: OidcSettings;

  /**
   * Groups of users.
   *
   * @default - none
   */
  readonly groups?: GroupSettings[];

  /**
   * Who has which role.
   *
   * @default - Camunda's roles `admin` and `connectors`, each with the user of this library
   */
  readonly roles?: RoleSettings[];

  /**
   * What roles, groups and authorizations make of the claims of a token.
   *
   * @default - none
   */
  readonly mappingRules?: MappingRuleSettings[];

  /**
   * What users, groups, roles and clients may do beside what Camunda's own roles allow.
   *
   * @default - none
   */
  readonly authorizations?: AuthorizationSettings[];
}

const PAGE = 'users.md';
const list = (rule: string): Words => ({ rule, requirement: 'must be a list', fix: 'leave it out for none' });

/** @internal */
export const USERS = {
  oidc: {
    kind: 'section',
    optional: true,
    rows: OIDC,
    section: { rule: 'oidc', requirement: 'must be a mapping', fix: "leave it out for Camunda's own users" },
    later: procedure(PAGE, 'All are logged out, and job workers need other credentials.'),
  },
  groups: { kind: 'list', default: [], rows: GROUP, list: list('user-group'), entryFix: "write it like { groupId: 'order-clerks' }" },
  roles: { kind: 'list', default: [], rows: ROLE, list: list('user-role'), entryFix: "write it like { roleId: 'admin', users: ['jane'] }" },
  mappingRules: {
    kind: 'list',
    default: [],
    rows: MAPPING_RULE,
    list: list('mapping-rule'),
    entryFix: "write it like { mappingRuleId: 'clerks', claimName: 'department', claimValue: 'orders' }",
  },
  authorizations: {
    kind: 'list',
    default: [],
    rows: AUTHORIZATION,
    list: list('authorization'),
    entryFix: 'name ownerType, ownerId, resourceType, resourceId and permissions',
  },
} as const satisfies Rows<UsersSettings>;
