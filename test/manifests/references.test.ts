import { Topology } from '../../constructs/topology/topology';
import { addressesIn } from '../support/findings/broken-addresses';
import { brokenReferences } from '../support/findings/broken-references';
import { at, objectsOf, type KubernetesObject } from '../support/manifests';
import { CONFIGURATIONS } from '../support/settings/rendered-configurations';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const REGIONS = TOPOLOGY.regions.map(({ regionId }) => objectsOf(regionId));

describe.each(CONFIGURATIONS)('Camunda $name', ({ settings }) => {
  test.each([0, 1])('refers in region %i to what there is alone', regionId => {
    const regions = [0, 1].map(id => objectsOf(id, settings));
    expect(brokenReferences(Topology.of(settings), regions, regionId)).toEqual([]);
  });
});

test('knows every way in which a name of a Service is written', () => {
  const known = addressesIn(REGIONS[0]).map(({ text }) => text);
  expect(known).toEqual(
    expect.arrayContaining([
      'camunda-zeebe',
      'camunda-connectors-headless',
      'camunda-zeebe-gateway:26500',
      'https://camunda-zeebe-gateway:8080',
      'https://elasticsearch-es-http:9200',
      'https://elasticsearch-es-masters.camunda-paris.svc.cluster.local:9200',
      'camunda-zeebe.camunda-paris.svc.cluster.local.:26502',
      'camunda-zeebe-3.camunda-zeebe.camunda-paris.svc.cluster.local',
    ]),
  );
});

const BROKERS = ['StatefulSet', 'camunda-zeebe'] as const;
const POD = ['spec', 'template', 'spec'] as const;
const ENVIRONMENT = [...POD, 'containers', 0, 'env'] as const;

/** Mistakes: the object, the place, a value, and what must be said. */
test.each<[readonly [string, string], (string | number)[], unknown, string]>([
  [BROKERS, [...POD, 'serviceAccountName'], 'other', 'no ServiceAccount other'],
  [BROKERS, [...ENVIRONMENT, 9, 'valueFrom', 'secretKeyRef', 'name'], 'other', 'no Secret other'],
  [BROKERS, [...ENVIRONMENT, 9, 'valueFrom', 'secretKeyRef', 'key'], 'other', 'no key other in Secret camunda-elasticsearch-user'],
  [BROKERS, [...POD, 'volumes', 0, 'configMap', 'name'], 'other', 'no ConfigMap other'],
  [BROKERS, [...POD, 'containers', 0, 'volumeMounts', 0, 'subPath'], 'other', 'no key other in ConfigMap camunda-zeebe-configuration'],
  [BROKERS, [...POD, 'containers', 0, 'volumeMounts', 0, 'name'], 'other', 'no volume other'],
  [BROKERS, [...POD, 'volumes', 3], { name: 'other', emptyDir: {} }, 'nothing mounts volume other'],
  [BROKERS, [...POD, 'containers', 0, 'readinessProbe', 'httpGet', 'port'], 9601, 'container orchestration has no port 9601 to probe'],
  [
    BROKERS,
    [...POD, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 1, 'labelSelector', 'matchLabels', 'app'],
    'other',
    'placed by labels that its pods do not',
  ],
  [BROKERS, ['spec', 'selector', 'matchLabels', 'app'], 'other', 'StatefulSet/camunda-zeebe selects nothing'],
  [BROKERS, ['spec', 'serviceName'], 'camunda-connectors-headless', 'no Service camunda-connectors-headless of its pods'],
  [BROKERS, ['spec', 'replicas'], 3, 'no pod camunda-zeebe-3'],
  [BROKERS, ['spec', 'volumeClaimTemplates', 0, 'spec', 'storageClassName'], 'other', 'no StorageClass other'],
  [BROKERS, [...ENVIRONMENT, 4, 'value'], 'other', 'other: no Service other'],
  [['Deployment', 'camunda-connectors'], [...ENVIRONMENT, 9, 'value'], 'http://other:26500', 'http://other:26500: no Service other'],
  [['Deployment', 'camunda-connectors'], [...ENVIRONMENT, 9, 'value'], 'http://camunda-zeebe-gateway:26501', 'no port 26501'],
  [['Deployment', 'camunda-connectors'], [...ENVIRONMENT, 9, 'value'], 'http://gateway.example.com:443', 'is outside of the cluster'],
  [['Deployment', 'camunda-connectors'], [...ENVIRONMENT, 9, 'value'], 'http://a.b.svc.cluster.local:1', 'no namespace b'],
  [['Service', 'camunda-zeebe'], ['spec', 'selector', 'app'], 'other', 'Service/camunda-zeebe selects nothing'],
  [
    ['Service', 'camunda-zeebe'],
    ['spec', 'selector'],
    { app: 'camunda-platform' },
    'selects StatefulSet/camunda-zeebe, Deployment/camunda-con',
  ],
  [['Service', 'camunda-zeebe'], ['spec', 'ports', 0, 'targetPort'], 'other', 'StatefulSet/camunda-zeebe has no port other'],
  [['PodDisruptionBudget', 'camunda-zeebe'], ['spec', 'selector', 'matchLabels'], {}, 'PodDisruptionBudget/camunda-zeebe selects nothing'],
  [['Elasticsearch', 'elasticsearch'], ['spec', 'auth', 'roles', 0, 'secretName'], 'other', 'no key roles.yml in Secret other'],
  [
    ['Elasticsearch', 'elasticsearch'],
    ['spec', 'podDisruptionBudget', 'spec', 'selector', 'matchLabels'],
    { app: 'camunda-platform' },
    'Elasticsearch/elasticsearch selects StatefulSet/camunda-zeebe',
  ],
  [['SecretStore', 'aws-secrets-manager'], ['spec', 'provider', 'aws', 'region'], 'eu-west-3', 'reads eu-west-3'],
  [['ExternalSecret', 'camunda-users'], ['spec', 'secretStoreRef', 'name'], 'other', 'no SecretStore other'],
  [['ExternalSecret', 'camunda-users'], ['spec', 'data', 0, 'remoteRef', 'key'], 'other/admin', 'no secret other/admin in AWS'],
  [['ExternalSecret', 'camunda-users'], ['spec', 'target', 'name'], 'other', 'no Secret camunda-users'],
  [
    ['ExternalSecret', 'camunda-certificate-authority'],
    ['spec', 'target', 'name'],
    'other',
    'Issuer/camunda: no key tls.crt in Secret camunda',
  ],
  [['Certificate', 'camunda-tls'], ['spec', 'secretName'], 'other', 'no Secret camunda-tls'],
  [['Certificate', 'camunda-tls'], ['spec', 'issuerRef', 'name'], 'other', 'Certificate/camunda-tls: no Issuer other'],
  [['Certificate', 'camunda-elasticsearch-tls'], ['spec', 'secretName'], 'other', 'no key tls.key in Secret camunda-elasticsearch-tls'],
  [
    ['ExternalSecret', 'camunda-elasticsearch-user'],
    ['spec', 'target', 'template', 'data', 'password'],
    '{{ .other }}',
    'its template uses other, which it does not fetch',
  ],
])('fails %p with %p as %p', ([kind, name], path, value, finding) => {
  const regions = structuredClone(REGIONS);
  const object = regions[0].find(candidate => candidate.kind === kind && candidate.metadata.name === name) as KubernetesObject;
  at<Record<string | number, unknown>>(object, ...path.slice(0, -1))[path[path.length - 1]] = value;
  expect(brokenReferences(TOPOLOGY, regions, 0).join('\n')).toContain(finding);
});
