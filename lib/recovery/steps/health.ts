import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_TOPOLOGY } from '../calls/management-calls';
import { met, running, unknown, type Finding } from '../finding';
import type { Step } from '../run/step';
import type { SeenBroker } from '../view/cluster-topology';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';
import { hasZones } from '../view/zone-layout';

/** @internal */
export function awaitHealth(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'await-health',
    title: 'Wait until all brokers are healthy',
    purpose: 'A deployment restarts brokers, and a partition needs three of its four replicas.',
    requires: [],
    done: {
      description: `gateways see every broker with the partitions that ${hasZones(topology) ? 'it holds as a member' : 'the partition table gives it'}, all healthy`,
      calls: [READ_TOPOLOGY, ...(hasZones(topology) ? [READ_CONFIGURATION] : [])],
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
  const due = await duePartitions(view, topology);
  if (typeof due === 'string') return unknown(due);
  const { brokers } = reading.value;
  const ill = allIds.filter(
    id =>
      !isWell(
        due(id),
        brokers.find(({ brokerId }) => brokerId === id),
      ),
  );
  return ill.length === 0 ? met(`${allIds.length} brokers are healthy`) : running(`brokers ${listText(ill)} are not healthy`);
}

/**
 * What each broker has to hold, or why that is not known. A zone that was away is the last one of the layout, and of equal priority it takes other turns
 * than before: then the cluster has another table than the one that it began with.
 */
async function duePartitions(view: ClusterView, topology: RecoveryTopology): Promise<((id: string) => number[]) | string> {
  if (!hasZones(topology))
    return id => topology.partitions.filter(({ replicas }) => replicas.includes(id)).map(({ partitionId }) => partitionId);
  const reading = await view.configuration();
  if (!reading.ok) return reading.why;
  const { members } = reading.value;
  return id =>
    members.filter(({ brokerId }) => brokerId === id).flatMap(({ partitions }) => partitions.map(({ partitionId }) => partitionId));
}

function isWell(due: readonly number[], broker: SeenBroker | undefined): boolean {
  if (!broker) return false;
  const there = broker.partitions.map(({ partitionId }) => partitionId);
  return due.every(id => there.includes(id)) && broker.partitions.every(({ health }) => health === 'healthy');
}
