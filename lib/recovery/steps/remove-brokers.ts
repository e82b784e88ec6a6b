import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { forceRemoval, READ_CONFIGURATION, READ_TOPOLOGY, readChangeAnswer } from '../calls/management-calls';
import { blocked, met, open, unknown, type Finding } from '../finding';
import { mayHaveActed, type Attempt } from '../record/progress';
import { changeFinding, lastChangeKnown, lastChangeOf, OPERATIONS } from '../run/changes';
import { hasSettled } from '../run/resend';
import type { Condition, Step } from '../run/step';
import type { ClusterView } from '../view/cluster-view';
import { coordinatorIsIn, listText, type Sides } from '../view/members';
import { nothingTaken } from './loss/rehearse-removal';
import { noRollout, undisturbed } from './loss-conditions';
import { lossHolds } from './still-lost';
import { zoneRemoved } from './zones/zone-removed';

/** @internal */
export function removeBrokers(topology: RecoveryTopology, sides: Sides, fenced = false): Step {
  const { affected, affectedIds, otherIds } = sides;
  const blind = coordinatorIsIn(sides);
  return {
    id: 'remove-brokers',
    title: `Remove the brokers of region ${affected.regionId}`,
    purpose:
      `Half of the replicas are gone, so no partition has a quorum. Without brokers ${listText(affectedIds)}, brokers ${listText(otherIds)} are ` +
      `one again and process. There is no way back but a failback.`,
    requires: [...lossHolds(sides, fenced), noRollout(sides), blind ? nothingTaken(topology, sides) : lastChangeKnown()],
    done: undisturbed(blind ? brokersRemovedBlindly(topology, sides) : brokersRemoved(sides), sides),
    action: {
      description: 'remove the brokers',
      call: forceRemoval(topology, sides),
      repeat: 'conclusive',
      read: readChangeAnswer,
      onceSent:
        `do not send the request again by hand before you know what became of it: a second forced change can strand the first. Compare ` +
        `GET :9600/actuator/cluster (members, pendingChange, lastChange) and GET :8080/v2/topology (clusterSize ${otherIds.length} means it is applied) ` +
        `with the logs of broker ${otherIds[0]}, which carries it out, restart no broker meanwhile, and then 'recover resume'. If it was certainly never ` +
        `accepted, 'recover resume --send-again' sends it once more`,
    },
    timeoutMs: 300_000,
    advice: `nothing has come of it so far: see that gateways and brokers ${listText(otherIds)} run and their management API (:9600) answers, then 'recover resume'`,
  };
}

/** @internal */
export function brokersRemoved(sides: Sides): Condition {
  const { affectedIds, otherIds } = sides;
  return {
    description: `the members are ${listText(otherIds)}, ${zoneText(sides)}and no change is pending`,
    calls: [READ_CONFIGURATION, ...(coordinatorIsIn(sides) ? [READ_TOPOLOGY] : [])],
    check: async (view, attempts) => {
      const reading = await view.configuration();
      if (!reading.ok) return withoutConfiguration(view, sides, attempts, reading.why);
      const change = changeFinding(reading.value, attempts, OPERATIONS.removal);
      if (change) return change;
      const ids = reading.value.members.map(({ brokerId }) => brokerId);
      const left = affectedIds.filter(id => ids.includes(id));
      const missing = otherIds.filter(id => !ids.includes(id));
      const zone = missing.length > 0 ? undefined : zoneRemoved(reading.value, sides);
      if (zone) return zone;
      if (missing.length > 0) {
        return blocked(
          `brokers ${listText(missing)}, which are to stay, are not members: members are ${listText(ids)}`,
          'the other half may have been removed, or the topology document is of another cluster: change nothing before you know which',
        );
      }
      if (left.length === 0) return met(`members are ${listText(ids)}`);
      return { ...open(`brokers ${listText(left)} are still members`), lastChange: lastChangeOf(reading.value) };
    },
  };
}

function zoneText({ affected: { zone } }: Sides): string {
  return zone === undefined ? '' : `zone ${zone.name} is not in the layout, `;
}

/**
 * While the coordinator is lost, the configuration cannot be read until the removal has been applied. That nothing has come of it yet is known
 * from the gateways.
 */
async function withoutConfiguration(view: ClusterView, sides: Sides, attempts: readonly Attempt[], why: string): Promise<Finding> {
  if (!coordinatorIsIn(sides)) return unknown(`not yet: ${why}`);
  if (mayHaveActed(attempts) && !hasSettled(attempts, view.ports.clock.now())) return unknown(`not yet: ${why}`);
  const reading = await view.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const { clusterSize } = reading.value;
  // A part of them is left where the region was lost while it came back.
  return clusterSize > sides.otherIds.length
    ? open(`the coordinator is lost (${why}), and gateways still count ${clusterSize} brokers`)
    : unknown(`${why}, while gateways count ${clusterSize} brokers`);
}

/** As `brokersRemoved`, where a request of which nobody knows what has become is seen only by a dry run of the next one. */
function brokersRemovedBlindly(topology: RecoveryTopology, sides: Sides): Condition {
  const removed = brokersRemoved(sides);
  return {
    ...removed,
    check: async (view, attempts) => {
      const finding = await removed.check(view, attempts);
      if (finding.state !== 'open' || !mayHaveActed(attempts)) return finding;
      const taken = await nothingTaken(topology, sides).check(view, attempts);
      return taken.state === 'running' || taken.state === 'unknown' ? taken : finding;
    },
  };
}
