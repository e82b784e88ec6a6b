import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { withRegions } from '../support/settings/changed-settings';
import { MIGRATION, patchOf, VERSIONS } from '../support/settings/versions';

/** Images of Camunda itself in the manifests of a region, without their repository's name. */
function patchesIn(settings: DualRegionSettings, regionId: number): Set<string> {
  const text = JSON.stringify(regionManifests(Topology.of(settings), regionId));
  const images = [...text.matchAll(/"image":"[^"]*\/camunda\/(?!connectors)[a-z-]+:([^"]+)"/g)];
  return new Set(images.map(([, tag]) => tag));
}

test.each([...VERSIONS.map(version => ({ camunda: { version } })), MIGRATION])(
  'a region runs the patch that it is told, and the other does not: %p',
  more => {
    const patch = `${more.camunda.version}.99`;
    const settings = { ...withRegions({}, { camundaPatch: patch }), ...more };
    expect(patchesIn(settings, 1)).toEqual(new Set([patch]));
    expect(patchesIn(settings, 0)).toEqual(patchesIn({ ...withRegions({}), ...more }, 0));
    expect(patchesIn(settings, 0).has(patch)).toBe(false);
  },
);

test('it goes before the tag of the images', () => {
  const settings = {
    ...withRegions({ camundaPatch: patchOf('8.9', 2) }),
    images: { camundaTag: patchOf('8.9', 1), registry: 'registry.example.com' },
  };
  expect([patchesIn(settings, 0), patchesIn(settings, 1)]).toEqual([new Set([patchOf('8.9', 2)]), new Set([patchOf('8.9', 1)])]);
});

test('nothing else of a region changes', () => {
  const without = regionManifests(Topology.of(withRegions({})), 1);
  const pinned = regionManifests(Topology.of(withRegions({}, { camundaPatch: '8.9.99' })), 1);
  expect(JSON.stringify(pinned).replaceAll('8.9.99', patchOf('8.9'))).toBe(JSON.stringify(without));
});
