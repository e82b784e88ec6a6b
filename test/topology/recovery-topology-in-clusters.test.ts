import { parseRecoveryTopology } from '../../constructs/topology/recovery-topology-document';
import { at, find, objectsOf } from '../support/manifests';

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
