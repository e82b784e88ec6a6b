import { createInterface } from 'node:readline/promises';
import type { RecoveryTopology } from '../../constructs/topology/plan/recovery-topology';
import { listText, sidesOf } from '../../lib/recovery/members';
import type { Order } from '../../lib/recovery/progress';
import { RecoveryStop } from '../../lib/recovery/stop';
import { UsageError } from './exit-code';
import { print } from './wrapped';

/** What an order does to the cluster, for whoever has to confirm it. */
export function consequences(topology: RecoveryTopology, { direction, regionId }: Order): string {
  const { affectedIds, otherIds, affected } = sidesOf(topology, regionId);
  const place = `region${regionId} (${affected.awsRegion}, namespace ${affected.namespace})`;
  const partitions = topology.partitions.map(
    ({ partitionId, replicas }) => `${partitionId} (${listText(replicas.filter(id => affectedIds.includes(id)))})`,
  );
  if (direction === 'failback') {
    return [
      `Brings ${place} back.`,
      `  added      brokers ${listText(affectedIds)}, to ${listText(otherIds)}`,
      `  meanwhile  exporting is paused; Operate and Tasklist show nothing new until it is resumed`,
      `  copied     the data of region ${1 - regionId} to region ${regionId}, whose Elasticsearch must be empty`,
    ].join('\n');
  }
  return [
    `Gives up ${place}. There is no way back but to recreate it.`,
    `  removed    brokers ${listText(affectedIds)}`,
    `  remaining  brokers ${listText(otherIds)}, two replicas of each partition`,
    `  partitions and the replicas that they lose: ${partitions.join(', ')}`,
    `  disabled   exporters ${listText(topology.exporters.filter(exporter => exporter.regionId === regionId).map(({ exporterId }) => exporterId))}`,
  ].join('\n');
}

function seen(evidence: readonly string[]): string[] {
  return evidence.length === 0 ? [] : ['What is seen of its brokers:', ...evidence.map(line => `  ${line}`)];
}

/** Asks for the region's name, after it has said what is done and what is seen. */
export async function confirm(
  topology: RecoveryTopology,
  order: Order,
  evidence: readonly string[],
  interrupted: AbortSignal,
): Promise<boolean> {
  print(process.stderr, [consequences(topology, order), ...seen(evidence)].join('\n'), '    ');
  if (!process.stdin.isTTY) throw new UsageError('nobody is there to confirm it: --yes does');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  // Ctrl-C and Ctrl-D come to the prompt, and signals to the process.
  prompt.once('SIGINT', () => ended.abort());
  prompt.once('close', () => ended.abort());
  const name = `region${order.regionId}`;
  try {
    const answer = await prompt.question(`Type the name of the region to go on (${name}): `, {
      signal: AbortSignal.any([interrupted, ended.signal]),
    });
    return answer.trim() === name;
  } catch (error) {
    if (!interrupted.aborted && !ended.signal.aborted) throw error;
    throw new RecoveryStop('interrupted', 'interrupted before it was confirmed', 'nothing was done: give the same command again');
  } finally {
    prompt.close();
  }
}
