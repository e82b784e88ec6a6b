import { parse } from 'yaml';
import { recoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology, recoveryTopologyText } from '../../constructs/topology/plan/recovery/recovery-topology-document';
import { Topology } from '../../constructs/topology/topology';
import { at, find, objectsOf, type Container } from '../support/manifests';
import { withRegions } from '../support/settings/changed-settings';

const SETTINGS = {
  ...withRegions({ zone: { name: 'london', priority: 300 } }, { zone: { name: 'paris', priority: 900 } }),
  camunda: { version: '8.10', zones: true, clusterSize: 12, partitionCount: 12 },
};
const TOPOLOGY = Topology.of(SETTINGS);
const OBJECTS = [0, 1].map(regionId => objectsOf(regionId, SETTINGS));
const NAMES = ['camunda-zeebe-london', 'camunda-zeebe-paris'];
const configOf = (regionId: number): unknown =>
  parse(at<string>(find(OBJECTS[regionId], 'ConfigMap', 'camunda-zeebe-configuration'), 'data', 'application.yaml'));

test('all brokers get one list of zones, whose sums are those of the cluster', () => {
  expect(configOf(0)).toEqual(configOf(1));
  const cluster = at<{ size: number; 'replication-factor': number; zone?: string }>(configOf(0), 'camunda', 'cluster');
  const zones = at<{ name: string; priority: number; 'number-of-brokers': number; 'number-of-replicas': number }[]>(
    cluster,
    'partitioning',
    'zone-aware',
    'zones',
  );
  expect(at(cluster, 'partitioning', 'scheme')).toBe('ZONE_AWARE');
  expect(zones.map(({ name, priority }) => [name, priority])).toEqual([
    ['london', 300],
    ['paris', 900],
  ]);
  expect(zones.reduce((sum, zone) => sum + zone['number-of-brokers'], 0)).toBe(cluster.size);
  expect(zones.reduce((sum, zone) => sum + zone['number-of-replicas'], 0)).toBe(cluster['replication-factor']);
  // It is the pod's own, so it comes from its environment.
  expect(cluster.zone).toBeUndefined();
});

test.each([0, 1])('brokers of region %i know their zone, and are a StatefulSet of its name behind the Service of all', regionId => {
  const brokers = find(OBJECTS[regionId], 'StatefulSet', NAMES[regionId]);
  const { env } = at<Container>(brokers, 'spec', 'template', 'spec', 'containers', 0);
  expect(env?.filter(({ name }) => name === 'CAMUNDA_CLUSTER_ZONE')).toEqual([
    { name: 'CAMUNDA_CLUSTER_ZONE', value: ['london', 'paris'][regionId] },
  ]);
  expect(at(brokers, 'spec', 'serviceName')).toBe('camunda-zeebe');
  expect(at(brokers, 'spec', 'replicas')).toBe(6);
  const labels = at<Record<string, string>>(brokers, 'spec', 'template', 'metadata', 'labels');
  for (const service of ['camunda-zeebe', 'camunda-zeebe-gateway']) {
    expect(labels).toMatchObject(at<Record<string, string>>(find(OBJECTS[regionId], 'Service', service), 'spec', 'selector'));
  }
});

test.each([0, 1])('a recovery may scale that StatefulSet, and no other one, in region %i', regionId => {
  const rules = at<{ resources: string[]; resourceNames?: string[] }[]>(find(OBJECTS[regionId], 'Role', 'camunda-recovery'), 'rules');
  expect(rules.filter(({ resources }) => resources.includes('statefulsets/scale')).flatMap(({ resourceNames }) => resourceNames)).toEqual([
    NAMES[regionId],
  ]);
});

test('numbered brokers are told nothing of zones', () => {
  const numbered = { ...SETTINGS, camunda: { ...SETTINGS.camunda, zones: false } };
  const text = JSON.stringify(objectsOf(0, numbered));
  expect(text).not.toMatch(/CAMUNDA_CLUSTER_ZONE|ZONE_AWARE|partitioning/);
});

describe('the description for a recovery', () => {
  const document = recoveryTopology(TOPOLOGY);
  const findings = (change: (data: typeof document) => unknown): string => {
    try {
      parseRecoveryTopology(JSON.stringify(change(structuredClone(document))), 'x');
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const inRegion0 = (change: object) => (data: typeof document) => ({
    ...data,
    regions: [{ ...data.regions[0], ...change }, data.regions[1]],
  });

  test('has the zones, the brokers by their names and the calls for them, and reads them back', () => {
    expect(parseRecoveryTopology(recoveryTopologyText(document), 'x')).toEqual(document);
    expect(document.regions.map(({ zone, statefulSet, brokers }) => [zone, statefulSet, brokers[5]])).toEqual([
      [
        { name: 'london', numberOfReplicas: 2, priority: 300 },
        'camunda-zeebe-london',
        { brokerId: 'london_5', podName: 'camunda-zeebe-london-5' },
      ],
      [
        { name: 'paris', numberOfReplicas: 2, priority: 900 },
        'camunda-zeebe-paris',
        { brokerId: 'paris_5', podName: 'camunda-zeebe-paris-5' },
      ],
    ]);
    expect(document.dialect.failover).toEqual({ method: 'DELETE', path: '/actuator/cluster/zones/{zone}', names: 'zone' });
    expect(document.partitions[0].replicas).toEqual(['paris_0', 'paris_1', 'london_0', 'london_1']);
  });

  test.each([
    ['a region without a zone', inRegion0({ zone: undefined }), 'must have a zone each'],
    [
      'two zones of one name',
      inRegion0({ zone: { ...document.regions[0].zone, name: 'paris' } }),
      'must have a zone each, of different names',
    ],
    [
      'brokers of another zone',
      inRegion0({
        brokers: document.regions[0].brokers.map(broker => ({ ...broker, brokerId: broker.brokerId.replace('london', 'rome') })),
      }),
      'broker rome_0 of region 0 must be london_0',
    ],
    [
      'numbered brokers',
      inRegion0({ brokers: document.regions[0].brokers.map((broker, i) => ({ ...broker, brokerId: String(2 * i) })) }),
      'broker 0 of region 0 must be london_0',
    ],
    [
      'calls with numbers',
      (data: typeof document) => ({
        ...data,
        dialect: { ...data.dialect, failover: { method: 'PATCH', path: '/actuator/cluster', names: 'removed' } },
      }),
      "'dialect' must name the zone",
    ],
    [
      'a priority that is none',
      inRegion0({ zone: { name: 'london', numberOfReplicas: 2, priority: 0 } }),
      "'regions[0].zone.priority' must be an integer of at least 1",
    ],
  ])('fails for %s, and says where', (_, change, finding) => {
    expect(findings(change)).toContain(finding);
  });

  test('of numbered brokers fails for calls that name a zone', () => {
    const numbered = recoveryTopology(Topology.of({ ...SETTINGS, camunda: { ...SETTINGS.camunda, zones: false } }));
    const mixed = { ...numbered, dialect: document.dialect };
    expect(() => parseRecoveryTopology(JSON.stringify(mixed), 'x')).toThrow("'dialect' must not name a zone where no region has one");
  });
});

describe('a patch of brokers', () => {
  const hostAliases = [{ ip: '192.0.2.1', hostnames: ['mail.example.com'] }];
  const patched = (regionId: number, name: string) =>
    objectsOf(regionId, {
      ...SETTINGS,
      patches: [{ kind: 'StatefulSet', name, operations: [{ op: 'add', path: '/spec/template/spec/hostAliases', value: hostAliases }] }],
    });

  test.each([0, 1])('names their StatefulSet without the zone, and holds in region %i', regionId => {
    const brokers = find(patched(regionId, 'camunda-zeebe'), 'StatefulSet', NAMES[regionId]);
    expect(at(brokers, 'spec', 'template', 'spec', 'hostAliases')).toEqual(hostAliases);
  });

  test.each([0, 1])('that names a zone is told what to name, in region %i', regionId => {
    for (const name of NAMES) {
      expect(() => patched(regionId, name)).toThrow(/objects of this kind are camunda-zeebe \[patch-target\]/);
    }
  });
});
