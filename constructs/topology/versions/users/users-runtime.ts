import { PERMISSIONS_8_10, PERMISSIONS_8_8, PERMISSIONS_8_9, type Permissions } from './permissions';

/**
 * How a version is told of users, and of who may do what.
 *
 * @internal
 */
export interface UsersRuntime {
  /** Settings that the version documents, where `*` stands for an id. Names compare as Spring compares them. */
  readonly properties: readonly string[];
  /** Who says so, and the day on which it was read, ISO date. */
  readonly source: string;
  readonly seen: string;
  /** The first patch that makes groups, roles and authorizations. */
  readonly oldestPatch: number;
  /** Roles that the version has by itself. */
  readonly roles: readonly string[];
  readonly permissions: Permissions;
  /** Whether brokers start while the identity provider cannot be reached. */
  readonly startsWithoutProvider: boolean;
}

/** Settings below `camunda.security` that this library knows how to write. */
const PROPERTIES: readonly string[] = [
  'authentication.method',
  'authentication.unprotected-api',
  ...[
    'client-id',
    'client-secret',
    'issuer-uri',
    'redirect-uri',
    'username-claim',
    'client-id-claim',
    'prefer-username-claim',
    'groups-claim',
    'audiences',
    'scope',
  ].map(name => `authentication.oidc.${name}`),
  'authorizations.enabled',
  'multi-tenancy.checks-enabled',
  'multi-tenancy.api-enabled',
  ...['username', 'password', 'name', 'email'].map(name => `initialization.users.${name}`),
  ...['users', 'groups', 'clients', 'mappingrules'].map(name => `initialization.default-roles.*.${name}`),
  ...['groupId', 'name', 'users', 'clients', 'mappingRules'].map(name => `initialization.groups.${name}`),
  ...['roleId', 'name', 'users', 'groups', 'clients', 'mappingRules'].map(name => `initialization.roles.${name}`),
  ...['mapping-rule-id', 'claim-name', 'claim-value'].map(name => `initialization.mappingrules.${name}`),
  ...['ownerType', 'ownerId', 'resourceType', 'resourceId', 'permissions'].map(name => `initialization.authorizations.${name}`),
].map(name => `camunda.security.${name}`);

const SEEN = '2026-11-30';

/**
 * Groups, roles and authorizations came with patches, so its property reference has them not, and its page about them has.
 *
 * @see camunda/camunda#45660, backport to stable/8.8; Camunda 8 docs 8.8, Identity as Code
 * @see camunda/camunda#38406: brokers do not start without the provider, in 8.9 neither
 *
 * @internal
 */
export const USERS_8_8: UsersRuntime = {
  properties: PROPERTIES,
  source: 'Camunda 8 docs 8.8, property reference: security; Identity as Code; Orchestration Cluster authorization',
  seen: SEEN,
  oldestPatch: 12,
  roles: ['admin', 'app-integrations', 'connectors', 'readonly-admin', 'rpa'],
  permissions: PERMISSIONS_8_8,
  startsWithoutProvider: false,
};

/** @internal */
export const USERS_8_9: UsersRuntime = {
  ...USERS_8_8,
  source: 'Camunda 8 docs 8.9, property reference: security; Admin: Identity as Code; Orchestration Cluster authorization',
  oldestPatch: 0,
  roles: [...USERS_8_8.roles, 'task-worker'],
  permissions: PERMISSIONS_8_9,
};

/**
 * @see camunda/camunda#62935: the provider is asked at the first request that needs it
 *
 * @internal
 */
export const USERS_8_10: UsersRuntime = {
  ...USERS_8_9,
  source: 'Camunda 8 docs 8.10, property reference: security; Admin as Code; Orchestration Cluster authorization',
  permissions: PERMISSIONS_8_10,
  startsWithoutProvider: true,
};
