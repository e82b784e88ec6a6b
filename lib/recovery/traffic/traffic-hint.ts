import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';

/**
 * The step of its own that moves users, where there are load balancers. The engine waits for none of it.
 *
 * @param why continues the command
 *
 * @internal
 */
export function trafficHint({ traffic }: RecoveryTopology, regionId: number, option: '--off' | '--on', why: string): string[] {
  return traffic === undefined ? [] : [`'recover traffic ${option} region${regionId}', ${why}`];
}
