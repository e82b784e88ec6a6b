import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpResponse } from '../../calls/http';
import { READ_CONFIGURATION } from '../../calls/management-calls';
import { errorText, isJson, mappings, parsed, textOf } from '../../calls/readings';
import { scaling, type Scaling } from '../../calls/scale-calls';
import { blocked, met, running, unknown, type Finding } from '../../finding';
import type { Step } from '../../run/step';
import { clusterConfiguration } from '../../view/cluster-configuration';
import { isTransportError, type ClusterView } from '../../view/cluster-view';
import { growthOf } from '../../view/growth';
import { listText } from '../../view/members';
import { unbalanced } from '../add-brokers';

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

async function rehearse(view: ClusterView, topology: RecoveryTopology, all: Scaling): Promise<Finding> {
  let response: HttpResponse;
  try {
    response = await view.send(scaling(topology, all, true));
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return unknown(`the dry run gave no answer: ${error.message}`);
  }
  const text = `dry run: ${errorText(response)}`;
  if (response.status === 409) return running(text);
  if (response.status === 400) return blocked(text, 'nothing was sent: the server says what it does not accept');
  const value = parsed(response.text);
  const expected = clusterConfiguration({ brokers: isJson(value) ? value.expectedTopology : undefined });
  if (!isJson(value) || !expected || (response.status !== 202 && response.status !== 200)) return unknown(text);
  // Replicas may still be named by the state that they pass through.
  const wrong = unbalanced(
    topology,
    expected.members.map(member => ({ ...member, partitions: member.partitions.map(partition => ({ ...partition, state: 'ACTIVE' })) })),
  );
  if (wrong.length > 0)
    return blocked(
      `the dry run would leave partitions without two replicas in each region: ${wrong.join('; ')}`,
      'nothing was sent. Compare clusterSize and partitionCount of the configuration with GET :9600/actuator/cluster',
    );
  return met(
    `the dry run ends with two replicas of each partition in each region: ${planText(
      mappings(value.plannedChanges).map(({ operation }) => textOf(operation)),
      all,
    )}`,
  );
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
