import { AlertSeverity, type Alert, type AlertGroup } from '../constructs/topology/plan/monitoring/alert';
import { alertGroups } from '../constructs/topology/plan/monitoring/alert-groups';
import type { DualRegionSettings } from '../constructs/topology/settings/settings';
import { Topology } from '../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../constructs/topology/versions/camunda-versions';

const TITLES: Readonly<Record<string, string>> = {
  cluster: 'The cluster',
  exporting: 'Exporting',
  storage: 'Disks',
  platform: 'The way to the other region, and metrics themselves',
};

const WORDS: Readonly<Record<AlertSeverity, string>> = {
  [AlertSeverity.CRITICAL]: 'look at once, at night too',
  [AlertSeverity.WARNING]: 'look on the same day',
  [AlertSeverity.INFO]: 'look when there is time',
};

/**
 * The text of docs/alerts.md: each alert with what it means, where to look and what helps, as the rules have it that are rendered.
 *
 * @param settings a deployment with hardly more than what is required
 */
export function alertsPage(settings: DualRegionSettings): string {
  const groups = groupsOf(settings);
  const alerts = groups.flatMap(group => group.alerts);
  return `${[
    '<!-- Made by `npm run alerts` from the rules that are rendered. Do not edit. -->',
    '# Alerts',
    [
      'What `monitoring.enabled` renders for the Prometheus of each region, as it is for region 0 of [config/default.yaml](../config/default.yaml). Numbers and',
      'names follow the settings. [Monitoring](monitoring.md) says how to set it up, and what of it is not proven.',
    ].join('\n'),
    ['| severity | means |', '|---|---|', ...Object.values(AlertSeverity).map(severity => `| ${severity} | ${WORDS[severity]} |`)].join(
      '\n',
    ),
    '## All of them',
    [
      '| alert | severity | after |',
      '|---|---|---|',
      ...alerts.map(({ name, severity, minutes }) => `| [${name}](#${name.toLowerCase()}) | ${severity} | ${afterText(minutes)} |`),
    ].join('\n'),
    ...groups.flatMap(({ name, alerts: own }) => [
      `## ${TITLES[name]}`,
      ...own.flatMap(alert => sectionOf(alert, versionsOf(alert, settings))),
    ]),
  ].join('\n\n')}\n`;
}

/** Of alerts with several rules, one for each exporter or metric, the first. */
function groupsOf(settings: DualRegionSettings): AlertGroup[] {
  return alertGroups(Topology.of(settings), 0).map(({ name, alerts }) => ({
    name,
    alerts: alerts.filter((alert, i) => alerts.findIndex(other => other.name === alert.name) === i),
  }));
}

function versionsOf({ name }: Alert, settings: DualRegionSettings): string[] {
  return Object.keys(CAMUNDA_VERSIONS).filter(version =>
    groupsOf({ ...settings, camunda: { ...settings.camunda, version } }).some(({ alerts }) => alerts.some(alert => alert.name === name)),
  );
}

function sectionOf(
  { name, severity, minutes, summary, meaning, look, command, labels, expression }: Alert,
  versions: readonly string[],
): string[] {
  const everywhere = versions.length === Object.keys(CAMUNDA_VERSIONS).length;
  const several = Object.keys(labels ?? {}).map(label => ` One rule for each ${label}; this is the first.`);
  return [
    `### ${name}`,
    `*${textOf(summary)}.* ${severity}, ${afterText(minutes)}.${everywhere ? '' : ` Only with Camunda ${versions.join(', ')}.`}${several.join('')}`,
    [`- **Means**: ${meaning}`, `- **Look**: ${look}`, ...(command === undefined ? [] : [`- **Helps**: ${command}`])].join('\n'),
    ['```promql', expression, '```'].join('\n'),
  ];
}

/** Without the placeholders of Prometheus. */
function textOf(summary: string): string {
  return summary.replace(/\{\{ \$(?:labels\.)?(\w+) \}\}/g, (_placeholder, label: string) => `(${label})`);
}

function afterText(minutes: number): string {
  return minutes === 0 ? 'at once' : `after ${minutes} min`;
}
