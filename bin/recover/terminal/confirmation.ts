import { createInterface } from 'node:readline/promises';
import { deploymentNames } from '../../../constructs/topology/plan/cluster-members';
import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { isOpen, type RecoveryRequest, type Progress } from '../../../lib/recovery/record/progress';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { idsOf, listText, sidesOf } from '../../../lib/recovery/view/members';
import type { FenceMeans } from '../deployment';
import { UsageError } from '../exit-code';
import { print } from './wrapped';

/** What a recovery does to the cluster, for the operator who has to confirm it. */
export function consequences(topology: RecoveryTopology, { direction, regionId, adds = [] }: RecoveryRequest): string {
  if (direction === 'scale') return consequencesOfScaling(topology, adds);
  const { affectedIds, otherIds, affected } = sidesOf(topology, regionId);
  const place = `region${regionId} (${affected.awsRegion}, namespace ${affected.namespace})`;
  const partitions = topology.partitions.map(
    ({ partitionId, replicas }) => `${partitionId} (${listText(replicas.filter(id => affectedIds.includes(id)))})`,
  );
  if (direction === 'switch') {
    return [
      `Moves the leaders of all ${topology.partitions.length} partitions to ${place}.`,
      `  leaders    brokers ${listText(affectedIds)} get them, ${listText(otherIds)} lose theirs`,
      `  meanwhile  each of these partitions is without a leader for a moment; clients try again`,
      `  data       stays where it is`,
    ].join('\n');
  }
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
    `  disabled   exporters ${listText([...topology.exporters, ...(topology.furtherExporters ?? [])].filter(exporter => exporter.regionId === regionId).map(({ exporterId }) => exporterId))}`,
  ].join('\n');
}

function consequencesOfScaling({ name, regions, partitions }: RecoveryTopology, adds: readonly string[]): string {
  return [
    `Makes ${name} as large as it is described: ${regions.flatMap(idsOf).length} brokers, ${partitions.length} partitions. Never fewer again.`,
    `  added      brokers ${listText(adds)}, and partitions up to ${partitions.length}`,
    `  meanwhile  replicas are copied, partitions change their leaders, and no backup is possible; a region that is lost cannot be failed over before the change is cancelled`,
  ].join('\n');
}

/** What cutting a region off does, for the operator who has to confirm it. */
export function fencing(topology: RecoveryTopology, regionId: number, how: FenceMeans): string {
  const { affectedIds, otherIds, affected } = sidesOf(topology, regionId);
  const { awsRegion, namespace, statefulSet, deployments, networkPolicies } = affected;
  const [done, undone] =
    how === 'scale'
      ? [
          `  scaled     ${listText([statefulSet, ...deploymentNames(deployments)])} to zero`,
          'a deployment that changes them starts them again',
        ]
      : [
          `  deleted    NetworkPolicies ${listText(networkPolicies.members)}: these pods reach nothing but DNS, and nobody reaches them`,
          `10-network-policies.yaml of 'camunda-dual-region manifests', applied`,
        ];
  return [
    `Cuts off region${regionId} (${awsRegion}, namespace ${namespace}).`,
    done,
    `  stopped    brokers ${listText(affectedIds)}. While they are members, partitions have no quorum: nothing is processed until 'recover failover --lost region${regionId}'`,
    `  left       brokers ${listText(otherIds)} of region ${1 - regionId}; members and exporters of the cluster stay as they are`,
    `  undone by  ${undone}`,
  ].join('\n');
}

/** What somebody says of requests whose outcome is open, for the operator who has to confirm it. */
export function neverAccepted({ steps }: Pick<Progress, 'steps'>): string {
  const open = Object.entries(steps)
    .filter(([, { finishedAt }]) => finishedAt === undefined)
    .flatMap(([id, { attempts }]) =>
      attempts.filter(isOpen).map(({ at, by, call }) => `${id}: ${call}, ${new Date(at).toISOString()} by ${by}`),
    );
  if (open.length === 0) return 'Nothing was sent whose outcome is open: there is nothing to send again.';
  return [
    'Declares as never accepted, or as over with all that it began, so that it is sent once more:',
    ...open.map(line => `  ${line}`),
    'A forced change that is sent while the first one is under way can strand it: compare the logs of the brokers before.',
  ].join('\n');
}

/**
 * Asks for a name, after it has said what is done and what is seen.
 *
 * @param deployment name of the deployment, where that is asked for and not the region's
 */
export async function confirm(
  text: string,
  evidence: readonly string[],
  regionId: number,
  interrupted: AbortSignal,
  deployment?: string,
): Promise<boolean> {
  const seen = evidence.length === 0 ? [] : ['What is seen:', ...evidence.map(line => `  ${line}`)];
  print(process.stderr, [text, ...seen].join('\n'), '    ');
  if (!process.stdin.isTTY) throw new UsageError('nobody is there to confirm it: --yes does');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  // Ctrl-C and Ctrl-D come to the prompt, and signals to the process.
  prompt.once('SIGINT', () => ended.abort());
  prompt.once('close', () => ended.abort());
  const [what, name] = deployment === undefined ? ['region', `region${regionId}`] : ['deployment', deployment];
  try {
    const answer = await prompt.question(`Type the name of the ${what} to go on (${name}): `, {
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
