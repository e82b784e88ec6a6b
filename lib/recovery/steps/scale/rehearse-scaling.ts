import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION } from '../../calls/management-calls';
import { mappings, textOf } from '../../calls/readings';
import { scaling, type Scaling } from '../../calls/scale-calls';
import { met, unknown, type Finding } from '../../finding';
import type { Step } from '../../run/step';
import type { ClusterView } from '../../view/cluster-view';
import { growthOf } from '../../view/growth';
import { listText } from '../../view/members';
import { dryRun, endsBalanced } from '../dry-run';

/**
 * What the server says of the whole scaling before anything of it is done.
 *
 * @internal
 */
export function rehearseScaling(topology: RecoveryTopology, adds: readonly string[]): Step {
  const all = { adds, partitionCount: topology.partitions.length };
  return {
    id: 'rehearse-scaling',
    title: 'Ask what a scaling will do',
    purpose: 'A dry run says what is added and how many replicas move, and changes nothing.',
    isPrecheck: true,
    requires: [],
    done: {
      description: 'a dry run ends with all partitions of the description, and two replicas of each in each region',
      calls: [READ_CONFIGURATION, scaling(topology, all, true)],
      check: async view => {
        const reading = await view.configuration();
        if (!reading.ok) return unknown(reading.why);
        const growth = growthOf(topology, reading.value);
        if (growth === undefined) return met('nothing is to be added');
        return rehearse(view, topology, growth.partitions.length === 0 ? { adds } : all);
      },
    },
    timeoutMs: 60_000,
    advice: 'nothing was sent: the server says what it does not accept. Look at GET :9600/actuator/cluster',
  };
}

function rehearse(view: ClusterView, topology: RecoveryTopology, all: Scaling): Promise<Finding> {
  return dryRun(view, scaling(topology, all, true), plan => {
    const finding = endsBalanced(topology, plan);
    const operations = mappings(plan.plannedChanges).map(({ operation }) => textOf(operation));
    return finding.state === 'met' ? met(`${finding.why}: ${planText(operations, all)}`) : finding;
  });
}

/** What is planned, in words. A partition begins with one replica; the others join. */
function planText(operations: readonly string[], { adds = [], partitionCount }: Scaling): string {
  const count = (name: string): number => operations.filter(operation => operation === name).length;
  const [begun, joined, left] = ['PARTITION_BOOTSTRAP', 'PARTITION_JOIN', 'PARTITION_LEAVE'].map(count);
  return [
    ...(adds.length === 0 ? [] : [`brokers ${listText(adds)} become members`]),
    ...(partitionCount === undefined ? [] : [`${begun} partitions are added, ${partitionCount} in all`]),
    `${joined} replicas are made, and ${left} taken away`,
    `${operations.length} operations`,
  ].join(', ');
}
