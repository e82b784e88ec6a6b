import type { Later } from '../../../constructs/topology/settings/rows/later';
import type { Row, Table } from '../../../constructs/topology/settings/rows/row';
import { SETTINGS } from '../../../constructs/topology/settings/settings';

/**
 * What changing a setting later does: what its row says, else what the section says that it is in.
 *
 * @param path keys joined with dots. Positions in lists, and what is below a row that has no rows of its own, may be given too
 *
 * @internal
 */
export function laterOf(path: string): Later | undefined {
  let rows: Table = SETTINGS;
  let found: Later | undefined;
  for (const key of path.replaceAll('[]', '').split('.')) {
    if (/^\d+$/.test(key)) continue;
    const row: Row | undefined = rows[key];
    if (row === undefined) return found;
    found = row.later ?? found;
    rows = row.kind === 'section' || row.kind === 'list' ? row.rows : {};
  }
  return found;
}
