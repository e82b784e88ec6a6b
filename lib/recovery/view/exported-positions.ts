import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { partitionsOf } from './broker-partitions';
import type { ClusterView } from './cluster-view';
import { idsOf, sorted } from './members';

/** How far exporters are, as leaders of partitions say. */
export interface ExportedPositions {
  /** By partition: the last record that was processed, and the last one that the slowest exporter has written. */
  readonly partitions: ReadonlyMap<number, { readonly processed: number; readonly exported: number }>;
  /** Partitions on brokers that say that exporting is paused. */
  readonly paused: readonly string[];
  /** Brokers that could not be asked. */
  readonly silent: readonly string[];
}

/**
 * @param ids of the brokers that are asked
 *
 * @internal
 */
export async function exportedPositions(
  view: ClusterView,
  topology: RecoveryTopology,
  ids: readonly string[] = sorted(topology.regions.flatMap(idsOf)),
): Promise<ExportedPositions> {
  if (!view.ports.broker) return { partitions: new Map(), paused: [], silent: ids };
  const { partitions, silent } = await partitionsOf(view, ids);
  return {
    partitions: new Map(partitions.filter(({ leads }) => leads).map(({ partitionId, ...position }) => [partitionId, position])),
    paused: partitions
      .filter(({ phase }) => phase.endsWith('PAUSED'))
      .map(({ partitionId, brokerId }) => `partition ${partitionId} on broker ${brokerId}`),
    silent: silent.map(({ brokerId }) => brokerId),
  };
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
export function standingStill(before: ExportedPositions, after: ExportedPositions): number[] {
  return [...after.partitions]
    .filter(
      ([id, { processed, exported }]) => processed > exported && before.partitions.get(id)?.exported === exported && behind(before, id),
    )
    .map(([id]) => id);
}

function behind({ partitions }: ExportedPositions, id: number): boolean {
  const found = partitions.get(id);
  return found !== undefined && found.processed > found.exported;
}
