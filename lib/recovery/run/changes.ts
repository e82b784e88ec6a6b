import { READ_CONFIGURATION } from '../calls/management-calls';
import { blocked, met, running, unknown, type Finding } from '../finding';
import { isOpen, mayHaveActed, type Attempt } from '../record/progress';
import type { ClusterConfiguration } from '../view/cluster-configuration';
import { describePending, kindOf, type PendingChange } from '../view/pending-change';
import type { Condition } from './step';

/** What brokers and replicas do where they come or go. */
const MOVES = ['BROKER_ADD', 'PARTITION_JOIN', 'PARTITION_LEAVE', 'PARTITION_RECONFIGURE_PRIORITY', 'PRE_SCALING', 'POST_SCALING'] as const;

/** Operations of which a change consists, by what it is for. */
export const OPERATIONS = {
  removal: ['PARTITION_FORCE_RECONFIGURE', 'BROKER_FORCE_REMOVE', 'BROKER_REMOVE', 'UPDATE_PARTITION_DISTRIBUTOR_CONFIG'],
  disabling: ['PARTITION_DISABLE_EXPORTER'],
  enabling: ['PARTITION_ENABLE_EXPORTER'],
  addition: [...MOVES, 'UPDATE_PARTITION_DISTRIBUTOR_CONFIG'],
  scaling: [
    ...MOVES,
    'START_PARTITION_SCALE_UP',
    'PARTITION_BOOTSTRAP',
    'AWAIT_REDISTRIBUTION',
    'AWAIT_RELOCATION',
    'UPDATE_ROUTING_STATE',
  ],
  priorities: ['UPDATE_PARTITION_DISTRIBUTOR_CONFIG', 'PARTITION_RECONFIGURE_PRIORITY', 'PARTITION_JOIN', 'PARTITION_LEAVE'],
} as const;

/**
 * What the changes of the cluster say about a step, or nothing if they do not stand in the way of its own check.
 *
 * A change is over when none is pending, and the last one is at least ours; if it is ours, it must be COMPLETED. A change that
 * nobody here has asked for is named, because only a person can decide about it.
 *
 * @internal
 */
export function changeFinding(
  { pendingChange, lastChange }: ClusterConfiguration,
  attempts: readonly Attempt[],
  ours: readonly string[],
): Finding | undefined {
  if (pendingChange) {
    const { id } = pendingChange;
    const text = describePending(pendingChange);
    // A pause of exporting, or its end, is a change from 8.10 on. The request for it has been answered by its end, or is out of patience.
    if (mayHaveActed(attempts) || consistsOf(pendingChange, ours) || kindOf(pendingChange) === 'exporting') return running(text);
    return blocked(`another change is in the way: ${text}`, foreignChangeAdvice(id));
  }
  const accepted = attempts.flatMap(({ outcome, changeId }) => (outcome === 'accepted' && changeId !== undefined ? [changeId] : [])).at(-1);
  if (accepted === undefined) return unfinished(lastChange, attempts);
  if (!lastChange || lastChange.id < accepted) return running(`change ${accepted} was accepted and does not show yet`);
  if (lastChange.id === accepted && lastChange.status !== 'COMPLETED') {
    return blocked(
      `change ${lastChange.id} ended as ${lastChange.status}`,
      `somebody has cancelled it, or it could not be applied: read the logs of the brokers and compare GET /actuator/cluster with the topology. Where ` +
        `nothing is wrong with the members, 'recover resume --send-again' asks for it once more`,
    );
  }
  return undefined;
}

/** A change that came after a request of which nobody knows whether it was accepted, and that did not come to its end, may be ours. */
function unfinished(lastChange: ClusterConfiguration['lastChange'], attempts: readonly Attempt[]): Finding | undefined {
  const sent = attempts.filter(isOpen).flatMap(attempt => attempt.lastChange ?? []);
  if (!lastChange || lastChange.status === 'COMPLETED' || !sent.some(id => id < lastChange.id)) return undefined;
  return blocked(
    `change ${lastChange.id}, which may be the one that was asked for, ended as ${lastChange.status}`,
    `compare the members of GET /actuator/cluster with the topology. Where nothing is wrong with them, 'recover resume --send-again' asks for it once more`,
  );
}

/**
 * Id of the last change that the cluster has had, or 0 if there was none: as long as it is the same, nothing has come of what is sent now.
 *
 * @internal
 */
export const lastChangeOf = ({ lastChange }: ClusterConfiguration): number => lastChange?.id ?? 0;

/**
 * Tells it before something is sent.
 *
 * @internal
 */
export function lastChangeKnown(): Condition {
  return {
    description: 'the id of the last change is known, and written down',
    calls: [READ_CONFIGURATION],
    check: async view => {
      const reading = await view.configuration();
      if (!reading.ok) return unknown(reading.why);
      const { lastChange } = reading.value;
      return {
        ...met(lastChange ? `the last change is ${lastChange.id}` : 'there was no change yet'),
        lastChange: lastChangeOf(reading.value),
      };
    },
  };
}

/**
 * Whether a change has nothing to do but these operations. One whose operations are not named may be anything.
 *
 * @internal
 */
export function consistsOf({ operations }: PendingChange, names: readonly string[]): boolean {
  return operations.length > 0 && operations.every(name => names.includes(name));
}

/**
 * What to do where a change was accepted and is never seen.
 *
 * @internal
 */
export const ORPHANED_ADVICE =
  `If GET :9600/actuator/cluster shows no pendingChange, and a lastChange with a smaller id than the change that was accepted, brokers have forgotten it: ` +
  `'recover resume --send-again' asks for it once more`;

function foreignChangeAdvice(id: number): string {
  return (
    `if it is moving, wait for its end and resume. If it waits for lost brokers, POST nothing: 'recover resume' of a failover cancels it, or ` +
    `'curl -X DELETE $MANAGEMENT/actuator/cluster/changes/${id}', without undoing what it has done, as long as the coordinator ` +
    `(the member with the lowest id) is alive`
  );
}
