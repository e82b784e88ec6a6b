import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_TOPOLOGY } from '../calls/management-calls';
import { met, running, unknown, type Finding } from '../finding';
import type { Step } from '../run/step';
import type { SeenBroker } from '../view/cluster-topology';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';

/** @internal */
export function awaitHealth(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'await-health',
    title: 'Wait until all brokers are healthy',
    purpose: 'A deployment restarts brokers, and a partition needs three of its four replicas.',
    requires: [],
    done: {
      description: 'gateways see every broker with the partitions that the partition table gives it, all healthy',
      calls: [READ_TOPOLOGY],
      check: view => healthy(view, topology, sides),
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
export async function healthy(view: ClusterView, topology: RecoveryTopology, { allIds }: Sides): Promise<Finding> {
  const reading = await view.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const { brokers } = reading.value;
  const ill = allIds.filter(
    id =>
      !isWell(
        topology,
        id,
        brokers.find(({ brokerId }) => brokerId === id),
      ),
  );
  return ill.length === 0 ? met(`${allIds.length} brokers are healthy`) : running(`brokers ${listText(ill)} are not healthy`);
}

function isWell(topology: RecoveryTopology, id: string, broker: SeenBroker | undefined): boolean {
  if (!broker) return false;
  const due = topology.partitions.filter(({ replicas }) => replicas.includes(id)).map(({ partitionId }) => partitionId);
  const there = broker.partitions.map(({ partitionId }) => partitionId);
  return due.every(id => there.includes(id)) && broker.partitions.every(({ health }) => health === 'healthy');
}
