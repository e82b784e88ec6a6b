import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { manifestFiles } from '../../bin/manifests/manifest-files';
import { MAX_NODES_PER_ZONE } from '../../constructs/topology/plan/node-groups';
import { ZONE_COUNT } from '../../constructs/topology/plan/subnets';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { KUBERNETES_VERSIONS } from '../../constructs/topology/versions/kubernetes-versions';
import { assertManifestsFit } from '../../lib/manifest-limits';
import { regionManifests, type ManifestGroup } from '../../lib/region-manifests';
import { brokenReferences } from '../support/findings/broken-references';
import { illegalNames } from '../support/findings/illegal-names';
import { podFindings } from '../support/findings/pod-findings';
import { unplannedDifferences } from '../support/findings/unplanned-differences';
import { vpcCniFindings } from '../support/findings/vpc-cni-findings';
import { schemaViolations } from '../support/kubernetes-schemas';
import type { KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { validSettings } from '../support/settings/valid-settings';

/** Always the same configurations, unless another seed is given: `PROPERTIES_SEED=$RANDOM npx jest test/properties`. */
const SEED = Number(process.env.PROPERTIES_SEED ?? 20261124);
const RUNS = 200;
const NEWEST = Object.keys(KUBERNETES_VERSIONS).pop()!;

interface Rendered {
  readonly settings: DualRegionSettings;
  readonly topology: Topology;
  readonly groups: readonly ManifestGroup[][];
  readonly regions: readonly KubernetesObject[][];
}

function render(settings: DualRegionSettings): Rendered {
  const topology = Topology.of(settings);
  const groups = topology.regions.map(({ regionId }) => regionManifests(topology, regionId));
  return { settings, topology, groups, regions: groups.map(all => all.flatMap(({ objects }) => objects) as unknown as KubernetesObject[]) };
}

let rendered: Rendered[] | undefined;

/** Rendering takes most of the time, so each configuration is rendered once for all properties. */
function configurations(): readonly Rendered[] {
  if (!rendered) {
    const found: Rendered[] = [];
    fc.assert(
      fc.property(validSettings, settings => void found.push(render(settings))),
      { seed: SEED, numRuns: RUNS },
    );
    rendered = found;
  }
  return rendered;
}

/** Looks for a configuration with findings, and if there is one, for the simplest. */
function expectNothing(findingsOf: (configuration: Rendered) => readonly string[]): void {
  if (configurations().every(one => findingsOf(one).length === 0)) return;
  fc.assert(
    fc.property(validSettings, settings => expect(findingsOf(render(settings))).toEqual([])),
    { seed: SEED, numRuns: RUNS },
  );
}

describe(`any valid configuration (seed ${SEED})`, () => {
  test('renders, and is one of many kinds', () => {
    expect(configurations()).toHaveLength(RUNS);
    const values = (of: (settings: DualRegionSettings) => unknown) => new Set(configurations().map(({ settings }) => of(settings)));
    expect(values(settings => settings.camunda!.version)).toEqual(new Set(Object.keys(CAMUNDA_VERSIONS)));
    expect(values(settings => settings.connectors?.enabled)).toEqual(new Set([undefined, true, false]));
    expect(values(settings => settings.regions[0].namespace).size).toBeGreaterThan(RUNS / 4);
  });

  test('makes regions that differ only where the topology does', () => {
    expectNothing(({ topology, regions }) => unplannedDifferences(topology, regions));
  });

  test('has legal names alone', () => {
    expectNothing(({ regions }) => regions.flatMap(illegalNames));
  });

  test('refers to what there is alone', () => {
    expectNothing(({ topology, regions }) => topology.regions.flatMap(({ regionId }) => brokenReferences(topology, regions, regionId)));
  });

  test("keeps the rules of pods, and Pod Security's restricted", () => {
    expectNothing(({ regions }) => regions.flatMap(podFindings));
  });

  test('has network policies that the VPC CNI carries out as they are meant', () => {
    expectNothing(({ regions }) => regions.flatMap(vpcCniFindings));
  });

  test('is what the API server accepts', () => {
    // One version, because nothing that is rendered depends on it; test/manifests/schemas tries them all.
    expectNothing(({ regions }) => regions.flat().flatMap(object => schemaViolations(object, NEWEST)));
  });

  test('names no object twice, and has each in the namespace of its region', () => {
    expectNothing(({ topology, regions }) =>
      regions.flatMap((objects, regionId) => {
        const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
        const elsewhere = objects.filter(({ metadata }) => metadata.namespace !== topology.regions[regionId].namespace);
        return [
          ...names.filter((name, i) => names.indexOf(name) !== i),
          ...elsewhere.map(({ kind }) => kind).filter(kind => !['Namespace', 'PriorityClass', 'StorageClass'].includes(kind)),
        ];
      }),
    );
  });

  test('fits into what the deployment function takes', () => {
    for (const { topology, groups } of configurations()) {
      for (const manifests of groups) expect(() => assertManifestsFit(manifests, topology.brokers.length)).not.toThrow();
    }
  });

  test('says the same in a file', () => {
    // Reading takes long, and the awkward names are many.
    for (const { topology, groups } of configurations().slice(0, 10)) {
      const read = manifestFiles(topology, 0).map(({ text }) =>
        parseAllDocuments(text, { version: '1.1' }).map(document => document.toJS() as unknown),
      );
      expect(read).toEqual(groups[0].map(({ objects }) => objects));
    }
  });
});

test('the largest cluster with the longest names fits into what the deployment function takes', () => {
  const [first, second] = DEFAULT_SETTINGS.regions;
  const { topology, groups } = render({
    name: 'a-name-of-20-letters',
    regions: [
      { ...first, namespace: 'a'.repeat(63) },
      { ...second, namespace: 'b'.repeat(63) },
    ],
    camunda: { clusterSize: 2 * ZONE_COUNT * MAX_NODES_PER_ZONE },
    nodes: { instanceType: 'm6i.4xlarge', perZone: MAX_NODES_PER_ZONE },
  });
  for (const manifests of groups) expect(() => assertManifestsFit(manifests, topology.brokers.length)).not.toThrow();
});
