import { planOf } from '../constructs/topology/plan-of';
import type { Row, Table } from '../constructs/topology/settings/rows/row';
import { isMapping } from '../constructs/topology/settings/rows/value-kinds';
import { SETTINGS } from '../constructs/topology/settings/settings';
import type { Topology } from '../constructs/topology/topology';

/** A default that was computed for a deployment, and why it is what it is. */
interface ChosenDefault {
  readonly setting: string;
  readonly value: unknown;
  readonly why: string;
}

/**
 * The defaults that were computed because nobody wrote the setting, as far as people decide by them.
 *
 * @internal
 */
export function chosenDefaults(topology: Topology): ChosenDefault[] {
  const { given, settings } = planOf(topology);
  return chosenIn(SETTINGS, given, settings, '');
}

function chosenIn(rows: Table, given: unknown, resolved: unknown, path: string): ChosenDefault[] {
  return Object.entries(rows).flatMap(([key, row]: [string, Row]) => {
    const setting = path === '' ? key : `${path}.${key}`;
    const [written, value] = [valueIn(given, key), valueIn(resolved, key)];
    if (row.kind === 'section') return chosenIn(row.rows, written, value, setting);
    return row.chosen === undefined || written !== undefined ? [] : [{ setting, value, why: row.chosen }];
  });
}

function valueIn(section: unknown, key: string): unknown {
  return isMapping(section) ? section[key] : undefined;
}
