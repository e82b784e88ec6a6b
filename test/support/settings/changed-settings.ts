import type { RegionSettings } from '../../../constructs/topology/settings/regions';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { DEFAULT_SETTINGS } from './settings';

/** The default settings with other values in region 0 and region 1. */
export function withRegions(first: Partial<RegionSettings>, second: Partial<RegionSettings> = {}): DualRegionSettings {
  const [a, b] = DEFAULT_SETTINGS.regions;
  return {
    ...DEFAULT_SETTINGS,
    regions: [
      { ...a, ...first },
      { ...b, ...second },
    ],
  };
}

/** The default settings with other values at the top. */
export function withSettings(changes: Partial<DualRegionSettings>): DualRegionSettings {
  return { ...DEFAULT_SETTINGS, ...changes };
}
