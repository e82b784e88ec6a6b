import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertingRules } from '../../../constructs/monitoring/alerting-rules';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { Topology } from '../../../constructs/topology/topology';
import { NORMAL_EVENTS, SCENARIOS } from '../../support/monitoring/alert-scenarios';
import { changed, regionState, type NormalState, type Series } from '../../support/monitoring/region-state';
import { FULL_SETTINGS } from '../../support/settings/full-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { MIGRATION, ofVersion, VERSIONS, WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

/** Four brokers, so that a state has few series. */
const SMALL = { clusterSize: 4, partitionCount: 4 };
const small = (settings: DualRegionSettings): DualRegionSettings => ({ ...settings, camunda: { ...settings.camunda, ...SMALL } });

const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const topologyOf = (settings: DualRegionSettings): Topology => Topology.of(settings, WHEN_ALL_WERE_SUPPORTED);

/** What promtool says, with its exit code. */
function promtool(...args: readonly string[]): string {
  try {
    return execFileSync('promtool', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return `FAILED ${stdout}${stderr}`;
  }
}

/** A look at the alerts that fire at a minute. */
interface Look {
  readonly minute: number;
  readonly expression: string;
  /** The number that the expression gives. Nothing if it gives none. */
  readonly value?: number;
}

/** Runs the rules of a region over series, all of them in the format of promtool. JSON is YAML. */
function outcome(
  topology: Topology,
  regionId: number,
  { series, looks }: { readonly series: Series; readonly looks: readonly Look[] },
): string {
  writeFileSync(join(folder, 'rules.yaml'), JSON.stringify(alertingRules(topology, regionId)));
  const test = {
    interval: '1m',
    input_series: [...series].map(([name, values]) => ({ series: name, values })),
    promql_expr_test: looks.map(({ minute, expression, value }) => ({
      expr: expression,
      eval_time: `${minute}m`,
      exp_samples: value === undefined ? [] : [{ labels: '{}', value }],
    })),
  };
  writeFileSync(join(folder, 'tests.yaml'), JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests: [test] }));
  return promtool('test', 'rules', 'tests.yaml');
}

const firing = (alert: string): string => `count(ALERTS{alertname="${alert}", alertstate="firing"})`;
/** Whatever fires in any minute until then. */
const ANYTHING = 'count(count_over_time(ALERTS{alertstate="firing"}[4h]))';

const CONFIGURATIONS: [string, DualRegionSettings][] = [
  ...VERSIONS.map((version): [string, DualRegionSettings] => [version, { ...DEFAULT_SETTINGS, ...ofVersion(version) }]),
  ['8.8 that migrates from 8.7', { ...DEFAULT_SETTINGS, ...MIGRATION }],
  ['every setting', FULL_SETTINGS],
];

test.each(CONFIGURATIONS)('Prometheus reads the rules of %s', (_name, settings) => {
  const topology = topologyOf(settings);
  for (const { regionId } of topology.regions) {
    const rules = alertingRules(topology, regionId);
    writeFileSync(join(folder, 'rules.yaml'), JSON.stringify(rules));
    const count = rules.groups.flatMap(group => group.rules).length;
    expect(promtool('check', 'rules', 'rules.yaml')).toContain(`SUCCESS: ${count} rules found`);
  }
});

/** A region that leads nothing looks the same whether processes run or not. */
const STATES: [NormalState, number][] = [
  [{ leads: 'own', busy: true }, 0],
  [{ leads: 'own', busy: false }, 1],
  [{ leads: 'none', busy: true }, 0],
  [{ leads: 'all', busy: true }, 1],
];

describe.each(CONFIGURATIONS)('nothing fires in normal operation of %s', (_name, settings) => {
  test.each(STATES)('%p, in region %i', (state, regionId) => {
    const topology = topologyOf(small(settings));
    const series = changed(regionState(topology, regionId, state), NORMAL_EVENTS);
    expect(outcome(topology, regionId, { series, looks: [{ minute: 200, expression: ANYTHING }] })).toContain('SUCCESS');
  });
});

const WHOLE: NormalState = { leads: 'own', busy: true };
/** With as many brokers as there are by default, so that some of a region can be missing. */
const DEFAULT = topologyOf(DEFAULT_SETTINGS);

test('every alert is seen firing here, and no other', () => {
  const alerts = DEFAULT.regions.flatMap(({ regionId }) => alertingRules(DEFAULT, regionId).groups.flatMap(group => group.rules));
  expect([...new Set(SCENARIOS.map(({ alert }) => alert))].sort()).toEqual([...new Set(alerts.map(({ alert }) => alert))].sort());
});

test.each(SCENARIOS)('$alert fires when $what, and not before', ({ alert, change, quietAt, firesAt, count }) => {
  const series = changed(regionState(DEFAULT, 0, WHOLE), change);
  const looks: Look[] = [
    { minute: quietAt, expression: firing(alert) },
    count === undefined
      ? { minute: firesAt, expression: `min(${firing(alert)} > bool 0)`, value: 1 }
      : { minute: firesAt, expression: firing(alert), value: count },
  ];
  expect(outcome(DEFAULT, 0, { series, looks })).toContain('SUCCESS');
});
