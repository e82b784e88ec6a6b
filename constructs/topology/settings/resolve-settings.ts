import { plannedDefaults } from '../plan/planned-defaults';
import type { ResolvedSettings } from './resolved-settings';
import type { DefaultPlan } from './rows/default-plan';
import type { Row, Table } from './rows/row';
import { isMapping } from './rows/value-kinds';
import { SETTINGS, type DualRegionSettings } from './settings';

/**
 * Fills in every default, as the rows say.
 *
 * A section that is no mapping has no settings at all, rather than defaults, so that the rules notice it.
 *
 * @internal
 */
export function resolveSettings(given: DualRegionSettings): ResolvedSettings {
  const plan: DefaultPlan = plannedDefaults(() => settings, givenIn(givenIn(given, 'nodes'), 'perZone'));
  const settings = sectionOf(SETTINGS, given, plan) as ResolvedSettings;
  return plainOf(settings);
}

/** A default is computed when somebody asks for it: it may follow any other, and the order of the rows does not matter. */
function sectionOf(rows: Table, given: unknown, plan: DefaultPlan): Record<string, unknown> {
  const section: Record<string, unknown> = {};
  for (const [key, row] of Object.entries(rows)) {
    const get = (): unknown => {
      const value = valueOf(row, givenIn(given, key), section, plan);
      Object.defineProperty(section, key, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(section, key, { get, enumerable: true, configurable: true });
  }
  return section;
}

function givenIn(section: unknown, key: string): unknown {
  if (section === undefined) return undefined;
  return isMapping(section) ? section[key] : null;
}

function valueOf(row: Row, given: unknown, section: Record<string, unknown>, plan: DefaultPlan): unknown {
  if (row.kind === 'section') return row.optional && given === undefined ? undefined : sectionOf(row.rows, given, plan);
  if (row.kind === 'list' && row.required) return Array.isArray(given) ? given.map(entry => (isMapping(entry) ? entry : {})) : [];
  if (given !== undefined) return given;
  return isFunction(row.default) ? row.default(section, plan) : row.default;
}

function isFunction(value: unknown): value is (own: Record<string, unknown>, plan: DefaultPlan) => unknown {
  return typeof value === 'function';
}

/** The same without anything that is still to be computed. */
function plainOf<T extends object>(section: T): T {
  Object.values(section).forEach(value => {
    if (isMapping(value)) plainOf(value);
  });
  return section;
}
