import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpCall } from '../calls/call';
import { additionOfBrokers, READ_CONFIGURATION, readChangeAnswer } from '../calls/management-calls';
import { idOf } from '../calls/readings';
import { met, open, unknown } from '../finding';
import { changeFinding, ORPHANED_ADVICE, lastChangeOf, OPERATIONS } from '../run/changes';
import type { Condition, Step } from '../run/step';
import type { ClusterConfiguration } from '../view/cluster-configuration';
import { listText, type Sides } from '../view/members';
import { unbalanced } from '../view/unbalanced';
import { hasZones, layoutDifferences } from '../view/zone-layout';
import { dryRun, endsBalanced } from './dry-run';
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

/** What the server would do, held against what must come of it, before it does. */
function rehearsal(topology: RecoveryTopology, call: HttpCall): Condition {
  return {
    description: 'a dry run ends with two replicas of each partition in each region',
    calls: [call],
    check: view =>
      dryRun(view, call, plan => {
        const finding = endsBalanced(topology, plan);
        // The change that is planned is the next after the last one.
        const planned = idOf(plan.changeId);
        return finding.state !== 'met' || Number.isNaN(planned) ? finding : { ...finding, lastChange: planned - 1 };
      }),
  };
}
