import { clusterZones } from '../../../constructs/topology/plan/placement/cluster-zones';
import { laterText } from '../../../constructs/topology/settings/rows/later';
import type { Row, Table } from '../../../constructs/topology/settings/rows/row';
import { SETTINGS } from '../../../constructs/topology/settings/settings';
import { notice, type Change } from './change';
import type { DeploymentState } from './deployment-state';
import { laterOf, rowAt } from './later-of';
import { fieldDifferences, isData, isSame, without, type FieldDifference } from './plain-data';

/**
 * Every setting that has another value, defaults filled in. What an acknowledgement says is none of them.
 *
 * @internal
 */
export function changedSettings({ settings: before }: DeploymentState, { settings: after }: DeploymentState): FieldDifference[] {
  return fieldDifferences(comparable(before), comparable(after));
}

/**
 * Every changed setting, with what changing it does.
 *
 * @internal
 */
export function settingNotices(base: DeploymentState, head: DeploymentState): Change[] {
  return changedSettings(base, head).map(({ field, before: old, after: now }) => {
    const text = { before: old, after: now, advice: '' };
    const place = { part: 'settings', object: field };
    return old === undefined && isDefault(rowAt(field), now)
      ? notice('setting-new', field, place, {
          ...text,
          meaning:
            'The version of this library that rendered the base had no such setting, and this is its default. What it changes is told beside it.',
        })
      : notice('setting-changed', field, place, { ...text, meaning: laterText(laterOf(field)) });
  });
}

/** Whether a value is what a setting is that nobody gives. One that is computed is not looked at. */
function isDefault(row: Row | undefined, value: unknown): boolean {
  if (row === undefined || typeof row.default === 'function') return false;
  if (row.kind !== 'section') return row.default !== undefined && isSame(row.default, value);
  return row.optional !== true && isData(value) && Object.keys(value).every(key => isDefault(row.rows[key], value[key]));
}

/** Without what changes nothing, and with lists in which the order says nothing in one order. */
function comparable(settings: DeploymentState['settings']): unknown {
  const { kubernetes, regions } = settings;
  const sorted = <T>(list: readonly T[]): T[] => [...list].sort();
  const { publicAccessCidrs, adminRoleArns, recoveryRoleArns } = kubernetes;
  const zones = clusterZones(settings).map(({ name, priority }) => ({ zone: { name, priority } }));
  return {
    ...without({ ...settings }, 'review'),
    regions: regions.map((region, i) => withSections({ ...region, ...zones.at(i) }, SETTINGS.regions.rows)),
    kubernetes: {
      ...kubernetes,
      publicAccessCidrs: sorted(publicAccessCidrs),
      adminRoleArns: sorted(adminRoleArns),
      recoveryRoleArns: sorted(recoveryRoleArns),
    },
  };
}

/** A section that nobody wrote differs by what is in it, where that says what changing it does. */
function withSections(values: Readonly<Record<string, unknown>>, rows: Table): Readonly<Record<string, unknown>> {
  const sections = Object.entries(rows).flatMap(([key, row]) => {
    if (row.kind !== 'section' || row.later !== undefined || !Object.values(row.rows).some(inner => inner.later !== undefined)) return [];
    const value = values[key] ?? {};
    return isData(value) ? [[key, withSections(value, row.rows)] as const] : [];
  });
  return { ...values, ...Object.fromEntries(sections) };
}
