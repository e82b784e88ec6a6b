import { ProblemSeverity } from '../constructs/topology/rules/problem';
import { problemsOf } from '../constructs/topology/rules/rules';
import { resolveSettings } from '../constructs/topology/settings/resolved-settings';
import type { DualRegionSettings } from '../constructs/topology/settings/settings';
import { isMapping } from '../constructs/topology/settings/value-kinds';

/** What one rule demands of a setting. */
export interface Demand {
  readonly rule: string;
  /** Continues the sentence that starts with the setting. */
  readonly requirement: string;
}

/** Values that hardly any setting takes, so that its rules say what they want. */
const WRONG: readonly unknown[] = [-1, 1_000_000, '', '!', 'true', 'example', '10.0.0.0/8', '192.0.2.0/24', ['!'], {}];
/** What the kind of a value says already. */
const OBVIOUS = /^must be (true or false|a (list|mapping)( of (keys|names|paths) to texts)?)$/;

/**
 * What the rules demand of a setting: they are asked, by values that are wrong, so that nothing is written down twice.
 * Rules that compare several settings speak of those of the given deployment.
 *
 * @param path for example `regions[].vpcCidr`
 * @param settings a valid deployment
 * @param today the day for which the rules are asked
 */
export function demandsOn(path: string, settings: DualRegionSettings, today: Date): Demand[] {
  const place = path.replaceAll('[]', '[0]');
  const keys = place.split(/\.|(?=\[)/);
  const found = new Map<string, Demand>();
  for (const value of WRONG) {
    const changed = withValue(settings, keys, value) as DualRegionSettings;
    for (const { rule, severity, setting, requirement } of problemsOf(resolveSettings(changed), today)) {
      const isOwn = setting === place || setting.replace(/\[\d+\]$/, '') === place;
      if (severity !== ProblemSeverity.ERROR || !isOwn || OBVIOUS.test(requirement)) continue;
      if (!found.has(requirement)) found.set(requirement, { rule, requirement });
    }
  }
  return [...found.values()];
}

/** A copy in which the place has the value. A list that is not there gets one entry. */
function withValue(container: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const index = /^\[(\d+)\]$/.exec(key)?.[1];
  if (index !== undefined) {
    const list: unknown[] = Array.isArray(container) ? [...(container as unknown[])] : [];
    list[Number(index)] = withValue(list[Number(index)], rest, value);
    return list;
  }
  const mapping = isMapping(container) ? container : {};
  return { ...mapping, [key]: withValue(mapping[key], rest, value) };
}
