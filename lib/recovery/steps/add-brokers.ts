import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpCall } from '../calls/call';
import type { HttpResponse } from '../calls/http';
import { additionOfBrokers, READ_CONFIGURATION, readChangeAnswer } from '../calls/management-calls';
import { errorText, idOf, isJson, parsed } from '../calls/readings';
import { blocked, met, open, running, unknown, type Finding } from '../finding';
import { changeFinding, ORPHANED_ADVICE, lastChangeOf, OPERATIONS } from '../run/changes';
import type { Condition, Step } from '../run/step';
import { clusterConfiguration, type ClusterConfiguration, type Member } from '../view/cluster-configuration';
import { isTransportError } from '../view/cluster-view';
import { idsOf, listText, type Sides } from '../view/members';
import { hasZones, layoutDifferences } from '../view/zone-layout';
import { zoneMayReturn } from './zones/zone-may-return';

/** @internal */
export function addBrokers(
  topology: RecoveryTopology,
  sides: Sides,
  requires: readonly Condition[],
  zonePriority = sides.affected.zone?.priority,
): Step {
  const advice =
    'copying data takes minutes to tens of minutes. If it does not move, look into the logs of the brokers that join (GET :9600/actuator/cluster names the ' +
    `operation that is next), restart those that run and are not ready, and 'recover resume'`;
  return {
    id: 'add-brokers',
    title: `Add the brokers of region ${sides.affected.regionId}`,
    purpose: `Brokers ${listText(sides.affectedIds)} become members, and each partition has ${topology.replicationFactor} replicas again. Data is copied meanwhile.`,
    requires: [
      ...requires,
      ...(zonePriority === undefined ? [] : [zoneMayReturn(topology, sides, zonePriority)]),
      rehearsal(topology, additionOfBrokers(topology, sides, true, zonePriority)),
    ],
    done: complete(topology, sides),
    action: {
      description: 'add the brokers',
      call: additionOfBrokers(topology, sides, false, zonePriority),
      repeat: 'conclusive',
      read: readChangeAnswer,
      onceSent: `${advice}. ${ORPHANED_ADVICE}`,
    },
    timeoutMs: 2 * 3_600_000,
    advice,
  };
}

/**
 * @param ours operations of a change that may be pending
 *
 * @internal
 */
export function complete(topology: RecoveryTopology, sides: Sides, ours: readonly string[] = OPERATIONS.addition): Condition {
  return {
    description: `brokers ${listText(sides.allIds)} are members, ${zonesText(topology)}each partition has ${topology.replicationFactor} active replicas, half of them in each region, and no change is pending`,
    calls: [READ_CONFIGURATION],
    check: async (view, attempts) => {
      const reading = await view.configuration();
      if (!reading.ok) return unknown(reading.why);
      const change = changeFinding(reading.value, attempts, ours);
      if (change) return change;
      const { members } = reading.value;
      const lastChange = lastChangeOf(reading.value);
      const missing = sides.allIds.filter(id => !members.some(({ brokerId, state }) => brokerId === id && state === 'ACTIVE'));
      if (missing.length > 0) return { ...open(`brokers ${listText(missing)} are not active members`), lastChange };
      const wrong = [...unlaid(topology, reading.value), ...unbalanced(topology, members)];
      return wrong.length === 0
        ? met(`${sides.allIds.length} members, ${topology.partitions.length} partitions complete`)
        : { ...open(wrong.join('; ')), lastChange };
    },
  };
}

function zonesText({ regions }: RecoveryTopology): string {
  const zones = regions.flatMap(({ zone }) => zone?.name ?? []);
  return zones.length === 0 ? '' : `zones ${listText(zones)} are in the layout, `;
}

/** Zones that the layout does not have as they are described, in words. */
function unlaid(topology: RecoveryTopology, { layout }: ClusterConfiguration): string[] {
  if (!hasZones(topology)) return [];
  if (layout === undefined) return ['the cluster does not tell its layout, in which zones are'];
  return layoutDifferences(
    topology,
    layout,
    topology.regions.map(({ regionId }) => regionId),
  );
}

/**
 * Partitions that do not have their replicas in both regions alike, in words.
 *
 * @internal
 */
export function unbalanced({ regions, partitions, replicationFactor }: RecoveryTopology, members: readonly Member[]): string[] {
  const wanted = replicationFactor / regions.length;
  return partitions.flatMap(({ partitionId }) => {
    const holders = members
      .filter(member => member.partitions.some(partition => partition.partitionId === partitionId && partition.state === 'ACTIVE'))
      .map(({ brokerId }) => brokerId);
    const counts = regions.map(region => holders.filter(id => idsOf(region).includes(id)).length);
    return counts.every(count => count === wanted) ? [] : [`partition ${partitionId} is on brokers ${listText(holders)}`];
  });
}

/** What the server would do, held against what must come of it, before it does. */
function rehearsal(topology: RecoveryTopology, call: HttpCall): Condition {
  return {
    description: 'a dry run ends with two replicas of each partition in each region',
    calls: [call],
    check: async view => {
      let response: HttpResponse;
      try {
        response = await view.send(call);
      } catch (error) {
        if (!isTransportError(error)) throw error;
        return unknown(error.message);
      }
      if (response.status !== 202 && response.status !== 200) return rehearsalFinding(response);
      const value = parsed(response.text);
      const expected = clusterConfiguration({ brokers: isJson(value) ? value.expectedTopology : undefined });
      if (!expected) return unknown('the dry run does not say what would come of it');
      // Replicas may still be named by the state that they pass through.
      const members = expected.members.map(member => ({
        ...member,
        partitions: member.partitions.map(partition => ({ ...partition, state: 'ACTIVE' })),
      }));
      const wrong = unbalanced(topology, members);
      if (wrong.length === 0) return rehearsed(isJson(value) ? idOf(value.changeId) : NaN);
      return blocked(
        `the dry run would leave partitions without two replicas in each region: ${wrong.join('; ')}`,
        'nothing was sent. Compare clusterSize and partitions of the configuration with GET :9600/actuator/cluster',
      );
    },
  };
}

/** @param planned id of the change that a dry run plans: the next after the last one */
function rehearsed(planned: number): Finding {
  const finding = met('the dry run ends with two replicas of each partition in each region');
  return Number.isNaN(planned) ? finding : { ...finding, lastChange: planned - 1 };
}

function rehearsalFinding(response: HttpResponse): Finding {
  const text = `dry run: ${errorText(response)}`;
  if (response.status === 409) return running(text);
  if (response.status === 400) return blocked(text, 'nothing was sent: the server says what it does not accept');
  return unknown(text);
}
