import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_TOPOLOGY } from '../../calls/management-calls';
import { met, open, unread } from '../../finding';
import type { Condition } from '../../run/step';
import { growthOf, type Growth } from '../../view/growth';
import { listText } from '../../view/members';

/**
 * Whether the cluster has all brokers and partitions of its description. A larger one may have been deployed that the cluster does not know of.
 *
 * @internal
 */
export function scaled(topology: RecoveryTopology): Condition {
  return {
    description: 'the cluster has as many brokers and partitions as its description',
    calls: [READ_CONFIGURATION, READ_TOPOLOGY],
    check: async view => {
      const [configuration, gateways] = await Promise.all([view.configuration(), view.seenTopology()]);
      if (!configuration.ok) return unread(configuration);
      if (!gateways.ok) return unread(gateways);
      const growth = growthOf(topology, configuration.value);
      if (growth === undefined) return met('no broker and no partition waits for a scaling');
      const seen = gateways.value.brokers.map(({ brokerId }) => brokerId);
      return {
        ...open(growthText(growth, seen)),
        advice: `'recover scale' makes members of new brokers and adds new partitions, once all brokers run: docs/scale.md`,
      };
    },
  };
}

/**
 * What is still to come, in words.
 *
 * @param seen ids of brokers that gateways see
 *
 * @internal
 */
export function growthText({ brokers, partitions }: Growth, seen: readonly string[]): string {
  const [there, away] = [brokers.filter(id => seen.includes(id)), brokers.filter(id => !seen.includes(id))];
  return [
    ...(there.length === 0 ? [] : [`brokers ${listText(there)} run but are not members`]),
    ...(away.length === 0 ? [] : [`brokers ${listText(away)} are not members, and are not seen`]),
    ...(partitions.length === 0 ? [] : [`partitions ${listText(partitions)} are not there yet`]),
  ].join('; ');
}
