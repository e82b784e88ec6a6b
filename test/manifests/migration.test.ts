import { Party } from '../../constructs/topology/plan/flows/flows';
import { Topology } from '../../constructs/topology/topology';
import { assertManifestsFit } from '../../lib/manifest-limits';
import { regionManifests } from '../../lib/region-manifests';
import { brokenReferences } from '../support/findings/broken-references';
import { illegalNames } from '../support/findings/illegal-names';
import { restrictedViolations } from '../support/findings/pod-security';
import { objectsOf, podTemplates } from '../support/manifests';
import { policiesOf } from '../support/network/network-policy-filter';
import { linesOf, packetFilter, wantedBy } from '../support/network/network-policy-matrix';
import { stationsOf } from '../support/network/network-stations';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion, VERSIONS } from '../support/settings/versions';

const SETTINGS = { ...DEFAULT_SETTINGS, ...MIGRATION };
const TOPOLOGY = Topology.of(SETTINGS);
const REGIONS = [0, 1].map(regionId => objectsOf(regionId, SETTINGS));

/** Pods of the older version, which run until they are replaced. */
const OLD_PODS = ['camunda-zeebe-gateway', 'camunda-operate', 'camunda-tasklist'];

test.each([0, 1])('a migration refers in region %i to what there is alone, by legal names', regionId => {
  expect(brokenReferences(TOPOLOGY, REGIONS, regionId)).toEqual([]);
  expect(illegalNames(REGIONS[regionId])).toEqual([]);
});

test('importer and Job meet Pod Security restricted', () => {
  const templates = podTemplates(REGIONS[0]).filter(({ owner }) => owner.includes('migration'));
  expect(templates.map(({ owner }) => owner)).toEqual(['Deployment/camunda-zeebe-migration-importer', 'Job/camunda-zeebe-migration-data']);
  for (const { template } of templates) expect(restrictedViolations(template)).toEqual([]);
});

test.each([0, 1])('sends and receives in region %i exactly the flows of the topology, pods of the older version included', regionId => {
  const old = objectsOf(regionId, ofVersion('8.7')).filter(
    ({ kind, metadata }) => kind === 'Deployment' && OLD_PODS.includes(metadata.name),
  );
  expect(old).toHaveLength(OLD_PODS.length);
  const stations = stationsOf(TOPOLOGY, regionId, [...REGIONS[regionId], ...old]);
  const flows = TOPOLOGY.flows.filter(({ source, target }) => ![source, target].includes(Party.DNS_FORWARDER));
  const admitted = packetFilter(stations).admittedBy(policiesOf(REGIONS[regionId]));
  expect(linesOf(admitted, stations)).toEqual(linesOf(wantedBy(flows, stations), stations));
});

test.each([
  ['8.7', ofVersion('8.7'), ['42-gateway', '44-operate', '46-tasklist']],
  ['8.8', ofVersion('8.8'), []],
  ['8.8, migrating from 8.7', MIGRATION, ['48-migration']],
  ['8.9', ofVersion('8.9'), []],
])('%s has groups of its own between brokers and Connectors', (_, settings, groups) => {
  const names = regionManifests(Topology.of({ ...DEFAULT_SETTINGS, ...settings }), 0).map(({ name }) => name);
  expect(names.slice(names.indexOf('30-elasticsearch') + 1)).toEqual(['40-orchestration', ...groups, '50-connectors', '90-recovery']);
});

test.each(VERSIONS)('%s fits into what a deployment can carry, with as many brokers as there may be', version => {
  const largest = { name: 'a-name-of-20-letters', nodes: { instanceType: 'm6i.4xlarge', perZone: 150 } };
  const manifests = regionManifests(Topology.of({ ...DEFAULT_SETTINGS, ...largest, camunda: { version, clusterSize: 900 } }), 0);
  expect(() => assertManifestsFit(manifests, 900)).not.toThrow();
  const [first, ...others] = manifests;
  expect(() => assertManifestsFit([{ ...first, objects: ['x'.repeat(262_144)] }, ...others], 900)).toThrow('manifest-size');
});
