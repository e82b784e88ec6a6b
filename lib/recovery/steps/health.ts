import { READ_CONFIGURATION, READ_TOPOLOGY } from '../calls/management-calls';
import { met, running, unknown, type Finding } from '../finding';
import type { Step } from '../run/step';
import type { SeenBroker } from '../view/cluster-topology';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';

/** @internal */
export function awaitHealth(sides: Sides): Step {
  return {
    id: 'await-health',
    title: 'Wait until all brokers are healthy',
    purpose: 'A deployment restarts brokers, and a partition needs three of its four replicas.',
    requires: [],
    done: {
      description: 'gateways see every broker with the partitions that it holds as a member, all healthy',
      calls: [READ_TOPOLOGY, READ_CONFIGURATION],
      check: view => healthy(view, sides),
    },
    timeoutMs: 1_800_000,
    advice: `restart, one at a time, brokers that run and are not ready; then 'recover resume'`,
  };
}

/**
 * Where there are more brokers than the partition table needs, some hold no partition: they are well when they are seen.
 *
 * @internal
 */
export async function healthy(view: ClusterView, { allIds }: Sides): Promise<Finding> {
  const [configuration, seen] = await Promise.all([view.configuration(), view.seenTopology()]);
  if (!configuration.ok) return unknown(configuration.why);
  if (!seen.ok) return unknown(seen.why);
  const held = new Map(
    configuration.value.members.map(member => [member.brokerId, member.partitions.map(({ partitionId }) => partitionId)]),
  );
  const shown = new Map(seen.value.brokers.map(broker => [broker.brokerId, broker]));
  const ill = allIds.filter(id => !isWell(held.get(id), shown.get(id)));
  return ill.length === 0 ? met(`${allIds.length} brokers are healthy`) : running(`brokers ${listText(ill)} are not healthy`);
}

/** Who holds what is what the cluster says, not what is planned: zones that come back, and a larger cluster, may have another table. */
function isWell(held: readonly number[] | undefined, broker: SeenBroker | undefined): boolean {
  if (!held || !broker) return false;
  const there = broker.partitions.map(({ partitionId }) => partitionId);
  return held.every(id => there.includes(id)) && broker.partitions.every(({ health }) => health === 'healthy');
}
