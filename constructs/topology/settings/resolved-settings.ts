import type { HelmChartSettings } from './controllers';
import type { ResourceSettings } from './resources';
import type { Resolved } from './rows/row';
import type { DualRegionSettings, SETTINGS } from './settings';

/**
 * All settings, with every default filled in.
 *
 * @internal
 */
export type ResolvedSettings = Resolved<DualRegionSettings, typeof SETTINGS>;

/** @internal */
export type Resources = Required<ResourceSettings>;

/** @internal */
export type HelmSource = Required<HelmChartSettings>;

/**
 * What pods get beside what this library gives them.
 *
 * @internal
 */
export type ResolvedPod = ResolvedSettings['orchestration']['pod'];
