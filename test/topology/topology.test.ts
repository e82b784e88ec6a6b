import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { withRegions, withSettings } from '../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion, WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const topology = Topology.of(DEFAULT_SETTINGS, WHEN_ALL_WERE_SUPPORTED);

function errorOf(settings: DualRegionSettings): Error {
  try {
    Topology.of(settings);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('these settings have no mistake');
}

test('the same contact points hold in both regions, absolute and for the internal port', () => {
  expect(topology.contactPoints).toEqual([
    'camunda-zeebe.camunda-london.svc.cluster.local.:26502',
    'camunda-zeebe.camunda-paris.svc.cluster.local.:26502',
  ]);
});

test('every broker exports to both regions, to addresses that can be routed', () => {
  expect(topology.exporters).toEqual([
    { exporterId: 'camundaregion0', regionId: 0, url: 'https://elasticsearch-es-masters.camunda-london.svc.cluster.local:9200' },
    { exporterId: 'camundaregion1', regionId: 1, url: 'https://elasticsearch-es-masters.camunda-paris.svc.cluster.local:9200' },
  ]);
});

test.each(['8.7', '8.8'])('the contact points of %s are all brokers by their full names, without the dot that it may not know', version => {
  const { contactPoints, brokers } = Topology.of(withSettings(ofVersion(version)));
  expect(contactPoints).toEqual(brokers.map(({ hostName }) => `${hostName}:26502`));
  expect(contactPoints[7]).toBe('camunda-zeebe-3.camunda-zeebe.camunda-paris.svc.cluster.local:26502');
});

test('exporters are named as their version names them', () => {
  const ids = (settings: Partial<DualRegionSettings>) => Topology.of(withSettings(settings)).exporters.map(({ exporterId }) => exporterId);
  expect(ids(ofVersion('8.7'))).toEqual(['elasticsearchregion0', 'elasticsearchregion1']);
  expect(ids(ofVersion('8.8'))).toEqual(['camundaregion0', 'camundaregion1']);
});

test('a migration keeps the exporters of the older version beside the new ones, to the same Elasticsearch', () => {
  const { exporters } = Topology.of(withSettings(MIGRATION));
  expect(exporters.map(({ exporterId }) => exporterId)).toEqual([
    'camundaregion0',
    'camundaregion1',
    'elasticsearchregion0',
    'elasticsearchregion1',
  ]);
  expect(exporters[2].url).toBe(exporters[0].url);
});

test('each region has its half of the brokers', () => {
  expect(topology.regions.map(region => region.brokers.map(broker => broker.nodeId))).toEqual([
    [0, 2, 4, 6],
    [1, 3, 5, 7],
  ]);
  expect(topology.brokers[3].hostName).toBe('camunda-zeebe-1.camunda-zeebe.camunda-paris.svc.cluster.local');
});

test('each region knows the addresses of the DNS forwarder before anything is deployed', () => {
  expect(topology.regions[0].forwarderAddresses).toEqual(['10.192.240.10', '10.192.240.26', '10.192.240.42']);
  expect(topology.peerOf(0).forwarderAddresses).toEqual(['10.202.240.10', '10.202.240.26', '10.202.240.42']);
  expect(topology.peerOf(1)).toBe(topology.regions[0]);
});

test('the partitions follow the settings', () => {
  const { partitions } = Topology.of(withSettings({ camunda: { clusterSize: 6, partitionCount: 7 } }));
  expect(partitions).toHaveLength(7);
  expect(partitions[6].preferredLeader).toBe('0');
  expect(Topology.of(withSettings({ camunda: { clusterSize: 6 } })).partitions).toHaveLength(6);
});

test('the distance of the regions is known, with its source', () => {
  expect(topology.roundTrip.milliseconds).toBe(7.8);
  expect(topology.roundTrip.source).toContain('2020');
});

test('the names follow the release and the namespaces', () => {
  const renamed = Topology.of({ ...withRegions({ namespace: 'a' }, { namespace: 'b' }), name: 'orders' });
  expect(renamed.contactPoints).toEqual(['orders-zeebe.a.svc.cluster.local.:26502', 'orders-zeebe.b.svc.cluster.local.:26502']);
});

test('warnings do not stop it, and are kept', () => {
  expect(topology.warnings).toEqual([]);
  const { warnings } = Topology.of(withSettings({ camunda: { partitionCount: 4 } }), WHEN_ALL_WERE_SUPPORTED);
  expect(warnings.map(({ rule, severity }) => [rule, severity])).toEqual([['idle-brokers', ProblemSeverity.WARNING]]);
});

describe('mistakes', () => {
  test('fails with all of them in one error', () => {
    const error = errorOf({ ...withRegions({ vpcCidr: '10.2.0.0/15' }, { namespace: 'default' }), camunda: { clusterSize: 7 } });
    expect(error.name).toBe('ConfigurationError');
    expect(error.message).toContain('the configuration has 3 mistakes');
    expect(error.message).toMatch(/cidr-size.*\n.*namespace-system.*\n.*cluster-size/);
  });

  test('fails with the sentence alone if there is one', () => {
    expect(errorOf(withSettings({ camunda: { clusterSize: 5 } })).message).toBe(
      "'camunda.clusterSize' must be an even number of at least 4, and at most 900, got 5; choose 6: both regions run the same number of brokers [cluster-size]",
    );
  });

  test('fails for warnings and errors together, and names the errors only', () => {
    const error = errorOf({ ...withRegions({}, { awsRegion: 'eu-west-9' }), name: 'A' });
    expect(error.message).toContain('[name]');
    expect(error.message).not.toContain('aws-region-unknown');
  });
});
