import { at, find, objectsOf } from '../support/manifests';
import { grants, type Request } from '../support/rows/role-rules';
import { withOidc } from '../support/rows/user-rule-rows';
import { MIGRATION, ofVersion, VERSIONS } from '../support/settings/versions';

const APPS = 'apps';
const POLICIES = { group: 'networking.k8s.io', resource: 'networkpolicies' };
const LEASES = { group: 'coordination.k8s.io', resource: 'leases' };
const roleOf = (settings: Parameters<typeof objectsOf>[1] = {}, regionId = 0) =>
  find(objectsOf(regionId, settings), 'Role', 'camunda-recovery');
const sentence = ({ verb, resource, name }: Request): string => `${verb} ${resource}${name === undefined ? '' : ` ${name}`}`;
const named = (requests: readonly Request[]) => requests.map((request): [string, Request] => [sentence(request), request]);

test.each([0, 1])('is of the namespace of region %i, and of one group', regionId => {
  const objects = objectsOf(regionId);
  const role = roleOf({}, regionId);
  const namespace = ['camunda-london', 'camunda-paris'][regionId];
  expect(role.metadata.namespace).toBe(namespace);
  const bindings = objects.filter(({ kind }) => kind.endsWith('RoleBinding'));
  expect(bindings.map(({ kind, metadata, roleRef, subjects }) => ({ kind, namespace: metadata.namespace, roleRef, subjects }))).toEqual([
    {
      kind: 'RoleBinding',
      namespace,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'camunda-recovery' }],
    },
  ]);
  expect(objects.filter(({ kind }) => kind === 'ClusterRole')).toEqual([]);
});

describe('a recovery', () => {
  test.each(
    named([
      { verb: 'list', resource: 'pods' },
      { verb: 'get', resource: 'pods', name: 'camunda-zeebe-0' },
      { verb: 'get', resource: 'services', name: 'camunda-zeebe-gateway' },
      { verb: 'get', group: APPS, resource: 'statefulsets', name: 'camunda-zeebe' },
      { verb: 'get', group: APPS, resource: 'deployments', name: 'camunda-connectors' },
      { verb: 'get', group: 'elasticsearch.k8s.elastic.co', resource: 'elasticsearches', name: 'elasticsearch' },
      { verb: 'create', resource: 'pods/portforward', name: 'camunda-zeebe-0' },
      { verb: 'get', resource: 'pods/portforward', name: 'camunda-zeebe-0' },
      { verb: 'get', resource: 'secrets', name: 'elasticsearch-es-elastic-user' },
      { verb: 'get', resource: 'secrets', name: 'camunda-users' },
      { verb: 'get', resource: 'secrets', name: 'camunda-tls' },
      { verb: 'get', resource: 'configmaps', name: 'camunda-recovery-topology' },
      { verb: 'create', resource: 'configmaps' },
      { verb: 'get', resource: 'configmaps', name: 'camunda-recovery-progress' },
      { verb: 'update', resource: 'configmaps', name: 'camunda-recovery-progress' },
      { ...LEASES, verb: 'create' },
      { ...LEASES, verb: 'get', name: 'camunda-recovery' },
      { ...LEASES, verb: 'update', name: 'camunda-recovery' },
      { verb: 'patch', group: APPS, resource: 'statefulsets/scale', name: 'camunda-zeebe' },
      { ...POLICIES, verb: 'delete', name: 'orchestration' },
      { ...POLICIES, verb: 'get', name: 'default-deny' },
    ]),
  )('may %s', (_, request) => {
    expect(grants(roleOf(), request)).toBe(true);
  });

  test.each(
    named([
      { verb: 'delete', resource: 'pods', name: 'camunda-zeebe-0' },
      { verb: 'create', resource: 'pods' },
      { verb: 'create', resource: 'pods/exec', name: 'camunda-zeebe-0' },
      { verb: 'get', resource: 'pods/log', name: 'camunda-zeebe-0' },
      { verb: 'list', resource: 'secrets' },
      { verb: 'get', resource: 'secrets', name: 'camunda-license' },
      { verb: 'get', resource: 'secrets', name: 'another' },
      { verb: 'update', resource: 'secrets', name: 'camunda-users' },
      { verb: 'update', resource: 'configmaps', name: 'camunda-recovery-topology' },
      { verb: 'update', resource: 'configmaps', name: 'camunda-zeebe-configuration' },
      { verb: 'list', resource: 'configmaps' },
      { verb: 'delete', resource: 'configmaps', name: 'camunda-recovery-progress' },
      { ...LEASES, verb: 'update', name: 'another' },
      { verb: 'patch', group: APPS, resource: 'statefulsets', name: 'camunda-zeebe' },
      { verb: 'delete', group: APPS, resource: 'statefulsets', name: 'camunda-zeebe' },
      { verb: 'patch', group: APPS, resource: 'deployments/scale', name: 'camunda-connectors' },
      { verb: 'delete', group: 'elasticsearch.k8s.elastic.co', resource: 'elasticsearches', name: 'elasticsearch' },
      // Policies add up: whoever makes one can open what others keep closed.
      { ...POLICIES, verb: 'create' },
      { ...POLICIES, verb: 'list' },
      { ...POLICIES, verb: 'patch', name: 'orchestration' },
      { ...POLICIES, verb: 'delete', name: 'default-deny' },
      { ...POLICIES, verb: 'delete', name: 'elasticsearch' },
      { verb: 'delete', resource: 'persistentvolumeclaims', name: 'data-camunda-zeebe-0' },
      { verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
    ]),
  )('may not %s', (_, request) => {
    expect(grants(roleOf(), request)).toBe(false);
  });
});

test.each<[string, Parameters<typeof objectsOf>[1], string[], string[]]>([
  ['8.7', ofVersion('8.7'), ['gateway', 'operate', 'tasklist'], ['gateway', 'operate', 'orchestration', 'tasklist']],
  [
    '8.8, migrating from 8.7',
    MIGRATION,
    ['migration-importer'],
    ['gateway', 'importer', 'migration', 'operate', 'orchestration', 'tasklist'],
  ],
])('cuts off in %s every member of the cluster that has pods of its own', (_, settings, deployments, policies) => {
  const objects = objectsOf(0, settings);
  const role = roleOf(settings);
  const namesOf = (kind: string): string[] => objects.filter(object => object.kind === kind).map(({ metadata }) => metadata.name);
  const scalable = namesOf('Deployment').filter(name => grants(role, { verb: 'patch', group: APPS, resource: 'deployments/scale', name }));
  expect(scalable.map(name => name.replace(/^camunda-(zeebe-)?/, '')).sort()).toEqual(deployments);
  expect(
    namesOf('NetworkPolicy')
      .filter(name => grants(role, { ...POLICIES, verb: 'delete', name }))
      .sort(),
  ).toEqual(policies);
});

test.each(VERSIONS)('reads in %s only passwords that its API asks for', version => {
  const readable = (name: string): boolean => grants(roleOf(ofVersion(version)), { verb: 'get', resource: 'secrets', name });
  expect(readable('elasticsearch-es-elastic-user')).toBe(true);
  expect(readable('camunda-users')).toBe(version !== '8.7');
});

test('reads the secret of a client instead, where users log in by an identity provider', () => {
  const readable = (name: string): boolean => grants(roleOf(withOidc()), { verb: 'get', resource: 'secrets', name });
  expect([readable('camunda-oidc'), readable('camunda-users')]).toEqual([true, false]);
});

test('has no rule for everything', () => {
  for (const settings of [{}, ofVersion('8.7'), MIGRATION]) {
    const rules = at<Record<string, string[] | undefined>[]>(roleOf(settings), 'rules');
    expect(JSON.stringify(rules)).not.toContain('"*"');
    expect(rules.filter(({ resourceNames }) => resourceNames?.length === 0)).toEqual([]);
  }
});
