import type { DualRegionSettings } from '../../settings/settings';
import type { Problem } from './problem';

/**
 * What is known once each value was judged alone.
 *
 * @internal
 */
export interface Judged {
  /** The settings as they are written. */
  readonly given: DualRegionSettings;
  /** What is wrong with single values. */
  readonly single: readonly Problem[];
  /** What is wrong with what pods are given. */
  readonly pods: readonly Problem[];
}
