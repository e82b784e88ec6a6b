import type { Row } from '../../settings/rows/row';
import { isMapping } from '../../settings/rows/value-kinds';
import { SETTINGS, type DualRegionSettings } from '../../settings/settings';

/**
 * The setting that somebody wrote and that a default follows. Undefined for what is written itself, and where nothing is that it
 * follows.
 *
 * @param setting for example `nodes.perZone`
 * @param given what is written
 *
 * @internal
 */
export function causeOf(setting: string, given: DualRegionSettings): string | undefined {
  const keys = setting.split('.');
  if (isWritten(keys, given)) return undefined;
  const section = keys.slice(0, -1);
  const leaders = (rowAt(keys)?.follows ?? []).map(leader => (leader.includes('.') ? leader : [...section, leader].join('.')));
  return firstWritten(leaders, given);
}

/**
 * Among settings of which each could be the cause, the first that somebody wrote: one that changes something, if there is one.
 *
 * @internal
 */
export function firstWritten(settings: readonly string[], given: DualRegionSettings): string | undefined {
  return settings.find(setting => isChanged(setting.split('.'), given)) ?? settings.find(setting => isWritten(setting.split('.'), given));
}

function rowAt(keys: readonly string[]): Row | undefined {
  return keys.reduce<Row | undefined>((row, key) => (row?.kind === 'section' && Object.hasOwn(row.rows, key) ? row.rows[key] : undefined), {
    kind: 'section',
    rows: SETTINGS,
  });
}

function isWritten(keys: readonly string[], given: DualRegionSettings): boolean {
  return valueAt(keys, given) !== undefined;
}

/** Who writes what holds anyway is not the cause. */
function isChanged(keys: readonly string[], given: DualRegionSettings): boolean {
  return isWritten(keys, given) && valueAt(keys, given) !== rowAt(keys)?.default;
}

function valueAt(keys: readonly string[], given: DualRegionSettings): unknown {
  return keys.reduce<unknown>((at, key) => (isMapping(at) ? at[key] : undefined), given);
}
