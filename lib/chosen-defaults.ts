import type { Row, Table } from '../constructs/topology/settings/row';
import { SETTINGS } from '../constructs/topology/settings/settings';
import { isMapping } from '../constructs/topology/settings/value-kinds';
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
export function chosenDefaults({ _given, _settings }: Topology): ChosenDefault[] {
  return chosenIn(SETTINGS, _given, _settings, '');
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
