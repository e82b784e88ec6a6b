import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withRegions, withSettings } from '../settings/changed-settings';
import { patchOf } from '../settings/versions';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

/** Values may be of another kind than the type says, as JavaScript and files hold them. */
const untyped = (changes: Record<string, unknown>): DualRegionSettings => withSettings(changes);
const region0 = (changes: Record<string, unknown>): DualRegionSettings => withRegions(changes);

/** Settings with one acknowledgement. */
export function acknowledging(changes: Record<string, unknown>): DualRegionSettings {
  return untyped({ review: { acknowledge: [{ change: 'brokers-roll:both', reason: 'planned', expires: '2026-10-01', ...changes }] } });
}

/** Rules about reviews and about patches of a single region, broken. */
export const REVIEW_ERRORS: Row[] = [
  ['region-patch', 'regions[0].camundaPatch', '8.8.1', region0({ camundaPatch: '8.8.1' })],
  ['region-patch', 'regions[0].camundaPatch', '8.9', region0({ camundaPatch: '8.9' })],
  ['region-patch', 'regions[0].camundaPatch', '8.90.1', region0({ camundaPatch: '8.90.1' })],
  ['region-patch', 'regions[0].camundaPatch', `${patchOf('8.9')}-x`, region0({ camundaPatch: `${patchOf('8.9')}-x` })],
  ['region-patch', 'regions[0].camundaPatch', 8.9, region0({ camundaPatch: 8.9 })],
  ['region-patch', 'regions[1].camundaPatch', null, withRegions({}, { camundaPatch: null as never })],
  ['review', 'review.acknowledge', 'all', untyped({ review: { acknowledge: 'all' } })],
  ['review', 'review.acknowledge[0]', 'all', untyped({ review: { acknowledge: ['all'] } })],
  ...['brokers-roll', 'brokers-roll:', '*:both', '*', 'broker*:both', 'brokers-roll: both', '', 5].map((change): Row => {
    return ['review-change', 'review.acknowledge[0].change', change, acknowledging({ change })];
  }),
  ...['', ' \n', 5].map((reason): Row => ['review-reason', 'review.acknowledge[0].reason', reason, acknowledging({ reason })]),
  ...['soon', '2026-02-30', '2026-13-01', '2026-9-1', '01.09.2026', '2027-06-03', 20260901].map((expires): Row => {
    return ['review-expires', 'review.acknowledge[0].expires', expires, acknowledging({ expires })];
  }),
];

/** What only warns. */
export const REVIEW_WARNINGS: Row[] = [
  ['review-expired', 'review.acknowledge[0].expires', '2026-05-31', acknowledging({ expires: '2026-05-31' })],
  ['region-patch-differs', 'regions[0].camundaPatch', patchOf('8.9', 1), region0({ camundaPatch: patchOf('8.9', 1) })],
  ['region-patch-differs', 'regions[1].camundaPatch', patchOf('8.9', 1), withRegions({}, { camundaPatch: patchOf('8.9', 1) })],
  [
    'region-patch-differs',
    'regions[1].camundaPatch',
    patchOf('8.9', 1),
    withRegions({ camundaPatch: patchOf('8.9') }, { camundaPatch: patchOf('8.9', 1) }),
  ],
  [
    'region-patch-differs',
    'regions[0].camundaPatch',
    patchOf('8.9'),
    { ...region0({ camundaPatch: patchOf('8.9') }), images: { camundaTag: patchOf('8.9', -1) } },
  ],
];
