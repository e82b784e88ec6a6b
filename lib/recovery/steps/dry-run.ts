import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpCall } from '../calls/call';
import type { HttpResponse } from '../calls/http';
import { errorText, isJson, parsed, type Json } from '../calls/readings';
import { blocked, met, running, unknown, type Finding } from '../finding';
import { clusterConfiguration } from '../view/cluster-configuration';
import { isTransportError, type ClusterView } from '../view/cluster-view';
import { unbalanced } from '../view/unbalanced';

/**
 * Asks the server what it would do.
 *
 * @param accepted what an answer that plans something means
 *
 * @internal
 */
export async function dryRun(view: ClusterView, call: HttpCall, accepted: (plan: Json) => Finding): Promise<Finding> {
  let response: HttpResponse;
  try {
    response = await view.send(call);
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return unknown(`the dry run gave no answer: ${error.message}`);
  }
  const text = `dry run: ${errorText(response)}`;
  switch (response.status) {
    case 200:
    case 202: {
      const plan = parsed(response.text);
      return accepted(isJson(plan) ? plan : {});
    }
    case 409:
      return running(text);
    case 400:
      return blocked(text, 'nothing was sent: the server says what it does not accept');
    default:
      return unknown(text);
  }
}

/**
 * What a plan ends with: it must leave each partition two replicas in each region.
 *
 * @internal
 */
export function endsBalanced(topology: RecoveryTopology, { expectedTopology }: Json): Finding {
  const expected = clusterConfiguration({ brokers: expectedTopology });
  if (!expected) return unknown('the dry run does not say what would come of it');
  // Replicas may still be named by the state that they pass through.
  const members = expected.members.map(member => ({
    ...member,
    partitions: member.partitions.map(partition => ({ ...partition, state: 'ACTIVE' })),
  }));
  const wrong = unbalanced(topology, members);
  if (wrong.length === 0) return met('the dry run ends with two replicas of each partition in each region');
  return blocked(
    `the dry run would leave partitions without two replicas in each region: ${wrong.join('; ')}`,
    'nothing was sent. Compare clusterSize and partitionCount of the configuration with GET :9600/actuator/cluster',
  );
}
