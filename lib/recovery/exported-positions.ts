import type { RecoveryTopology } from '../../constructs/topology/recovery-topology';
import { readBrokerPartitions } from './management-calls';
import { idsOf, sorted } from './members';
import { idOf, isJson, textOf } from './readings';
import type { World } from './world';

/** How far exporters are, as leaders of partitions say. */
export interface ExportedPositions {
  /** By partition: the last record that was processed, and the last one that the slowest exporter has written. */
  readonly partitions: ReadonlyMap<string, { readonly processed: number; readonly exported: number }>;
  /** Partitions on brokers that say that exporting is paused. */
  readonly paused: readonly string[];
  /** Brokers that could not be asked. */
  readonly silent: readonly number[];
}

/** @internal */
export async function exportedPositions(world: World, topology: RecoveryTopology): Promise<ExportedPositions> {
  const ids = sorted(topology.regions.flatMap(idsOf));
  const partitions = new Map<string, { processed: number; exported: number }>();
  const paused: string[] = [];
  const silent: number[] = [];
  for (const nodeId of world.ports.broker ? ids : []) {
    const reading = await world.read(readBrokerPartitions(nodeId), value => (isJson(value) ? value : undefined));
    if (!reading.ok) {
      silent.push(nodeId);
      continue;
    }
    for (const [id, entry] of Object.entries(reading.value)) {
      if (!isJson(entry)) continue;
      if (/PAUSED$/.test(textOf(entry.exporterPhase))) paused.push(`partition ${id} on broker ${nodeId}`);
      if (textOf(entry.role).toUpperCase() !== 'LEADER') continue;
      partitions.set(id, { processed: idOf(entry.processedPosition), exported: idOf(entry.exportedPosition) });
    }
  }
  return { partitions, paused, silent: world.ports.broker ? silent : ids };
}

/**
 * How many records exporters still have to write, as far as positions tell. Follow-up records have higher positions than what was
 * processed, so that less than nothing is usual.
 *
 * @internal
 */
export function lagOf({ partitions }: ExportedPositions): number {
  return [...partitions.values()].reduce((sum, { processed, exported }) => sum + (processed > exported ? processed - exported : 0), 0);
}

/**
 * Partitions whose exporters had something to write, and have not written anything between two looks.
 *
 * @internal
 */
export function standingStill(before: ExportedPositions, after: ExportedPositions): string[] {
  return [...after.partitions]
    .filter(
      ([id, { processed, exported }]) => processed > exported && before.partitions.get(id)?.exported === exported && behind(before, id),
    )
    .map(([id]) => id);
}

function behind({ partitions }: ExportedPositions, id: string): boolean {
  const found = partitions.get(id);
  return found !== undefined && found.processed > found.exported;
}
