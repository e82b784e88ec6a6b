import { planOf } from '../../constructs/topology/plan-of';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests, type ManifestGroup } from '../../lib/region-manifests';
import { FULL_SETTINGS } from '../support/settings/full-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const rendered = (settings: DualRegionSettings): ManifestGroup[] => regionManifests(Topology.of(settings, WHEN_ALL_WERE_SUPPORTED), 0);
const withThese = (settings: Partial<DualRegionSettings>): DualRegionSettings => ({ ...DEFAULT_SETTINGS, ...settings });

/** Objects that nothing deletes: the function that applies manifests does not prune, and their group stays. */
function orphans(from: DualRegionSettings, to: DualRegionSettings): string[] {
  const [before, after] = [from, to].map(rendered);
  const kept = new Set(after.flatMap(({ objects }) => objects.map(nameOf)));
  const groups = new Set(after.map(({ name }) => name));
  return before
    .filter(({ name }) => groups.has(name))
    .flatMap(({ objects }) => objects.map(nameOf).filter(name => !kept.has(name)))
    .sort();
}

function nameOf({ kind, metadata }: Record<string, unknown>): string {
  return `${String(kind)}/${String((metadata as { readonly name: string }).name)}`;
}

const OLD = withThese({ camunda: { version: '8.7' } });

const OF_PODS_THAT_GO = ['gateway', 'importer', 'migration', 'operate', 'tasklist'];

/** What each switch leaves behind, as docs/changes.md says. */
test.each<[string, DualRegionSettings, DualRegionSettings, string[]]>([
  ['TLS off', DEFAULT_SETTINGS, withThese({ tls: { enabled: false } }), []],
  ['TLS between brokers off', DEFAULT_SETTINGS, withThese({ tls: { betweenBrokers: false } }), []],
  ['licence out', withThese({ camunda: { licenseSecretName: 'licence' } }), DEFAULT_SETTINGS, []],
  ['Connectors off', DEFAULT_SETTINGS, withThese({ connectors: { enabled: false } }), ['NetworkPolicy/connectors']],
  ['fewer Connectors', withThese({ connectors: { replicas: 2 } }), DEFAULT_SETTINGS, ['PodDisruptionBudget/camunda-connectors']],
  ['no webhooks', DEFAULT_SETTINGS, withThese({ connectors: { inbound: false } }), []],
  ['backup off', DEFAULT_SETTINGS, withThese({ backup: { enabled: false } }), []],
  ['recovery roles out', withThese({ kubernetes: { recoveryRoleArns: ['arn:aws:iam::123456789012:role/OnCall'] } }), DEFAULT_SETTINGS, []],
  ['registry out', withThese({ images: { registry: 'registry.example.com' } }), DEFAULT_SETTINGS, []],
  ['extra flows out', withThese({ extraFlows: FULL_SETTINGS.extraFlows }), DEFAULT_SETTINGS, []],
  ['fewer brokers', withThese({ camunda: { clusterSize: 12 } }), DEFAULT_SETTINGS, []],
  ['a phase begins', DEFAULT_SETTINGS, withThese({ recovery: { recreatedRegion: 0 } }), []],
  ['a phase ends', withThese({ recovery: { recreatedRegion: 0 } }), DEFAULT_SETTINGS, []],
  ['a phase of 8.7 begins', OLD, { ...OLD, recovery: { recreatedRegion: 0 } }, []],
  ['fewer gateways of 8.7', OLD, { ...OLD, gateway: { replicas: 1 } }, ['PodDisruptionBudget/camunda-zeebe-gateway']],
  ['8.7 to 8.8', OLD, withThese(MIGRATION), ['ConfigMap/camunda-zeebe-configuration']],
  [
    'the migration ends',
    withThese(MIGRATION),
    withThese({ ...MIGRATION, camunda: { version: '8.8' } }),
    OF_PODS_THAT_GO.map(name => `NetworkPolicy/${name}`),
  ],
  ['8.8 to 8.9', withThese({ camunda: { version: '8.8' } }), DEFAULT_SETTINGS, ['ConfigMap/camunda-zeebe-configuration-unified']],
])('%s leaves what is agreed on', (_, from, to, left) => {
  expect(orphans(from, to)).toEqual(left);
});

test('without Connectors nothing is open for them', () => {
  const topology = Topology.of(withThese({ connectors: { enabled: false } }));
  expect(JSON.stringify(topology.flows)).not.toContain('connectors');
  expect(planOf(topology).settings.connectors.enabled).toBe(false);
});
