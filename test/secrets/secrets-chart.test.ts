import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { at, find, objectsOf } from '../support/manifests';
import { withOidc } from '../support/rows/user-rule-rows';
import { ofVersion } from '../support/settings/versions';

const OBJECTS = objectsOf(0);

test.each([
  [0, 'eu-west-2'],
  [1, 'eu-west-3'],
])("reads the secrets of region %i in its own AWS region, with the operator's identity", (regionId, region) => {
  const store = find(objectsOf(regionId), 'SecretStore', 'aws-secrets-manager');
  expect(store.apiVersion).toBe('external-secrets.io/v1');
  expect(store.spec).toEqual({ provider: { aws: { service: 'SecretsManager', region } } });
});

test("makes Elasticsearch's user from the password in AWS", () => {
  expect(find(OBJECTS, 'ExternalSecret', 'camunda-elasticsearch-user').spec).toEqual({
    refreshInterval: '1h',
    secretStoreRef: { kind: 'SecretStore', name: 'aws-secrets-manager' },
    target: {
      name: 'camunda-elasticsearch-user',
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      template: {
        type: 'kubernetes.io/basic-auth',
        engineVersion: 'v2',
        data: { username: 'camunda', password: '{{ .password }}', roles: 'camunda' },
      },
    },
    data: [{ secretKey: 'password', remoteRef: { key: 'camunda/elasticsearch', property: 'password' } }],
  });
});

test("makes the passwords of Camunda's users from those in AWS", () => {
  expect(find(OBJECTS, 'ExternalSecret', 'camunda-users').spec).toMatchObject({
    target: { name: 'camunda-users', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [
      { secretKey: 'admin-password', remoteRef: { key: 'camunda/admin', property: 'password' } },
      { secretKey: 'connectors-password', remoteRef: { key: 'camunda/connectors', property: 'password' } },
      { secretKey: 'recovery-password', remoteRef: { key: 'camunda/recovery', property: 'password' } },
    ],
  });
});

test('has no user for a recovery in 8.7, whose REST API asks for none', () => {
  const users = find(objectsOf(0, ofVersion('8.7')), 'ExternalSecret', 'camunda-users');
  expect(at<{ secretKey: string }[]>(users, 'spec', 'data').map(({ secretKey }) => secretKey)).toEqual([
    'admin-password',
    'connectors-password',
  ]);
});

test('has the secrets of those clients of an identity provider that are used', () => {
  const data = (settings: DualRegionSettings): unknown =>
    at(find(objectsOf(1, settings), 'ExternalSecret', 'camunda-oidc'), 'spec', 'data');
  const secret = (key: string): unknown => ({ secretKey: key, remoteRef: { key: 'camunda/oidc', property: key } });
  expect(data(withOidc())).toEqual(['orchestration', 'connectors', 'recovery'].map(secret));
  const without = withOidc({ connectors: undefined }, {}, { connectors: { enabled: false } });
  expect(data(without)).toEqual(['orchestration', 'recovery'].map(secret));
  expect(OBJECTS.filter(({ metadata }) => metadata.name === 'camunda-oidc')).toEqual([]);
});

test('keeps the passwords of users of its own while others log in: Camunda will not take new ones', () => {
  expect(find(objectsOf(0, withOidc()), 'ExternalSecret', 'camunda-users')).toEqual(find(OBJECTS, 'ExternalSecret', 'camunda-users'));
});

test('looks in AWS under the release name', () => {
  const keys = objectsOf(1, { name: 'flow' })
    .filter(object => object.kind === 'ExternalSecret')
    .flatMap(object => at<{ remoteRef: { key: string } }[]>(object, 'spec', 'data').map(({ remoteRef }) => remoteRef.key));
  expect([...new Set(keys)]).toEqual([
    'flow/elasticsearch',
    'flow/admin',
    'flow/connectors',
    'flow/recovery',
    'flow/certificate-authority',
  ]);
});
