import { unknownHistorySettings } from '../plan/history';
import type { ResolvedSettings } from '../settings/resolved-settings';
import type { Row, Table } from '../settings/rows/row';
import { isMapping } from '../settings/rows/value-kinds';
import { SETTINGS } from '../settings/settings';
import type { Judged } from './judging/judged';
import { warningOf, type Problem } from './judging/problem';
import { isKnownVersion } from './versions/version-rules';

/**
 * Settings that do nothing here: somebody may believe that they work.
 *
 * @internal
 */
export function unusedProblems(settings: ResolvedSettings, _today: Date, { given }: Judged): Problem[] {
  if (!isKnownVersion(settings.camunda.version)) return [];
  return [...unusedIn(SETTINGS, given, settings), ...unknownProblems(given, settings)];
}

/** What no program of the version can be told. */
function unknownProblems(given: unknown, { camunda }: ResolvedSettings): Problem[] {
  return unknownHistorySettings(camunda).flatMap(setting => {
    const value = valueAt(given, setting);
    if (isNothing(value)) return [];
    const requirement = `should be left out with version ${camunda.version}, which knows nothing like it`;
    return [warningOf({ rule: 'setting-unused', setting, value, requirement, fix: 'remove it: no program would be told' })];
  });
}

function unusedIn(rows: Table, given: unknown, settings: ResolvedSettings, path = ''): Problem[] {
  if (!isMapping(given)) return [];
  return Object.entries(rows).flatMap(([key, row]) => {
    const setting = path === '' ? key : `${path}.${key}`;
    if (isNothing(given[key])) return [];
    if (row.until && isReached(row.until.version, settings.camunda.version)) return gone(row, setting, given[key], settings);
    const missing = missingFor(row, settings);
    if (missing !== undefined) return [switchedOff(setting, missing, given[key])];
    return row.kind === 'section' ? unusedIn(row.rows, given[key], settings, setting) : [];
  });
}

/** The settings of a section are told one by one, because each has a place of its own to go to. */
function gone(row: Row, section: string, given: unknown, { camunda }: ResolvedSettings): Problem[] {
  if (!row.until || !isMapping(given)) return [];
  const { instead } = row.until;
  const others = rowsAt(instead);
  return Object.entries(given)
    .filter(([, value]) => !isNothing(value))
    .map(([key, value]) =>
      warningOf({
        rule: 'setting-unused',
        setting: `${section}.${key}`,
        value: shown(value),
        requirement: `should be left out with version ${camunda.version}, where it has no pods of its own`,
        fix: key in others ? `give it to '${instead}.${key}', whose pods do its work` : `remove it: the pods of '${instead}' do its work`,
      }),
    );
}

/** What makes a setting mean nothing, in words. */
function missingFor({ needs }: Row, settings: ResolvedSettings): string | undefined {
  if (needs === undefined) return undefined;
  if (typeof needs === 'string') return valueAt(settings, needs) === false ? `${needs} is false` : undefined;
  const value = valueAt(settings, needs.setting);
  // What is none of its values has its own problem.
  return typeof value !== 'string' || value === needs.value ? undefined : `${needs.setting} is ${value}`;
}

function switchedOff(setting: string, missing: string, value: unknown): Problem {
  return warningOf({
    rule: 'setting-unused',
    setting,
    value: shown(value),
    requirement: `should be left out while ${missing}`,
    fix: 'leave one of them out',
  });
}

function rowsAt(section: string): Table {
  const row: Row | undefined = (SETTINGS as Table)[section];
  return row?.kind === 'section' ? row.rows : {};
}

/** Versions are minor versions of one major, as the table of versions holds them. */
function isReached(version: string, current: string): boolean {
  return Number(current.split('.')[1]) >= Number(version.split('.')[1]);
}

function valueAt(settings: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isMapping(at) ? at[key] : undefined), settings);
}

/** What says nothing, however deep it is nested. */
function isNothing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).every(isNothing);
}

/** What a section holds is told by name: values may be long. */
function shown(value: unknown): unknown {
  if (!isMapping(value)) return value;
  return Object.entries(value)
    .filter(([, member]) => !isNothing(member))
    .map(([name]) => name)
    .join(', ');
}
