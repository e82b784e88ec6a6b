import { readBrokerPartitions } from '../calls/management-calls';
import { idOf, isJson, textOf } from '../calls/readings';
import type { ClusterView } from './cluster-view';

/**
 * What a broker says of one of its partitions. Texts are empty, and numbers NaN, where it does not tell them.
 *
 * @internal
 */
export interface BrokerPartition {
  readonly brokerId: string;
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
  readonly silent: readonly { readonly brokerId: string; readonly why: string }[];
}

/**
 * Asks brokers side by side, so that many slow ones take no longer than one.
 *
 * @internal
 */
export async function partitionsOf(view: ClusterView, brokerIds: readonly string[]): Promise<BrokerPartitions> {
  const partitions: BrokerPartition[] = [];
  const silent: { brokerId: string; why: string }[] = [];
  const readings = await Promise.all(
    brokerIds.map(brokerId => view.read(readBrokerPartitions(brokerId), value => (isJson(value) ? value : undefined))),
  );
  for (const [i, brokerId] of brokerIds.entries()) {
    const reading = readings[i];
    if (!reading.ok) silent.push({ brokerId, why: reading.why });
    else partitions.push(...Object.entries(reading.value).map(([id, entry]) => partitionOf(brokerId, id, entry)));
  }
  return { partitions, silent };
}

function partitionOf(brokerId: string, id: string, value: unknown): BrokerPartition {
  const entry = isJson(value) ? value : {};
  return {
    brokerId,
    partitionId: idOf(id),
    leads: textOf(entry.role).toUpperCase() === 'LEADER',
    phase: textOf(entry.exporterPhase),
    processed: idOf(entry.processedPosition),
    exported: idOf(entry.exportedPosition),
  };
}
