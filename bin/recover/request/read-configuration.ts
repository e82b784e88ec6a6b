import { READ_CONFIGURATION } from '../../../lib/recovery/calls/management-calls';
import { unread, type Finding } from '../../../lib/recovery/finding';
import type { Interruption } from '../../../lib/recovery/run/engine';
import { checkUntil } from '../../../lib/recovery/run/wait';
import type { ClusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import type { ClusterView } from '../../../lib/recovery/view/cluster-view';

/** How long nobody may tell it, before that is said. A gateway, or a coordinator, that is replaced is back sooner. */
const SILENCE_MS = 30_000;

/**
 * Looks at the configuration of the cluster until it tells what is needed of it.
 *
 * @param what continues `the cluster tells`
 * @param judge what a configuration means
 */
export function readConfiguration(
  view: ClusterView,
  what: string,
  judge: (configuration: ClusterConfiguration) => Finding,
  interruption: Interruption,
): Promise<Finding> {
  const condition = {
    description: `the cluster tells ${what}`,
    calls: [READ_CONFIGURATION],
    check: async () => {
      const reading = await view.configuration();
      return reading.ok ? judge(reading.value) : unread(reading);
    },
  };
  return checkUntil(view, condition, SILENCE_MS, () => undefined, interruption);
}
