import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import {
  PAUSE_EXPORTING,
  READ_CONFIGURATION,
  readBrokerPartitions,
  readExportingAnswer,
  RESUME_EXPORTING,
} from '../calls/management-calls';
import { met, open, running, unknown, type Finding } from '../finding';
import { mayHaveActed, type Attempt } from '../record/progress';
import type { Condition, Step } from '../run/step';
import { partitionsOf, type BrokerPartition, type BrokerPartitions } from '../view/broker-partitions';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';
import { describePending, kindOf } from '../view/pending-change';
import { exporterEnabled } from './exporters';
import { startAdvice } from './loss-conditions';

type Phase = 'PAUSED' | 'EXPORTING';

/**
 * What to do where the snapshot is not what the exporter of the recreated region would go on from.
 *
 * @internal
 */
export const ANOTHER_SNAPSHOT =
  `if somebody has resumed exporting since it was paused, the snapshot lacks what was exported since: 'recover resume --new-snapshot' pauses it again, takes another ` +
  'snapshot, and names what was restored from the first one and is to be deleted';

/** What to do where exporting is not as an earlier step has seen it. */
const UNDONE: Readonly<Record<Phase, string>> = {
  PAUSED: `${ANOTHER_SNAPSHOT}`,
  EXPORTING: `if somebody has paused exporting since it was resumed, 'curl -X POST $MANAGEMENT/actuator/exporting/resume' resumes it; then 'recover resume'`,
};

/** @internal */
export function pauseExporting(topology: RecoveryTopology, sides: Sides, requires: readonly Condition[]): Step {
  return {
    id: 'pause-exporting',
    title: 'Pause exporting',
    purpose:
      'What brokers export while the snapshot is taken would be missing in the recreated region. Processing goes on; logs grow until it is resumed.',
    requires,
    done: unlessEnabled(exporterOf(topology, sides), onceSent(exporting(sides, 'PAUSED'))),
    action: { description: 'pause exporting', call: PAUSE_EXPORTING, repeat: 'safe', read: readExportingAnswer },
    timeoutMs: 300_000,
    advice:
      `exporting may be paused in a part of the partitions: 'recover resume' tries again, and 'curl -X POST $MANAGEMENT/actuator/exporting/resume' ` +
      'gives it up. All surviving brokers must be up and every partition needs its leader',
  };
}

/** @internal */
export function resumeExporting(sides: Sides, requires: readonly Condition[]): Step {
  return {
    id: 'resume-exporting',
    title: 'Resume exporting',
    purpose:
      'Before brokers are added: those that join do not know that exporting is paused. Forgotten, logs grow until the disks are full.',
    requires,
    done: onceSent(exporting(sides, 'EXPORTING')),
    action: { description: 'resume exporting', call: RESUME_EXPORTING, repeat: 'safe', read: readExportingAnswer },
    timeoutMs: 300_000,
    advice: `exporting is still paused in some partitions and the disks of the brokers fill: fix what the message names, and 'recover resume' at once`,
  };
}

/**
 * Whether brokers export: the leader of each partition has to say so, and no replica of the surviving region anything else. A broker that has
 * just started knows none of its partitions, and who is about to lead does not export yet: neither says anything. Only brokers themselves know; where they cannot be asked, an accepted request has to do.
 *
 * @internal
 */
export function exporting({ affectedIds, otherIds }: Sides, wanted: Phase, ofAnEarlierStep = false): Condition {
  return {
    description: `exporting is ${wanted === 'PAUSED' ? 'paused' : 'not paused'} in every partition of the surviving region`,
    calls: otherIds.map(readBrokerPartitions),
    check: async (view, attempts) => {
      if (!view.ports.broker) return ofAnEarlierStep ? met('an earlier step has seen to it') : byRecord(attempts, wanted);
      const asked = await partitionsOf(view, otherIds);
      const finding = replicasSay(asked, wanted) ?? leadersSay(view, asked.partitions, wanted);
      const change = finding.state === 'open' && !ofAnEarlierStep ? await underWay(view, attempts) : undefined;
      if (change) return change;
      if (asked.silent.length > 0) {
        return { ...finding, ...(ofAnEarlierStep ? { advice: startAdvice(asked.silent.map(({ brokerId }) => brokerId)) } : {}) };
      }
      if (finding.state === 'unknown') return withOthers(view, asked.partitions, affectedIds, wanted);
      return ofAnEarlierStep && finding.state === 'open' ? { ...finding, advice: UNDONE[wanted] } : finding;
    },
  };
}

/** As the condition of a step that asks for it. */
function onceSent(condition: Condition): Condition {
  return { ...condition, calls: [...condition.calls, READ_CONFIGURATION] };
}

/** From 8.10 on, what was asked for is a change that every broker takes part in. While it is pending, it cannot be asked for again. */
async function underWay(view: ClusterView, attempts: readonly Attempt[]): Promise<Finding | undefined> {
  const reading = mayHaveActed(attempts) ? await view.configuration() : undefined;
  const pending = reading?.ok ? reading.value.pendingChange : undefined;
  return pending && kindOf(pending) === 'exporting' ? running(describePending(pending)) : undefined;
}

function byRecord(attempts: readonly Attempt[], wanted: Phase): Finding {
  const last = attempts.at(-1);
  return last?.outcome === 'accepted' ? met('the request was accepted by all brokers') : open(`it was not asked for ${wanted} yet`);
}

/** A partition that does not export now is CLOSED, whether exporting is paused or not. */
const saysNothing = (phase: string): boolean => phase === '' || phase === 'CLOSED';

/** Who says something else than what is wanted, and who says nothing at all. */
function replicasSay({ partitions, silent }: BrokerPartitions, wanted: Phase): Finding | undefined {
  const unheard = silent.map(({ brokerId, why }) => `broker ${brokerId}: ${why}`);
  const other = partitions.find(({ phase }) => phase !== wanted && !saysNothing(phase));
  if (other) return open([`partition ${other.partitionId} on broker ${other.brokerId} says ${other.phase}`, ...unheard].join('; '));
  return unheard.length > 0 ? unknown(unheard.join('; ')) : undefined;
}

/** What the leaders of all partitions say. Unknown where a partition has none among those that were asked. */
function leadersSay(view: ClusterView, partitions: readonly BrokerPartition[], wanted: Phase): Finding {
  const leaders = partitions.filter(({ leads }) => leads);
  const other = leaders.find(({ phase }) => phase !== wanted);
  if (other) {
    const description = saysNothing(other.phase) ? 'does not say yet whether it exports' : `says ${other.phase}`;
    return open(`broker ${other.brokerId}, which leads partition ${other.partitionId}, ${description}`);
  }
  const missing = view.topology.partitions
    .map(({ partitionId }) => partitionId)
    .filter(id => !leaders.some(({ partitionId }) => partitionId === id));
  return missing.length === 0
    ? met(`the leader of every partition says ${wanted}`)
    : unknown(`no broker says that it leads partition ${listText(missing)}`);
}

/** Where the other region's brokers are members, they may lead. */
async function withOthers(
  view: ClusterView,
  partitions: readonly BrokerPartition[],
  brokerIds: readonly string[],
  wanted: Phase,
): Promise<Finding> {
  return leadersSay(view, [...partitions, ...(await partitionsOf(view, brokerIds)).partitions], wanted);
}

/**
 * Whatever only prepares the exporter of the recreated region is done once that one is enabled.
 *
 * @internal
 */
export function unlessEnabled(exporterId: string, condition: Condition): Condition {
  return {
    ...condition,
    check: async (view, attempts, steps) => {
      if (await exporterEnabled(view, exporterId, [])) return met(`exporter ${exporterId} is enabled already`);
      return condition.check(view, attempts, steps);
    },
  };
}

/** @internal */
export function exporterOf({ exporters }: RecoveryTopology, { affected }: Sides): string {
  return exporters.filter(({ kind, regionId }) => kind === exporters[0].kind && regionId === affected.regionId)[0].exporterId;
}
