import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTEGER_RULE } from '../../../constructs/topology/rules/judging/integer-rule';
import type { Table } from '../../../constructs/topology/settings/rows/row';
import { SETTINGS } from '../../../constructs/topology/settings/settings';

/** The rules that rows speak for, and those that compare several settings. */
export function allRules(): Set<string> {
  const folder = join(__dirname, '../../../constructs/topology/rules');
  const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  return new Set([INTEGER_RULE, ...rulesIn(SETTINGS), ...[...source.matchAll(/\brule(?:: | = )'([a-z-]+)'/g)].map(match => match[1])]);
}

function rulesIn(rows: Table): string[] {
  return Object.values(rows).flatMap(row => [
    ...('checks' in row ? (row.checks ?? []).flatMap(check => ('rule' in check ? [check.rule] : [])) : []),
    ...('rule' in row && row.rule ? [row.rule] : []),
    ...('list' in row && row.list ? [row.list.rule] : []),
    ...('map' in row && row.map ? [row.map.rule] : []),
    ...('section' in row && row.section ? [row.section.rule] : []),
    ...('rows' in row ? rulesIn(row.rows) : []),
  ]);
}
