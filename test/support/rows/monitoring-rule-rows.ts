import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';
import { DEFAULT_SETTINGS } from '../settings/settings';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

/** Settings with metrics, and a Prometheus. */
function withPrometheus(prometheus: Record<string, unknown> = {}): DualRegionSettings {
  return withSettings({ monitoring: { enabled: true, prometheus } });
}

function row(rule: string, place: string, value: unknown, prometheus: Record<string, unknown>): Row {
  return [rule, `monitoring.prometheus.${place}`, value, withPrometheus(prometheus)];
}

const [{ namespace }] = DEFAULT_SETTINGS.regions;

/** Rules about metrics, broken. */
export const MONITORING_ERRORS: Row[] = [
  ...['Monitoring', '', 'a.b'].map(value => row('monitoring-namespace', 'namespace', value, { namespace: value })),
  row('monitoring-namespace', 'namespace', namespace, { namespace }),
  row('monitoring-pod-labels', 'podLabels', {}, { podLabels: {} }),
  ...['podLabels', 'objectLabels'].flatMap(place => [
    row('monitoring-labels', place, 'release', { [place]: 'release' }),
    row('monitoring-labels', `${place}.a b`, 'c', { [place]: { 'a b': 'c' } }),
    row('monitoring-labels', `${place}.release`, 'a b', { [place]: { release: 'a b' } }),
    row('monitoring-labels', `${place}.release`, 1, { [place]: { release: 1 } }),
  ]),
];

/** The same for warnings. */
export const MONITORING_WARNINGS: Row[] = [
  ['monitoring-operator', 'monitoring.enabled', true, withPrometheus()],
  ['setting-unused', 'monitoring.prometheus', 'namespace', withSettings({ monitoring: { prometheus: { namespace: 'metrics' } } })],
];
