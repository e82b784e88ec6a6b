import { readBrokerPartitions } from '../calls/management-calls';
import { idOf, isJson, textOf } from '../calls/readings';
import type { ClusterView } from './cluster-view';

/**
 * What a broker says of one of its partitions. Texts are empty, and numbers NaN, where it does not tell them.
 *
 * @internal
 */
export interface BrokerPartition {
  readonly nodeId: number;
  readonly partitionId: number;
  readonly leads: boolean;
  /** EXPORTING, PAUSED, SOFT_PAUSED, or CLOSED of who does not export, whether exporting is paused or not. */
  readonly phase: string;
  /** Position of the last record that was processed. */
  readonly processed: number;
  /** Position of the last record that the slowest exporter has written. */
  readonly exported: number;
}

/** @internal */
export interface BrokerPartitions {
  readonly partitions: readonly BrokerPartition[];
  /** Brokers that could not be asked, and why. */
  readonly silent: readonly { readonly nodeId: number; readonly why: string }[];
}

/**
 * Asks brokers side by side, so that many slow ones take no longer than one.
 *
 * @internal
 */
export async function partitionsOf(view: ClusterView, nodeIds: readonly number[]): Promise<BrokerPartitions> {
  const partitions: BrokerPartition[] = [];
  const silent: { nodeId: number; why: string }[] = [];
  const readings = await Promise.all(
    nodeIds.map(nodeId => view.read(readBrokerPartitions(nodeId), value => (isJson(value) ? value : undefined))),
  );
  for (const [i, nodeId] of nodeIds.entries()) {
    const reading = readings[i];
    if (!reading.ok) silent.push({ nodeId, why: reading.why });
    else partitions.push(...Object.entries(reading.value).map(([id, entry]) => partitionOf(nodeId, id, entry)));
  }
  return { partitions, silent };
}

function partitionOf(nodeId: number, id: string, value: unknown): BrokerPartition {
  const entry = isJson(value) ? value : {};
  return {
    nodeId,
    partitionId: idOf(id),
    leads: textOf(entry.role).toUpperCase() === 'LEADER',
    phase: textOf(entry.exporterPhase),
    processed: idOf(entry.processedPosition),
    exported: idOf(entry.exportedPosition),
  };
}
