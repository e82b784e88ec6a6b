import { FIXED_NAMES } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { ResolvedSettings } from '../../topology/settings/resolved-settings';
import type { Topology } from '../../topology/topology';
import { below, type Entry, type Settings } from './config-tree';
import { placeholder, VARIABLES } from './orchestration-environment';

type Users = ResolvedSettings['users'];
type Oidc = NonNullable<Users['oidc']>;

/** What a role may be given to, and what Camunda calls it in a role of its own. */
const MEMBERS = { users: 'users', groups: 'groups', clients: 'clients', mappingRules: 'mappingrules' } as const;

type Members = { readonly [Kind in keyof typeof MEMBERS]?: readonly string[] };

/**
 * Who may log in, and who may do what.
 *
 * @see Camunda 8 docs, property reference: security; Admin as Code
 *
 * @internal
 */
export function securitySettings(topology: Topology): Settings {
  const { users } = planOf(topology).settings;
  return below('camunda.security', {
    'authentication.method': users.oidc ? 'oidc' : 'basic',
    'authentication.unprotected-api': false,
    ...(users.oidc ? below('authentication.oidc', oidcSettings(users.oidc)) : {}),
    'authorizations.enabled': true,
    'multi-tenancy.checks-enabled': false,
    'multi-tenancy.api-enabled': true,
    ...below('initialization', { ...(users.oidc ? {} : { users: ownUsers() }), ...initialization(users, topology) }),
  });
}

function oidcSettings(oidc: Oidc): Settings {
  return {
    'issuer-uri': oidc.issuerUri,
    'client-id': oidc.clientId,
    'client-secret': placeholder(VARIABLES.oidcSecret),
    'redirect-uri': oidc.redirectUri,
    'username-claim': oidc.usernameClaim,
    'client-id-claim': oidc.clientIdClaim,
    'prefer-username-claim': oidc.preferUsernameClaim,
    ...(oidc.groupsClaim === undefined ? {} : { 'groups-claim': oidc.groupsClaim }),
    // An empty list would be read as one empty audience.
    ...(oidc.audiences.length === 0 ? {} : { audiences: oidc.audiences }),
    scope: oidc.scopes,
  };
}

function ownUsers(): Entry[] {
  const { adminUser, connectorsUser, recoveryUser } = FIXED_NAMES;
  return [
    userOf(connectorsUser, 'Connectors', VARIABLES.connectorsPassword),
    userOf(adminUser, 'Administrator', VARIABLES.adminPassword),
    // Without a role: each user who is logged in may read the topology.
    userOf(recoveryUser, 'Recovery', VARIABLES.recoveryPassword),
  ];
}

function userOf(username: string, name: string, passwordVariable: string): Entry {
  return { username, password: placeholder(passwordVariable), name, email: `${username}@example.com` };
}

function initialization({ oidc, groups, roles, mappingRules, authorizations }: Users, topology: Topology): Settings {
  const known = planOf(topology).version.users?.roles ?? [];
  const made = roles.filter(({ roleId }) => !known.includes(roleId));
  return {
    ...defaultRoles(known, [...ownMembers(oidc), ...roles]),
    ...listed(
      'groups',
      groups.map(({ groupId, name = groupId, users, clients, mappingRules: rules }) =>
        entry({ groupId, name, users, clients, mappingRules: rules }),
      ),
    ),
    ...listed(
      'roles',
      made.map(({ roleId, name = roleId, users, groups: ids, clients, mappingRules: rules }) =>
        entry({ roleId, name, users, groups: ids, clients, mappingRules: rules }),
      ),
    ),
    ...listed(
      'mapping-rules',
      mappingRules.map(rule => ({ ...rule })),
    ),
    ...listed(
      'authorizations',
      authorizations.map(authorization => ({ ...authorization })),
    ),
  };
}

/** With a provider, there is no user of this library. */
function ownMembers(oidc: Oidc | undefined): ({ readonly roleId: string } & Members)[] {
  const { adminUser, connectorsUser, adminRole, connectorsRole } = FIXED_NAMES;
  if (oidc === undefined) {
    return [
      { roleId: adminRole, users: [adminUser] },
      { roleId: connectorsRole, users: [connectorsUser] },
    ];
  }
  return oidc.connectors ? [{ roleId: connectorsRole, clients: [oidc.connectors.clientId] }] : [];
}

function defaultRoles(known: readonly string[], given: readonly ({ readonly roleId: string } & Members)[]): Settings {
  const settings: [string, readonly string[]][] = known.flatMap(roleId =>
    Object.entries(MEMBERS).map(([kind, name]): [string, readonly string[]] => {
      const ids = given.filter(role => role.roleId === roleId).flatMap(role => role[kind as keyof Members] ?? []);
      return [`default-roles.${roleId}.${name}`, [...new Set(ids)]];
    }),
  );
  return Object.fromEntries(settings.filter(([, ids]) => ids.length > 0));
}

function listed(name: string, entries: readonly Entry[]): Settings {
  return entries.length === 0 ? {} : { [name]: entries };
}

/** What was left out is not there. */
function entry(values: { readonly [name: string]: Entry[string] | undefined }): Entry {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
