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
  return rowsAlong(path).reduce<Later | undefined>((found, row) => row?.later ?? found, undefined);
}

/**
 * The row of a setting. None for what is below a row that has no rows of its own.
 *
 * @internal
 */
export function rowAt(path: string): Row | undefined {
  return rowsAlong(path).at(-1);
}

/** The rows of a setting and of all sections that it is in, the outermost first. */
function rowsAlong(path: string): (Row | undefined)[] {
  let rows: Table = SETTINGS;
  const keys = path.replaceAll('[]', '').split('.');
  return keys
    .filter(key => !/^\d+$/.test(key))
    .map(key => {
      const row = Object.hasOwn(rows, key) ? rows[key] : undefined;
      rows = row?.kind === 'section' || row?.kind === 'list' ? row.rows : {};
      return row;
    });
}
