import { INTEGER_RULE, integerRequirement } from '../constructs/topology/rules/judging/integer-rule';
import type { Row, Table } from '../constructs/topology/settings/rows/row';
import { SETTINGS } from '../constructs/topology/settings/settings';

/** What a single value must be. */
export interface Demand {
  readonly rule: string;
  /** Continues the sentence that starts with the setting. */
  readonly requirement: string;
}

/** The row of a setting, by a path such as `regions[].vpcCidr`. */
export function rowAt(path: string): Row {
  const keys = path.replaceAll('[]', '').split('.');
  const found = keys.reduce<Row | undefined>((row, key) => innerRows(row)[key], { kind: 'section', rows: SETTINGS });
  if (!found) throw new Error(`no setting: ${path}`);
  return found;
}

/** What a row demands of its value, beyond what its kind says. */
export function demandsOf(row: Row): Demand[] {
  switch (row.kind) {
    case 'integer':
    case 'number':
      return row.checks ? row.checks.filter(isDemand) : limitsOf(row);
    case 'string':
    case 'strings':
      return (row.checks ?? []).filter(isDemand);
    case 'list':
      return row.list && row.length !== undefined ? [row.list] : [];
    case 'map':
      return (row.checks ?? []).map(({ requirement }) => ({ rule: row.map?.rule ?? '', requirement }));
    default:
      return [];
  }
}

function innerRows(row: Row | undefined): Table {
  return row?.kind === 'section' || row?.kind === 'list' ? row.rows : {};
}

function isDemand({ isWarning }: { readonly isWarning?: boolean }): boolean {
  return !isWarning;
}

function limitsOf({ min, max, atLeast }: Extract<Row, { kind: 'integer' | 'number' }>): Demand[] {
  if (min === undefined) return [];
  const requirement = integerRequirement({ min, max });
  return [{ rule: INTEGER_RULE, requirement: atLeast === undefined ? requirement : `${requirement}, and not less than \`${atLeast}\`` }];
}
