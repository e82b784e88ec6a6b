import type { ResolvedSettings } from '../settings/resolved-settings';
import { CAMUNDA_VERSIONS, exporterKindsOf } from '../versions/camunda-versions';
import { valuesIn, type HistoryNames, type HistoryValue } from '../versions/history-names';

/** Absent where Camunda's own default stays. */
type HistoryValues = { readonly [Value in HistoryValue]?: string | number | boolean };

/** The name that the official chart gives it. */
const POLICY = 'camunda-history-retention-policy';

/**
 * Longer than any recovery. A pause of exporting does not stop the archiver, and not all patches have a switch for it. Elasticsearch
 * takes this from the time of each search, so that nothing is old enough.
 */
const FOR_NOW = '100y';

/**
 * The setting that each value comes from.
 *
 * @internal
 */
export const HISTORY_SETTINGS: Readonly<Record<Exclude<HistoryValue, 'policy'>, string>> = {
  retention: 'history.retention.enabled',
  age: 'history.retention.days',
  usageMetricsAge: 'history.retention.usageMetricsDays',
  recordsAge: 'history.retention.recordsDays',
  processInstanceMode: 'history.retention.processInstanceMode',
  wait: 'history.archiving.waitMinutes',
  indexInterval: 'history.archiving.indexDays',
  batchSize: 'history.archiving.batchSize',
  bulkSize: 'history.bulk.size',
  bulkDelay: 'history.bulk.delaySeconds',
};

/**
 * Settings that no program of a version can be told.
 *
 * @internal
 */
export function unknownHistorySettings({ version, migratingFrom }: ResolvedSettings['camunda']): string[] {
  const { history } = CAMUNDA_VERSIONS[version];
  const exporters = exporterKindsOf(CAMUNDA_VERSIONS[version], migratingFrom).map(kind => kind.history);
  const known: readonly string[] = [history.brokers, history.applications, ...exporters].flatMap(valuesIn);
  return Object.entries(HISTORY_SETTINGS).flatMap(([value, setting]) => (known.includes(value) ? [] : [setting]));
}

/**
 * What one of Camunda's programs is told of history, by the names that it knows.
 *
 * @internal
 */
export function historySettings(names: HistoryNames, settings: ResolvedSettings): { readonly [path: string]: string | number | boolean } {
  const values = historyValues(settings);
  return Object.fromEntries(
    valuesIn(names).flatMap(value => {
      const [path, told] = [names[value], values[value]];
      return path === undefined || told === undefined ? [] : [[path, told]];
    }),
  );
}

/**
 * The same of an exporter, which archives nothing for as long as a region is being recreated.
 *
 * @internal
 */
export function exporterHistory(names: HistoryNames, settings: ResolvedSettings): { readonly [path: string]: string | number | boolean } {
  const told = historySettings(names, settings);
  return settings.recovery.recreatedRegion === undefined || names.wait === undefined ? told : { ...told, [names.wait]: FOR_NOW };
}

function historyValues({ camunda, history: { retention, archiving, bulk } }: ResolvedSettings): HistoryValues {
  // Where not every number of days is taken, one of a unit is.
  const takesUnits = CAMUNDA_VERSIONS[camunda.version].history.indexDays !== undefined;
  return {
    retention: retention.enabled,
    ...(retention.enabled ? agesOf(retention) : {}),
    processInstanceMode: retention.processInstanceMode,
    wait: inUnit(archiving.waitMinutes, 'm'),
    indexInterval: takesUnits && archiving.indexDays === 7 ? '1w' : inUnit(archiving.indexDays, 'd'),
    batchSize: archiving.batchSize,
    bulkSize: bulk.size,
    bulkDelay: bulk.delaySeconds,
  };
}

function agesOf({ days, usageMetricsDays, recordsDays }: ResolvedSettings['history']['retention']): HistoryValues {
  return {
    policy: POLICY,
    age: inUnit(days, 'd'),
    usageMetricsAge: inUnit(usageMetricsDays, 'd'),
    recordsAge: inUnit(recordsDays, 'd'),
  };
}

function inUnit(count: number | undefined, unit: string): string | undefined {
  return count === undefined ? undefined : `${count}${unit}`;
}
