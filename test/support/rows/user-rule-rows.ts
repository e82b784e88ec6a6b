import type { Party } from '../../../constructs/topology/plan/flows/flows';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import type { UsersSettings } from '../../../constructs/topology/settings/users/users';
import { withSettings } from '../settings/changed-settings';
import { FULL_SETTINGS } from '../settings/full-settings';
import { MIGRATION, ofVersion } from '../settings/versions';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];
type Others = Parameters<typeof withSettings>[0];

const { recovery, connectors, ...PROVIDER } = FULL_SETTINGS.users.oidc!;
const ADMIN = { roleId: 'admin', users: ['jane@example.com'] };

/** Settings of users, of any kind, with others. */
export function withUsers(users: unknown, others: Others = {}): DualRegionSettings {
  return withSettings({ ...others, users: users as UsersSettings });
}

/** Login by a provider, with an administrator. */
export function withOidc(changes: object = {}, users: object = {}, others: Others = {}): DualRegionSettings {
  return withUsers({ oidc: { ...PROVIDER, groupsClaim: undefined, recovery, connectors, ...changes }, roles: [ADMIN], ...users }, others);
}

const authorization = (changes: object): object => ({
  ownerType: 'USER',
  ownerId: 'jane',
  resourceType: 'PROCESS_DEFINITION',
  resourceId: '*',
  permissions: ['READ_USER_TASK'],
  ...changes,
});
const authorized = (changes: object): object => ({ authorizations: [authorization(changes)] });

const VALUES: Row[] = [
  ['user-group', 'users.groups', 'clerks', withUsers({ groups: 'clerks' })],
  ['user-group', 'users.groups[0]', 'clerks', withUsers({ groups: ['clerks'] })],
  ['user-role', 'users.roles', 'admin', withUsers({ roles: 'admin' })],
  ['mapping-rule', 'users.mappingRules', 5, withUsers({ mappingRules: 5 })],
  ...['', 'a b', '${X}', undefined, 'a'.repeat(257)].map((groupId): Row => [
    'user-id',
    'users.groups[0].groupId',
    groupId,
    withUsers({ groups: [{ groupId }] }),
  ]),
  ['user-id', 'users.roles[0].users', 'jane', withUsers({ roles: [{ roleId: 'admin', users: 'jane' }] })],
  ['user-id', 'users.roles[0].users[0]', 'jane doe', withUsers({ roles: [{ roleId: 'admin', users: ['jane doe'] }] })],
  ...[' Clerks', '', 'a\nb', '${HOME}'].map((name): Row => [
    'user-text',
    'users.groups[0].name',
    name,
    withUsers({ groups: [{ groupId: 'clerks', name }] }),
  ]),
  ['authorization', 'users.authorizations', {}, withUsers({ authorizations: {} })],
  ['authorization', 'users.authorizations[0].ownerType', 'user', withUsers(authorized({ ownerType: 'user' }))],
  ['authorization', 'users.authorizations[0].resourceType', 'Process', withUsers(authorized({ resourceType: 'Process' }))],
  ['authorization', 'users.authorizations[0].permissions', 'READ', withUsers(authorized({ permissions: 'READ' }))],
  ['authorization', 'users.authorizations[0].permissions[0]', 'read', withUsers(authorized({ permissions: ['read'] }))],
  ['oidc', 'users.oidc', 'keycloak', withUsers({ oidc: 'keycloak', roles: [ADMIN] })],
  ...[
    'http://login.example.com',
    'https://login.example.com/?realm=a',
    'https://..',
    'https:///realms/a',
    'https://jane:x@login.example.com',
    'https://login.example.com:0',
    undefined,
  ].map((issuerUri): Row => ['oidc', 'users.oidc.issuerUri', issuerUri, withOidc({ issuerUri })]),
  ['oidc', 'users.oidc.tokenUri', 'https://a.example.com/${X}', withOidc({ tokenUri: 'https://a.example.com/${X}' })],
  ...['https://camunda.example.com/', 'http://camunda.example.com/sso-callback', '{baseUrl}sso-callback'].map((redirectUri): Row => [
    'oidc',
    'users.oidc.redirectUri',
    redirectUri,
    withOidc({ redirectUri }),
  ]),
  ['oidc', 'users.oidc.scopes[0]', 'openid profile', withOidc({ scopes: ['openid profile'] })],
  ['oidc', 'users.oidc.audiences', 'camunda', withOidc({ audiences: 'camunda' })],
  ['oidc', 'users.oidc.recovery.scope', 'a,b', withOidc({ recovery: { ...recovery, scope: 'a,b' } })],
  ['user-id', 'users.oidc.recovery.clientId', undefined, withOidc({ recovery: {} })],
  ['user-id', 'users.oidc.connectors.clientId', undefined, withOidc({ connectors: {} })],
];

const MEMBERS: Row[] = [
  ['user-group', 'users.groups[1].groupId', 'a', withUsers({ groups: [{ groupId: 'a' }, { groupId: 'a' }] })],
  ['user-role', 'users.roles[1].roleId', 'a', withUsers({ roles: [{ roleId: 'a' }, { roleId: 'a' }] })],
  [
    'mapping-rule',
    'users.mappingRules[1].mappingRuleId',
    'a',
    withOidc({}, { mappingRules: ['b', 'c'].map(claimName => ({ mappingRuleId: 'a', claimName, claimValue: 'd' })) }),
  ],
  ['user-group', 'users.groups', 'clerks', withOidc({ groupsClaim: 'teams' }, { groups: [{ groupId: 'clerks' }] })],
  ['user-member', 'users.roles[0].groups', 'clerks', withUsers({ roles: [{ roleId: 'admin', groups: ['clerks'] }] })],
  ['user-member', 'users.groups[0].mappingRules', 'x', withOidc({}, { groups: [{ groupId: 'clerks', mappingRules: ['x'] }] })],
  ['users-tokens', 'users.roles[0].clients', 'pipeline', withUsers({ roles: [{ roleId: 'rpa', clients: ['pipeline'] }] })],
  [
    'users-tokens',
    'users.mappingRules',
    'a',
    withUsers({ mappingRules: [{ mappingRuleId: 'a', claimName: 'department', claimValue: 'orders' }] }),
  ],
];

const AUTHORIZATIONS: Row[] = [
  ['authorization', 'users.authorizations[0].resourceType', 'PROCESS', withUsers(authorized({ resourceType: 'PROCESS' }))],
  ['authorization', 'users.authorizations[0].resourceType', 'SECRET', withUsers(authorized({ resourceType: 'SECRET' }), ofVersion('8.9'))],
  ['authorization', 'users.authorizations[0].permissions', 'ACCESS', withUsers(authorized({ permissions: ['ACCESS', 'READ_USER_TASK'] }))],
  ['authorization', 'users.authorizations[0].permissions', [], withUsers(authorized({ permissions: [] }))],
  [
    'authorization',
    'users.authorizations[0].permissions',
    'CLAIM_USER_TASK',
    withUsers(authorized({ permissions: ['CLAIM_USER_TASK'] }), ofVersion('8.8')),
  ],
  ...['GROUP', 'ROLE', 'CLIENT', 'MAPPING_RULE'].map((ownerType): Row => [
    'user-member',
    'users.authorizations[0].ownerId',
    'jane',
    withUsers(authorized({ ownerType })),
  ]),
];

const TWICE = ['READ_USER_TASK', 'READ_PROCESS_INSTANCE'].map(permission => authorization({ permissions: [permission] }));

const STRAY = 'camunda.security.authentication.oidc.clock-skew';
const LOGIN: Row[] = [
  ['users-version', 'users', 'groups', withUsers({ groups: [{ groupId: 'clerks' }] }, ofVersion('8.7'))],
  [
    'users-patch',
    'images.camundaTag',
    '8.8.11',
    withUsers({ groups: [{ groupId: 'clerks' }] }, { ...ofVersion('8.8'), images: { camundaTag: '8.8.11' } }),
  ],
  ['authorization', 'users.authorizations[1]', 'USER jane, PROCESS_DEFINITION *', withUsers({ authorizations: TWICE })],
  ...[['profile'], []].map((scopes): Row => ['oidc-scopes', 'users.oidc.scopes', scopes, withOidc({ scopes })]),
  ...[true, false].map((preferUsernameClaim): Row => [
    'oidc-claims',
    'users.oidc.clientIdClaim',
    'sub',
    withOidc({ usernameClaim: 'sub', clientIdClaim: 'sub', preferUsernameClaim }),
  ]),
  ['oidc-migration', 'users.oidc', PROVIDER.issuerUri, withOidc({}, {}, MIGRATION)],
  ['oidc-admin', 'users.roles', 'rpa', withOidc({}, { roles: [{ roleId: 'rpa', users: ['jane'] }] })],
  ['oidc-admin', 'users.roles', 'admin', withOidc({}, { roles: [{ roleId: 'admin', users: [] }] })],
  ['oidc-connectors', 'users.oidc.connectors', undefined, withOidc({ connectors: undefined })],
  [
    'oidc-stray',
    `orchestration.pod.configuration.${STRAY}`,
    STRAY,
    withSettings({ orchestration: { pod: { configuration: { [STRAY]: '30s' } } } }),
  ],
];

/** Rules about users, broken. */
export const USER_ERRORS: Row[] = [...VALUES, ...MEMBERS, ...AUTHORIZATIONS, ...LOGIN];

const AWAY = 'https://login.example.com:8443/realms/camunda';
const SERVICE = 'https://keycloak.auth.svc.cluster.local/token';
const WITHIN = 'https://10.192.1.2/token';
const toProvider = (port: number, ...parties: readonly string[]): NonNullable<DualRegionSettings['extraFlows']> =>
  parties.map(party => ({ source: { party: party as Party }, target: { cidr: '198.51.100.0/24' }, port, purpose: 'provider' }));

/** The same for warnings. */
export const USER_WARNINGS: Row[] = [
  ['oidc-audiences', 'users.oidc.audiences', [], withOidc({ audiences: [] })],
  ['oidc-flow', 'users.oidc.issuerUri', AWAY, withOidc({ issuerUri: AWAY })],
  ['oidc-flow', 'users.oidc.tokenUri', SERVICE, withOidc({ tokenUri: SERVICE })],
  ['oidc-flow', 'users.oidc.tokenUri', WITHIN, withOidc({ tokenUri: WITHIN })],
  // Connectors need the way too, and in both regions.
  ['oidc-flow', 'users.oidc.tokenUri', AWAY, withOidc({ tokenUri: AWAY }, {}, { extraFlows: toProvider(8443, 'orchestration') })],
  [
    'oidc-flow',
    'users.oidc.issuerUri',
    AWAY,
    withOidc({ issuerUri: AWAY }, {}, { extraFlows: toProvider(8443, 'orchestration').map(flow => ({ ...flow, regionId: 1 })) }),
  ],
  ['user-role', 'users.roles[0].roleId', 'Admin', withUsers({ roles: [{ roleId: 'Admin', users: ['jane'] }] })],
];

/** What is allowed and looks as if it were not. */
export const USERS_ALLOWED: DualRegionSettings[] = [
  withUsers({}, ofVersion('8.7')),
  withUsers({ groups: [{ groupId: 'clerks' }] }, { ...ofVersion('8.8'), images: { camundaTag: '8.8.12' } }),
  withUsers({ groups: [{ groupId: 'clerks' }], roles: [{ roleId: 'admin', groups: ['clerks'] }] }),
  withUsers(authorized({ ownerType: 'ROLE', ownerId: 'task-worker' })),
  withUsers(authorized({ resourceType: 'SECRET', permissions: ['REVEAL'] }), ofVersion('8.10')),
  withOidc({}, authorized({ ownerType: 'CLIENT', ownerId: 'pipeline' })),
  withOidc({ groupsClaim: 'teams' }, { roles: [{ roleId: 'admin', groups: ['platform'] }] }),
  withOidc({ audiences: [] }),
  withOidc({ connectors: undefined }, {}, { connectors: { enabled: false } }),
  withOidc({ issuerUri: AWAY, tokenUri: AWAY }, {}, { extraFlows: toProvider(8443, 'orchestration', 'connectors') }),
  withOidc({ tokenUri: SERVICE }, {}, { extraFlows: toProvider(443, 'orchestration', 'connectors') }),
  withOidc({}, {}, { orchestration: { pod: { configuration: { [STRAY]: '30s' } } } }),
];
