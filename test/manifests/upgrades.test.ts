import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { at, find, objectsOf, type KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion } from '../support/settings/versions';

type Changes = Partial<DualRegionSettings>;

const recreating = (version: string): Changes => ({ ...ofVersion(version), recovery: { recreatedRegion: 0 } });

/** Deployments that follow each other. */
const STEPS: readonly (readonly [string, Changes, Changes])[] = [
  ['from 8.7 to its migration', ofVersion('8.7'), MIGRATION],
  ['from the migration to 8.8', MIGRATION, ofVersion('8.8')],
  ['from 8.8 to 8.9', ofVersion('8.8'), ofVersion('8.9')],
  ['from 8.9 to 8.10', ofVersion('8.9'), ofVersion('8.10')],
  ['from a recreated region of 8.7 to normal operation', recreating('8.7'), ofVersion('8.7')],
  ['from 8.7 to a recreated region', ofVersion('8.7'), recreating('8.7')],
];

const nameOf = ({ kind, metadata }: KubernetesObject) => `${kind}/${metadata.name}`;

function groupsOf(settings: Changes): Map<string, KubernetesObject[]> {
  const groups = regionManifests(Topology.of({ ...DEFAULT_SETTINGS, ...settings }), 0);
  return new Map(groups.map(({ name, objects }) => [name, objects as unknown as KubernetesObject[]]));
}

describe.each(STEPS)('an upgrade %s', (_, before, after) => {
  test('deletes no object that is still needed: a group that is gone is deleted after all others are applied', () => {
    const needed = new Set([...groupsOf(after).values()].flat().map(nameOf));
    const deleted = [...groupsOf(before)].filter(([name]) => !groupsOf(after).has(name)).flatMap(([, objects]) => objects.map(nameOf));
    expect(deleted.filter(name => needed.has(name))).toEqual([]);
  });

  test('changes nothing of the brokers that Kubernetes refuses to change', () => {
    const fixedPart = (settings: Changes) => {
      const { spec } = find(objectsOf(0, settings), 'StatefulSet', 'camunda-zeebe');
      return ['serviceName', 'selector', 'podManagementPolicy', 'volumeClaimTemplates'].map(key => at<unknown>(spec, key));
    };
    expect(fixedPart(after)).toEqual(fixedPart(before));
    const selectorOf = (settings: Changes) =>
      at<unknown>(find(objectsOf(0, settings), 'Deployment', 'camunda-connectors'), 'spec', 'selector');
    expect(selectorOf(after)).toEqual(selectorOf(before));
  });
});

test('an upgrade removes the pods of the older version', () => {
  const deploymentsOf = (settings: Changes) =>
    objectsOf(0, settings)
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ metadata }) => metadata.name);
  expect(deploymentsOf(ofVersion('8.7'))).toEqual(['camunda-zeebe-gateway', 'camunda-operate', 'camunda-tasklist', 'camunda-connectors']);
  expect(deploymentsOf(MIGRATION)).toEqual(['camunda-zeebe-migration-importer', 'camunda-connectors']);
  expect(deploymentsOf(ofVersion('8.8'))).toEqual(['camunda-connectors']);
});
