import type { Check, Row, Table, Words } from '../settings/rows/row';
import { isMapping } from '../settings/rows/value-kinds';
import { booleanProblems } from './judging/boolean-rule';
import { integerProblems } from './judging/integer-rule';
import { errorOf, warningOf, type Problem } from './judging/problem';

/** A value with the setting that holds it. */
interface Placed {
  readonly setting: string;
  readonly value: unknown;
}

type RowOf<K extends Row['kind']> = Extract<Row, { readonly kind: K }>;

/**
 * What the rows of a table say of single values.
 *
 * @param rows one for each setting
 * @param given what is written
 * @param resolved the same with every default
 * @param path of the section, empty at the top
 *
 * @internal
 */
export function settingProblems(rows: Table, given: unknown, resolved: unknown, path = ''): Problem[] {
  const values = mappingOf(resolved);
  return Object.entries(rows).flatMap(([key, row]) => {
    const placed = { setting: path === '' ? key : `${path}.${key}`, value: values[key] };
    return row.kind === 'section' ? sectionProblems(row, mappingOf(given)[key], placed) : valueProblems(row, placed, values);
  });
}

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}

function sectionProblems({ rows, section, required }: RowOf<'section'>, given: unknown, { setting, value }: Placed): Problem[] {
  if (given !== undefined && !isMapping(given)) return [worded(section ?? NO_SECTION, setting, given)];
  // A section within a list has no defaults: where it is left out, there is nothing to judge.
  return value === undefined && !required ? [] : settingProblems(rows, given, value, setting);
}

const NO_SECTION: Words = { rule: 'section', requirement: 'must be a mapping', fix: 'leave it out for the defaults' };

function valueProblems(row: Exclude<Row, { kind: 'section' }>, placed: Placed, own: Readonly<Record<string, unknown>>): Problem[] {
  const { setting, value } = placed;
  if (value === undefined && typeof row.required === 'string') {
    return [errorOf({ rule: 'required', setting, value, requirement: 'must be given', fix: `add it: ${row.required}` })];
  }
  if (value === undefined && !row.required && row.default === undefined) return [];
  switch (row.kind) {
    case 'boolean':
      return booleanProblems(setting, value, row.rule);
    case 'integer':
    case 'number':
      return row.checks ? failing(row.checks, placed) : numberProblems(row, placed, own);
    case 'string':
      return failing(row.checks, placed);
    case 'strings':
      return stringsProblems(row, placed);
    case 'list':
      return listProblems(row, placed);
    case 'map':
      return mapProblems(row, placed);
    case 'any':
      return [];
  }
}

function failing(checks: readonly Check[] = [], { setting, value }: Placed): Problem[] {
  return checks
    .filter(({ accepts }) => !accepts(value))
    .map(({ rule, requirement, fix, isWarning }) => {
      const finding = { rule, setting, value, requirement, fix: typeof fix === 'string' ? fix : fix(value) };
      return isWarning ? warningOf(finding) : errorOf(finding);
    });
}

function numberProblems(row: RowOf<'integer' | 'number'>, { setting, value }: Placed, own: Readonly<Record<string, unknown>>): Problem[] {
  const { min, max, atLeast } = row;
  // Where no limit is known, a rule judges it together with others.
  if (min === undefined) return [];
  const other = atLeast === undefined ? undefined : own[atLeast];
  const isUsable = typeof other === 'number' && Number.isInteger(other) && other <= (max ?? Number.MAX_SAFE_INTEGER);
  return integerProblems(setting, value, { min: isUsable ? Math.max(min, other) : min, max });
}

function stringsProblems({ list, checks }: RowOf<'strings'>, { setting, value }: Placed): Problem[] {
  if (!list) return [];
  if (!Array.isArray(value)) return [worded(list, setting, value)];
  return value.flatMap((entry: unknown, i) => failing(checks, { setting: `${setting}[${i}]`, value: entry }));
}

function listProblems({ list, length, rows, entryFix }: RowOf<'list'>, { setting, value }: Placed): Problem[] {
  if (!list) return [];
  if (!Array.isArray(value)) return [worded(list, setting, value)];
  const problems = length !== undefined && value.length !== length ? [worded(list, setting, value.length)] : [];
  const entries = value.flatMap((entry: unknown, i) => {
    const at = `${setting}[${i}]`;
    if (isMapping(entry)) return settingProblems(rows, entry, entry, at);
    return [worded({ rule: list.rule, requirement: 'must be a mapping', fix: entryFix ?? list.fix }, at, entry)];
  });
  return [...problems, ...entries];
}

function mapProblems({ map, max = Infinity, checks = [] }: RowOf<'map'>, { setting, value }: Placed): Problem[] {
  if (!map) return [];
  if (!isMapping(value)) return [worded(map, setting, value)];
  const { rule } = map;
  const entries = Object.entries(value);
  const requirement = `must have at most ${max} entries`;
  const tooMany = entries.length > max ? [worded({ rule, requirement, fix: 'leave some out' }, setting, entries.length)] : [];
  const single = entries.flatMap(([key, text]) =>
    checks
      .filter(({ accepts }) => !accepts(key, text))
      .map(check => worded({ rule, requirement: check.requirement, fix: check.fix }, `${setting}.${key}`, text)),
  );
  return [...tooMany, ...single];
}

function worded(words: Words, setting: string, value: unknown): Problem {
  return errorOf({ ...words, setting, value });
}
