import type { RecoveryTopology } from '../../../constructs/topology/recovery-topology';
import { holds, open, unknown, type Finding } from '../finding';
import { PAUSE_EXPORTING, readBrokerPartitions, readExportingAnswer, RESUME_EXPORTING } from '../management-calls';
import type { Sides } from '../members';
import type { Attempt } from '../progress';
import { isJson, textOf } from '../readings';
import type { Condition, Step } from '../step';
import type { World } from '../world';
import { exporterEnabled } from './exporters';

type Phase = 'PAUSED' | 'EXPORTING';

/** @internal */
export function pauseExporting(topology: RecoveryTopology, sides: Sides, requires: readonly Condition[]): Step {
  return {
    id: 'pause-exporting',
    title: 'Pause exporting',
    purpose:
      'What brokers export while the snapshot is taken would be missing in the recreated region. Processing goes on; logs grow until it is resumed.',
    requires,
    done: unlessEnabled(exporterOf(topology, sides), exporting(sides, 'PAUSED')),
    action: { says: 'pause exporting', call: PAUSE_EXPORTING, repeat: 'safe', read: readExportingAnswer },
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
    done: exporting(sides, 'EXPORTING'),
    action: { says: 'resume exporting', call: RESUME_EXPORTING, repeat: 'safe', read: readExportingAnswer },
    timeoutMs: 300_000,
    advice: `exporting is still paused in some partitions and the disks of the brokers fill: mend what the message names, and 'recover resume' at once`,
  };
}

/**
 * Whether brokers export. Only they themselves know; where they cannot be asked, an accepted request has to do.
 *
 * @internal
 */
export function exporting({ others }: Sides, wanted: Phase, ofAnEarlierStep = false): Condition {
  const ids = others.flatMap(region => region.brokers.map(({ nodeId }) => nodeId));
  return {
    says: `exporting is ${wanted === 'PAUSED' ? 'paused' : 'not paused'} in every partition of the surviving region`,
    calls: ids.map(readBrokerPartitions),
    look: async (world, attempts) => {
      if (!world.ports.broker) return ofAnEarlierStep ? holds('an earlier step has seen to it') : byRecord(attempts, wanted);
      for (const id of ids) {
        const finding = await phaseOf(world, id, wanted);
        if (finding.state !== 'holds') return finding;
      }
      return holds(`every broker of the surviving region says ${wanted}`);
    },
  };
}

function byRecord(attempts: readonly Attempt[], wanted: Phase): Finding {
  const last = attempts.at(-1);
  return last?.outcome === 'accepted' ? holds('the request was accepted by all brokers') : open(`it was not asked for ${wanted} yet`);
}

async function phaseOf(world: World, nodeId: number, wanted: Phase): Promise<Finding> {
  const reading = await world.read(readBrokerPartitions(nodeId), value => (isJson(value) ? value : undefined));
  if (!reading.ok) return unknown(`broker ${nodeId}: ${reading.why}`);
  const phases = Object.values(reading.value).map(partition => (isJson(partition) ? textOf(partition.exporterPhase) : ''));
  // Followers do not export: CLOSED says nothing about a pause.
  const other = phases.find(phase => phase !== wanted && phase !== 'CLOSED');
  return other === undefined ? holds(`broker ${nodeId} says ${wanted}`) : open(`a partition on broker ${nodeId} says ${other}`);
}

/**
 * Whatever only prepares the exporter of the recreated region is done once that one is enabled.
 *
 * @internal
 */
export function unlessEnabled(exporterId: string, condition: Condition): Condition {
  return {
    ...condition,
    look: async (world, attempts) => {
      if (await exporterEnabled(world, exporterId, [])) return holds(`exporter ${exporterId} is enabled already`);
      return condition.look(world, attempts);
    },
  };
}

/** @internal */
export function exporterOf({ exporters }: RecoveryTopology, { affected }: Sides): string {
  return exporters.filter(({ kind, regionId }) => kind === exporters[0].kind && regionId === affected.regionId)[0].exporterId;
}
