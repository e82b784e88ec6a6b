import type { Sides } from '../../view/members';

/**
 * The way out where a change is pending that only a lost broker can cancel.
 *
 * @internal
 */
export function lostCoordinatorAdvice({ affected: { regionId }, allIds }: Sides): string {
  return (
    `where it does not end by itself, broker ${allIds[0]} has to run alone, for as long as it takes to cancel it: with its own volume, or as a temporary broker in ` +
    `the surviving region (docs/recovery.md, 'When a change is pending'). 'recover cancel-change --lost region${regionId}' waits for it, and cancels the change. ` +
    `Then take broker ${allIds[0]} away again, and give the failover anew. Do not recreate the region before: its empty brokers could outvote the data`
  );
}
