import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpResponse } from '../../calls/http';
import { forceRemoval } from '../../calls/management-calls';
import { errorText, idOf, isJson, parsed } from '../../calls/readings';
import { blocked, met, running, unknown, type Finding } from '../../finding';
import type { Condition } from '../../run/step';
import { clusterConfiguration } from '../../view/cluster-configuration';
import { isTransportError, type ClusterView } from '../../view/cluster-view';
import { listText, type Sides } from '../../view/members';
import type { PendingChange } from '../../view/pending-change';
import { zoneRemoved } from '../zones/zone-removed';
import { changeInConflict } from './change-in-conflict';
import { lostCoordinatorAdvice } from './lost-coordinator';

/** What a dry run of the forced removal tells of the cluster. The change that it plans would be the next after the last one. */
type Rehearsal =
  | { readonly kind: 'planned'; readonly members: readonly string[]; readonly lastChange: number }
  | { readonly kind: 'busy'; readonly why: string; readonly change?: PendingChange }
  | { readonly kind: 'refused' | 'unknown'; readonly why: string };

/**
 * Whether a forced removal may be sent while the coordinator is lost. Nothing else can be read of the configuration then: a request to remove by
 * force, and its dry run as well, goes to the broker with the lowest id of those that stay. It refuses both while any change is
 * pending.
 *
 * @see camunda/camunda, zeebe/dynamic-config: ClusterConfigurationManagementRequestSender, ConfigurationChangeCoordinatorImpl
 *
 * @internal
 */
export function nothingTaken(topology: RecoveryTopology, sides: Sides): Condition {
  return {
    description: `a dry run finds brokers ${listText(sides.affectedIds)} among the members, and no change pending`,
    calls: [forceRemoval(topology, sides, true)],
    check: async view => {
      const rehearsal = await rehearseRemoval(view, topology, sides);
      return (rehearsal.kind === 'refused' ? await zoneGone(view, sides) : undefined) ?? rehearsalFinding(rehearsal, sides);
    },
  };
}

/** A zone that is gone is refused, as one that was never there. As soon as it is gone, the configuration can be read again. */
async function zoneGone(view: ClusterView, sides: Sides): Promise<Finding | undefined> {
  if (sides.affected.zone === undefined) return undefined;
  const reading = await view.configuration();
  const removed = reading.ok ? zoneRemoved(reading.value, sides) : undefined;
  return removed?.state === 'met' ? running(removed.why) : removed;
}

/** @internal */
export async function rehearseRemoval(view: ClusterView, topology: RecoveryTopology, sides: Sides): Promise<Rehearsal> {
  try {
    return rehearsalOf(await view.send(forceRemoval(topology, sides, true)));
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return { kind: 'unknown', why: `the dry run gave no answer: ${error.message}` };
  }
}

function rehearsalOf(response: HttpResponse): Rehearsal {
  const why = `dry run: ${errorText(response)}`;
  if (response.status === 409) {
    const change = changeInConflict(response);
    return { kind: 'busy', why, ...(change ? { change } : {}) };
  }
  if (response.status === 400) return { kind: 'refused', why };
  const value = parsed(response.text);
  if (!isJson(value) || (response.status !== 202 && response.status !== 200)) return { kind: 'unknown', why };
  const members = clusterConfiguration({ brokers: value.currentTopology })?.members.map(({ brokerId }) => brokerId);
  const planned = idOf(value.changeId);
  if (!members || Number.isNaN(planned)) return { kind: 'unknown', why: 'the dry run does not say what is there' };
  return { kind: 'planned', members, lastChange: planned - 1 };
}

function rehearsalFinding(rehearsal: Rehearsal, sides: Sides): Finding {
  switch (rehearsal.kind) {
    case 'busy':
      return {
        ...running(`another change is in the way, or the removal is under way: ${rehearsal.why}`),
        advice: `where no removal was sent: ${lostCoordinatorAdvice(sides)}`,
      };
    case 'refused':
      return blocked(rehearsal.why, `nothing was sent: the server says what it does not accept${halfAdded(sides)}`);
    case 'unknown':
      return unknown(rehearsal.why);
    case 'planned': {
      const other = otherCluster(rehearsal.members, sides);
      if (other) return other;
      const left = sides.affectedIds.filter(id => rehearsal.members.includes(id));
      const text = `members are ${listText(rehearsal.members)}, and no change is pending`;
      // As soon as the removal is done, the configuration can be read again.
      return left.length === 0 ? running(text) : { ...met(text), lastChange: rehearsal.lastChange };
    }
  }
}

/** The one state in which a zone can be refused whose brokers are members, one of them the coordinator. */
function halfAdded({ affected: { zone, regionId } }: Sides): string {
  return zone === undefined
    ? ''
    : `. Where zone ${zone.name} is unknown because its addition was cancelled before all of its brokers had joined: those that have hold no partition, and cannot outvote ` +
        `anybody. Recreate region ${regionId}, and 'recover failback --recreated region${regionId} --abandon' adds it once more`;
}

/** Only now can the members be held against the description. */
function otherCluster(members: readonly string[], { allIds, otherIds }: Sides): Finding | undefined {
  const invalidEntries = members.filter(id => !allIds.includes(id));
  const missing = otherIds.filter(id => !members.includes(id));
  if (invalidEntries.length === 0 && missing.length === 0) return undefined;
  const why = [
    ...(invalidEntries.length > 0 ? [`the description does not know brokers ${listText(invalidEntries)}`] : []),
    ...(missing.length > 0 ? [`brokers ${listText(missing)}, which are to stay, are no members`] : []),
  ];
  return blocked(
    `the cluster is not the one that is described: ${why.join('; ')}; members are ${listText(members)}`,
    `nothing was sent. See that the description is the one that was deployed last: 'camunda-dual-region manifests' renders it anew from the configuration`,
  );
}
