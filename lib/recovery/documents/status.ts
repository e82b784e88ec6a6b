import { READ_CONFIGURATION, READ_TOPOLOGY } from '../calls/management-calls';
import { readHealth } from '../calls/search-calls';
import type { Progress, RecoveryRequest } from '../record/progress';
import { loginAnswer, loginsText, SERVERS, type LoginAnswer } from '../run/logins';
import { searchAnswers } from '../steps/deployments';
import type { StopKind } from '../stop';
import type { ClusterView } from '../view/cluster-view';
import { listText, sidesOf } from '../view/members';
import { describePending } from '../view/pending-change';
import { hasZones, layoutText } from '../view/zone-layout';
import { leadersOf, leadersText } from '../view/zone-leaders';

/**
 * What can be seen of a deployment now.
 *
 * @internal
 */
export interface RecoveryStatus {
  readonly lines: readonly { readonly subject: string; readonly text: string }[];
  /** Why nothing can be seen, or undefined if any server lets itself be read. */
  readonly ends?: StopKind;
}

/**
 * @param record of a recovery, or why it cannot be read
 *
 * @internal
 */
export async function statusOf(view: ClusterView, record: Progress | string | undefined): Promise<RecoveryStatus> {
  const lines: { subject: string; text: string }[] = [];
  const add = (subject: string, text: string): void => void lines.push({ subject, text });
  const seen = await view.seenTopology();
  if (seen.ok) {
    const { brokers, clusterSize, replicationFactor } = seen.value;
    add(
      'brokers',
      `${listText(brokers.map(({ brokerId }) => brokerId))} are seen; cluster size ${toldOr(clusterSize)}, replication factor ${toldOr(replicationFactor)}`,
    );
    const led = new Set(
      brokers.flatMap(broker => broker.partitions.filter(({ role }) => role === 'leader').map(({ partitionId }) => partitionId)),
    );
    const leaderless = view.topology.partitions.filter(({ partitionId }) => !led.has(partitionId)).map(({ partitionId }) => partitionId);
    add('partitions', leaderless.length === 0 ? `all ${led.size} have a leader` : `without a leader: ${listText(leaderless)}`);
  } else {
    add('brokers', seen.why);
  }
  const configuration = await view.configuration();
  if (configuration.ok) {
    const { members, pendingChange, lastChange, layout } = configuration.value;
    if (layout && hasZones(view.topology)) add('zones', layoutText(layout));
    if (seen.ok && hasZones(view.topology)) add('leaders', leadersText(leadersOf(view.topology, seen.value)).replace('leaders: ', ''));
    add('members', listText(members.map(({ brokerId, state }) => `${brokerId} ${state}`)));
    add(
      'change',
      pendingChange
        ? describePending(pendingChange, view.ports.clock.now())
        : lastChange
          ? `${lastChange.id} ${lastChange.status}`
          : 'none so far',
    );
  } else {
    // A gateway that answers so has waited in vain for the coordinator. A refusal or silence says nothing of it.
    const note =
      (configuration.status ?? 0) >= 500
        ? ' (so it is while the coordinator, the member with the lowest id, is lost; whether a change is pending, a dry run of the failover tells)'
        : '';
    add('members', `${configuration.why}${note}`);
  }
  const logins: LoginAnswer[] = [
    loginAnswer(view, SERVERS.management, READ_CONFIGURATION, configuration.ok),
    loginAnswer(view, SERVERS.rest, READ_TOPOLOGY, seen.ok),
  ];
  const exporters = await view.exporters();
  add('exporters', exporters.ok ? listText([...exporters.value].map(([id, status]) => `${id} ${status}`)) : exporters.why);
  for (const { regionId, awsRegion } of view.topology.regions) {
    const facts = await view.kubernetes(regionId);
    const { affectedIds } = sidesOf(view.topology, regionId);
    if (!facts) {
      add(`region ${regionId}`, `${awsRegion}, brokers ${listText(affectedIds)}: its Kubernetes API does not answer`);
      continue;
    }
    if (facts.refused !== undefined) {
      add(`region ${regionId}`, `${awsRegion}, brokers ${listText(affectedIds)}: its Kubernetes API cannot be read: ${facts.refused}`);
      continue;
    }
    const pods = facts.brokerPods;
    const phase = facts.recreatedRegion === undefined ? 'steady state' : `region ${facts.recreatedRegion} declared as recreated`;
    const ready =
      pods === undefined ? 'pods not visible' : `${pods.filter(pod => pod.ready).length} of ${affectedIds.length} brokers ready`;
    add(
      `region ${regionId}`,
      `${awsRegion}, brokers ${listText(affectedIds)}: ${ready}, ${phase}${facts.rolloutOpen === undefined ? '' : `, ${facts.rolloutOpen}`}`,
    );
    if (!view.reachesSearch(regionId)) {
      add(`search ${regionId}`, 'no address is known here');
      continue;
    }
    const search = await searchAnswers(view, regionId);
    add(`search ${regionId}`, search.why);
    logins.push(loginAnswer(view, SERVERS.elasticsearch(regionId), readHealth(regionId), search.state !== 'unknown'));
  }
  add('logins', loginsText(logins));
  add('recovery', record === undefined ? 'none' : typeof record === 'string' ? record : progressText(record));
  const ends = endOf(logins);
  return { lines, ...(ends === undefined ? {} : { ends }) };
}

function endOf(answers: readonly LoginAnswer[]): StopKind | undefined {
  if (answers.some(({ description }) => description === 'lets in')) return undefined;
  return answers.some(({ description }) => description === 'refuses') ? 'stopped' : 'unreachable';
}

const toldOr = (value: number): string => (Number.isNaN(value) ? 'not told' : String(value));

function whatOf({ direction, regionId }: RecoveryRequest): string {
  if (direction === 'scale') return 'scaling of the cluster';
  return `${direction === 'switch' ? 'switch to' : `${direction} of`} region ${regionId}`;
}

/** @internal */
export function progressText({ request, startedBy, startedAt, finishedAt, givenUp, steps }: Progress): string {
  const begun = `${whatOf(request)}, begun ${new Date(startedAt).toISOString()} by ${startedBy}`;
  if (finishedAt !== undefined) return `${begun}, finished ${new Date(finishedAt).toISOString()}`;
  const done = Object.values(steps).filter(step => step.finishedAt !== undefined).length;
  return `${begun}, ${done} steps done, ${givenUp === undefined ? 'not finished' : `given up: ${givenUp}`}`;
}
