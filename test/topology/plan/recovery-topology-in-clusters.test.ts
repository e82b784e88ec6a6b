import { recoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { Topology } from '../../../constructs/topology/topology';
import { at, find, objectsOf } from '../../support/manifests';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';

test('is in each cluster, the same in both, with the phase that is declared', () => {
  const texts = [0, 1].map(regionId =>
    at<string>(
      find(objectsOf(regionId, { recovery: { recreatedRegion: 1 } }), 'ConfigMap', 'camunda-recovery-topology'),
      'data',
      'topology.json',
    ),
  );
  expect(texts[0]).toBe(texts[1]);
  expect(parseRecoveryTopology(texts[0], 'topology.json').recreatedRegion).toBe(1);
});

test('the Elasticsearch of each region has the client of every bucket that it names', () => {
  const { regions } = recoveryTopology(Topology.of(DEFAULT_SETTINGS));
  for (const regionId of [0, 1]) {
    const elasticsearch = JSON.stringify(find(objectsOf(regionId), 'Elasticsearch', 'elasticsearch'));
    for (const { snapshotRepository } of regions)
      expect(elasticsearch).toContain(`"s3.client.${snapshotRepository!.settings.client}.region"`);
  }
});
