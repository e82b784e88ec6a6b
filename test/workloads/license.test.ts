import { at, containers, find, objectsOf } from '../support/manifests';

const LICENSED = objectsOf(1, { camunda: { licenseSecretName: 'company/camunda-licence' } });
const PLAIN = objectsOf(1);
const VARIABLE = 'CAMUNDA_LICENSE_KEY';

test('without a name nothing of a licence is rendered, not even a placeholder', () => {
  expect(JSON.stringify(PLAIN)).not.toMatch(/licen[cs]e/i);
});

test('the key comes from the whole text of the secret in the region’s own Secrets Manager', () => {
  expect(find(LICENSED, 'ExternalSecret', 'camunda-license').spec).toEqual({
    refreshInterval: '1h',
    secretStoreRef: { kind: 'SecretStore', name: 'aws-secrets-manager' },
    target: { name: 'camunda-license', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [{ secretKey: 'license-key', remoteRef: { key: 'company/camunda-licence' } }],
  });
  expect(at(find(LICENSED, 'SecretStore', 'aws-secrets-manager'), 'spec', 'provider', 'aws', 'region')).toBe('eu-west-3');
});

test('brokers get it by reference, and Connectors and Elasticsearch do not', () => {
  const given = containers(LICENSED).flatMap(({ owner, container }) =>
    (container.env ?? []).filter(({ name }) => name === VARIABLE).map(variable => ({ owner, container: container.name, variable })),
  );
  expect(given).toEqual([
    {
      owner: 'StatefulSet/camunda-zeebe',
      container: 'orchestration',
      variable: { name: VARIABLE, valueFrom: { secretKeyRef: { name: 'camunda-license', key: 'license-key' } } },
    },
  ]);
});

test('that is all that a licence changes', () => {
  const without = LICENSED.filter(({ metadata }) => metadata.name !== 'camunda-license').map(object => {
    const text = JSON.stringify(object, (_key, value: unknown) =>
      Array.isArray(value) ? value.filter(entry => at(entry, 'name') !== VARIABLE) : value,
    );
    return JSON.parse(text) as unknown;
  });
  expect(without).toEqual(PLAIN);
});
