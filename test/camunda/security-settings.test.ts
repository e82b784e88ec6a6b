import { orchestrationEnvironment, VARIABLES } from '../../constructs/camunda/application/orchestration-environment';
import { securitySettings } from '../../constructs/camunda/application/security-settings';
import { Party } from '../../constructs/topology/plan/flows/flows';
import { canonicalName } from '../../constructs/topology/plan/owned-names';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { unknownProperties } from '../support/findings/security-properties';
import { withOidc, withUsers } from '../support/rows/user-rule-rows';
import { FULL_SETTINGS } from '../support/settings/full-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';

const SECURITY = 'camunda.security';
const settingsOf = (settings: DualRegionSettings): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(securitySettings(Topology.of(settings))).map(([path, value]) => [path.replace(`${SECURITY}.`, ''), value]),
  );
const below = (settings: DualRegionSettings, parent: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(settingsOf(settings)).flatMap(([path, value]) =>
      path.startsWith(`${parent}.`) ? [[path.slice(parent.length + 1), value]] : [],
    ),
  );
const variables = (settings: DualRegionSettings): string[] => orchestrationEnvironment(Topology.of(settings), 0).map(({ name }) => name);

describe('users of Camunda', () => {
  test('are those of this library, each with the role that it needs', () => {
    const settings = settingsOf(DEFAULT_SETTINGS);
    expect(settings['authentication.method']).toBe('basic');
    expect(settings['initialization.users']).toEqual([
      expect.objectContaining({ username: 'connectors', password: `\${${VARIABLES.connectorsPassword}}` }),
      expect.objectContaining({ username: 'admin', password: `\${${VARIABLES.adminPassword}}` }),
      expect.objectContaining({ username: 'recovery', password: `\${${VARIABLES.recoveryPassword}}` }),
    ]);
    expect(below(DEFAULT_SETTINGS, 'initialization.default-roles')).toEqual({
      'admin.users': ['admin'],
      'connectors.users': ['connectors'],
    });
  });

  test('can be in groups that have roles, Camunda’s own and others', () => {
    const settings = withUsers({
      groups: [{ groupId: 'clerks', name: 'Order clerks', users: ['jane', 'joe'] }, { groupId: 'auditors' }],
      roles: [
        { roleId: 'admin', users: ['jane', 'admin'], groups: ['auditors'] },
        { roleId: 'readonly-admin', groups: ['auditors'] },
        { roleId: 'order-clerk', groups: ['clerks'] },
      ],
      authorizations: [
        {
          ownerType: 'ROLE',
          ownerId: 'order-clerk',
          resourceType: 'PROCESS_DEFINITION',
          resourceId: 'order',
          permissions: ['READ_USER_TASK'],
        },
      ],
    });
    expect(below(settings, 'initialization')).toEqual({
      users: expect.any(Array),
      // The one of this library stays, and is there once.
      'default-roles.admin.users': ['admin', 'jane'],
      'default-roles.admin.groups': ['auditors'],
      'default-roles.connectors.users': ['connectors'],
      'default-roles.readonly-admin.groups': ['auditors'],
      groups: [
        { groupId: 'clerks', name: 'Order clerks', users: ['jane', 'joe'] },
        { groupId: 'auditors', name: 'auditors' },
      ],
      roles: [{ roleId: 'order-clerk', name: 'order-clerk', groups: ['clerks'] }],
      authorizations: [
        {
          ownerType: 'ROLE',
          ownerId: 'order-clerk',
          resourceType: 'PROCESS_DEFINITION',
          resourceId: 'order',
          permissions: ['READ_USER_TASK'],
        },
      ],
    });
  });

  test('have a role of a version by its own name where an older version has none of it', () => {
    const roles = { roles: [{ roleId: 'task-worker', users: ['jane'] }] };
    expect(below(withUsers(roles, ofVersion('8.8')), 'initialization').roles).toEqual([
      { roleId: 'task-worker', name: 'task-worker', users: ['jane'] },
    ]);
    expect(below(withUsers(roles, ofVersion('8.9')), 'initialization')).toMatchObject({ 'default-roles.task-worker.users': ['jane'] });
  });
});

describe('login by an identity provider', () => {
  test('takes the place of users and passwords', () => {
    const settings = settingsOf(withOidc());
    expect(settings['authentication.method']).toBe('oidc');
    expect(settings).not.toHaveProperty(['initialization.users']);
    expect(below(withOidc(), 'initialization.default-roles')).toEqual({
      'admin.users': ['jane@example.com'],
      'connectors.clients': ['camunda-connectors'],
    });
    const passwords = [VARIABLES.adminPassword, VARIABLES.connectorsPassword, VARIABLES.recoveryPassword];
    expect(variables(withOidc())).toEqual(expect.not.arrayContaining(passwords));
    expect(variables(withOidc())).toContain(VARIABLES.oidcSecret);
    expect(variables(DEFAULT_SETTINGS)).toEqual(expect.arrayContaining(passwords));
    expect(variables(DEFAULT_SETTINGS)).not.toContain(VARIABLES.oidcSecret);
  });

  test('tells brokers all that they need to know of the provider', () => {
    expect(below({ ...DEFAULT_SETTINGS, users: FULL_SETTINGS.users }, 'authentication.oidc')).toEqual({
      'issuer-uri': 'https://login.example.com/realms/camunda',
      'client-id': 'camunda',
      'client-secret': `\${${VARIABLES.oidcSecret}}`,
      'redirect-uri': 'https://camunda.example.com/sso-callback',
      'username-claim': 'preferred_username',
      'client-id-claim': 'client_id',
      'prefer-username-claim': true,
      'groups-claim': 'teams',
      audiences: ['camunda', 'camunda-api'],
      scope: ['openid', 'profile', 'email'],
    });
  });

  test('has defaults: users are sent back to where they came from, and tokens are for the client', () => {
    const { issuerUri, tokenUri, clientId, recovery, connectors } = FULL_SETTINGS.users.oidc!;
    const oidc = { issuerUri, tokenUri, clientId, recovery, connectors };
    const settings = withUsers({ oidc, roles: [{ roleId: 'admin', users: ['jane'] }] });
    expect(below(settings, 'authentication.oidc')).toMatchObject({
      'redirect-uri': '{baseUrl}/sso-callback',
      'username-claim': 'sub',
      'client-id-claim': 'client_id',
      'prefer-username-claim': false,
      audiences: ['camunda'],
      scope: ['openid', 'profile'],
    });
    expect(below(settings, 'authentication.oidc')).not.toHaveProperty('groups-claim');
  });

  test('opens the way out for brokers, on the port of the provider, and for nobody else', () => {
    const ways = (settings: DualRegionSettings): string[] =>
      Topology.of(settings).flows.flatMap(({ source, target, port, crossRegion }) =>
        target === Party.OUTSIDE ? [`${source} ${port} ${crossRegion}`] : [],
      );
    expect(ways(withOidc()).filter(way => !ways(DEFAULT_SETTINGS).includes(way))).toEqual(['orchestration 443 false']);
  });

  test('names no audience where any is let in', () => {
    expect(below(withOidc({ audiences: [] }), 'authentication.oidc')).not.toHaveProperty('audiences');
  });

  test('gives roles to what the provider says of a user', () => {
    const users = {
      roles: [{ roleId: 'admin', mappingRules: ['owners'], clients: ['pipeline'] }],
      mappingRules: [{ mappingRuleId: 'owners', claimName: 'department', claimValue: 'process owners' }],
    };
    expect(below(withOidc({}, users), 'initialization')).toEqual({
      'default-roles.admin.mappingrules': ['owners'],
      'default-roles.admin.clients': ['pipeline'],
      'default-roles.connectors.clients': ['camunda-connectors'],
      'mapping-rules': [{ mappingRuleId: 'owners', claimName: 'department', claimValue: 'process owners' }],
    });
  });
});

describe.each(VERSIONS.filter(version => CAMUNDA_VERSIONS[version].users))('%s', version => {
  test.each([
    ['users of its own', withUsers({}, ofVersion(version))],
    ['a provider', withOidc({}, {}, ofVersion(version))],
    ['every setting', { ...DEFAULT_SETTINGS, ...ofVersion(version), users: FULL_SETTINGS.users }],
  ])('documents what it is told with %s', (_what, settings) => {
    expect(unknownProperties(settings)).toEqual([]);
  });
});

test('a setting that no version documents is noticed', () => {
  const settings = withUsers({ groups: [{ groupId: 'clerks' }] });
  const known = CAMUNDA_VERSIONS['8.9'].users!.properties.filter(
    name => canonicalName(name) !== 'camundasecurityinitializationgroupsgroupid',
  );
  expect(unknownProperties(settings, known)).toEqual(['camunda.security.initialization.groups.groupId']);
});
