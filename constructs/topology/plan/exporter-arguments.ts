import type { CamundaVersion } from '../versions/camunda-version';
import type { ExporterKind } from '../versions/exporter-kinds';
import { BROKER_HISTORY_8_8, BROKER_HISTORY_8_9, valuesIn, WEB_APPLICATION_HISTORY, type HistoryNames } from '../versions/history-names';
import { HISTORY_SETTINGS } from './history';
import { canonicalName, overlapOf, partsBelow, segmentsOf } from './owned-names';

/**
 * An argument that somebody gives to an exporter of this deployment.
 *
 * @internal
 */
export interface ExporterArgument {
  readonly exporterId: string;
  readonly kind: ExporterKind;
  /** As it is written: below an exporter, a variable has `_` for each dot, and no capitals of its own. */
  readonly argument: string;
}

const REGION_IDS = [0, 1];

/**
 * What a setting or a variable tells which exporter, if it does.
 *
 * @internal
 */
export function exporterArgument(
  name: string,
  { settingNames }: CamundaVersion,
  kinds: readonly ExporterKind[],
): ExporterArgument | undefined {
  const [exporterId, args, ...argument] = partsBelow(name, settingNames.exporters) ?? [];
  if (args !== 'args' || argument.length === 0) return undefined;
  const kind = kinds.find(({ idPrefix }) => REGION_IDS.some(regionId => exporterId === `${idPrefix}${regionId}`));
  return kind && { exporterId, kind, argument: argument.join(separatorOf(name)) };
}

/**
 * Why an argument of an exporter is not for users: it is this library's, or it comes from a setting of it.
 *
 * @internal
 */
export function ownedArgument(kind: ExporterKind, argument: string): { readonly owner: string; readonly setting?: string } | undefined {
  const owner = overlapOf(argument, ownedArguments(kind));
  return owner === undefined ? undefined : { owner, setting: settingsBehind(kind.history).get(owner) };
}

function ownedArguments({ arguments: connection, fixedArguments, history }: ExporterKind): string[] {
  return [...Object.values(connection), ...fixedArguments, ...Object.values(history)];
}

/**
 * An argument as Camunda spells it, where that is known, and whether it is divided otherwise: below an exporter nothing joins what `_`
 * or a dot divides, so that it would be another argument.
 *
 * @internal
 */
export function spelledArgument(
  kind: ExporterKind,
  argument: string,
): { readonly isKnown: boolean; readonly spelling: string; readonly isDivided: boolean } {
  const known = [...kind.otherArguments, ...ownedArguments(kind)].find(other => canonicalName(other) === canonicalName(argument));
  return {
    isKnown: known !== undefined,
    spelling: known ?? argument.replaceAll('_', '.'),
    isDivided: known !== undefined && segmentsOf(argument).length !== segmentsOf(known).length,
  };
}

/** The settings of this library that names lead back to. */
function settingsBehind(names: HistoryNames, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    valuesIn(names).flatMap(value => {
      const name = names[value];
      return name === undefined || value === 'policy' ? [] : [[`${prefix}${name}`, HISTORY_SETTINGS[value]] as const];
    }),
  );
}

/** What brokers of one version, and Operate and Tasklist of another, are told of history. */
const TOLD_BY_SETTINGS: ReadonlyMap<string, string> = new Map([
  ...settingsBehind(BROKER_HISTORY_8_8),
  ...settingsBehind(BROKER_HISTORY_8_9),
  ...settingsBehind(WEB_APPLICATION_HISTORY, 'camunda.operate.'),
  ...settingsBehind(WEB_APPLICATION_HISTORY, 'camunda.tasklist.'),
  // Each exporter of a broker is either of this library, or one of the list.
  ['camunda.data.exporters', 'orchestration.exporters'],
  ['zeebe.broker.exporters', 'orchestration.exporters'],
]);

/**
 * The setting of this library that one of Camunda's comes from.
 *
 * @internal
 */
export function settingBehind(name: string): string | undefined {
  return TOLD_BY_SETTINGS.get(name);
}

/** Settings of programs that are no more, so that no patch adds another one. */
const ARCHIVERS = ['camunda.operate.archiver', 'camunda.tasklist.archiver'];

/**
 * What Camunda documents for the exporter that it configures by itself, and the argument with which other exporters do the same.
 *
 * @see Camunda 8 docs 8.9, secondary storage properties; camunda/camunda, CamundaExporterConfigurationApplier
 */
const SELF_CONFIGURED: readonly (readonly [documented: string, argument: string])[] = [
  ['camunda.data.secondary-storage.elasticsearch.history', 'history'],
  ['camunda.data.secondary-storage.elasticsearch.bulk', 'bulk'],
  ['camunda.data.secondary-storage.elasticsearch.post-export', 'postExport'],
  ['camunda.data.secondary-storage.elasticsearch.incident-notifier', 'notifier'],
  ['camunda.data.secondary-storage.elasticsearch.batch-operations', 'batchOperation'],
  ['camunda.data.secondary-storage.elasticsearch.batch-operation-cache', 'batchOperationCache'],
  ['camunda.data.secondary-storage.elasticsearch.process-cache', 'processCache'],
  ['camunda.data.secondary-storage.elasticsearch.decision-requirements-cache', 'decisionRequirementsCache'],
  ['camunda.data.secondary-storage.elasticsearch.form-cache', 'formCache'],
  ['camunda.data.secondary-storage.retention', 'history.retention'],
  ['camunda.database.retention', 'history.retention'],
  ...ARCHIVERS.map(archiver => [archiver, 'history'] as const),
  ['camunda.data.audit-log', 'auditLog'],
  ['camunda.data.history-deletion', 'historyDeletion'],
];

/**
 * For other databases than Elasticsearch.
 *
 * @see Camunda 8 docs 8.9, dual-region: database support; 8.10, multi-region RDBMS: seen on 2026-11-30
 */
const OTHER_DATABASES = ['camunda.data.secondary-storage.opensearch', 'camunda.data.secondary-storage.rdbms'];

/** Names of the lifecycle policy. */
const POLICY_NAMES = [BROKER_HISTORY_8_8, BROKER_HISTORY_8_9].flatMap(({ policy }) => policy ?? []);

/**
 * What to do instead of a setting that Camunda documents and that no exporter of this deployment reads, because each of them is
 * configured by its arguments.
 *
 * @internal
 */
export function insteadOfUnread(name: string, { settingNames, exporter }: CamundaVersion): string | undefined {
  if (OTHER_DATABASES.some(prefix => partsBelow(name, prefix))) {
    return 'remove it: brokers export to Elasticsearch; docs/beside.md says why neither OpenSearch nor a relational database is offered';
  }
  if (POLICY_NAMES.some(policy => partsBelow(name, policy))) return 'remove it: brokers and exporters have to name the same policy';
  const found = SELF_CONFIGURED.find(([documented]) => partsBelow(name, documented));
  if (!found) return undefined;
  const [documented, prefix] = found;
  const written = [...prefix.split('.'), ...(partsBelow(name, documented) ?? []).map(inCamelCase)].join(separatorOf(name));
  const told = [...TOLD_BY_SETTINGS.keys()].find(one => overlapOf(name, [one]));
  const setting = told === undefined ? ownedArgument(exporter, written)?.setting : TOLD_BY_SETTINGS.get(told);
  if (setting !== undefined) return `use '${setting}', which both exporters are told`;
  if (exporter.history.wait === undefined) return 'remove it: exporters of this version have no such argument';
  const { spelling, isKnown } = spelledArgument(exporter, written);
  if (ARCHIVERS.includes(documented) && !isKnown) return 'remove it: it was of Operate and Tasklist, and exporters have no such argument';
  const [first, second] = REGION_IDS.map(regionId => `${settingNames.exporters}.${exporter.idPrefix}${regionId}.args.${spelling}`);
  return `give it to both exporters, as '${first}' and '${second}'`;
}

/** What stands between the parts of a setting or of a variable. */
function separatorOf(name: string): string {
  return name.includes('.') ? '.' : '_';
}

function inCamelCase(text: string): string {
  return text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
