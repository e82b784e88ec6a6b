import type { EngineModel, Operation } from './engine-model';
import { inOrder } from './member-id';

/**
 * The plan of a forced removal: who stays, and one operation a partition.
 *
 * @param zone name of the zone that leaves the layout with its brokers
 */
export function forcedRemoval(model: EngineModel, remaining: readonly string[], zone?: string): Operation[] {
  const [executor] = inOrder(remaining);
  const removed = [...model.members].filter(id => !remaining.includes(id));
  return [
    ...[...model.partitions.keys()].map(partitionId => ({
      operation: 'PARTITION_FORCE_RECONFIGURE',
      brokerId: executor,
      partitionId,
      brokers: [...model.partitions.get(partitionId)!.keys()].filter(id => remaining.includes(id)),
    })),
    { operation: 'BROKER_REMOVE', brokerId: executor, brokers: removed },
    ...(zone === undefined
      ? []
      : [
          {
            operation: 'UPDATE_PARTITION_DISTRIBUTOR_CONFIG',
            brokerId: executor,
            layout: model.layout!.filter(({ name }) => name !== zone),
          },
        ]),
  ];
}

/** The plan of an addition: every replica that the partition table wants and that is not there yet. */
export function addition(model: EngineModel, added: readonly string[]): Operation[] {
  return [
    ...added.filter(id => !model.members.has(id)).map(brokerId => ({ operation: 'BROKER_ADD', brokerId })),
    ...model.topology.partitions.flatMap(({ partitionId, replicas }) =>
      replicas
        .filter(id => !model.partitions.get(partitionId)!.has(id))
        .map(brokerId => ({ operation: 'PARTITION_JOIN', brokerId, partitionId })),
    ),
  ];
}

export function exporterChange(model: EngineModel, exporterId: string, operation: string): Operation[] {
  return [...model.partitions].flatMap(([partitionId, replicas]) =>
    [...replicas.keys()].map(brokerId => ({ operation, brokerId, partitionId, exporterId })),
  );
}

/** Returns whether it was the last one of its change. */
export function applyExporter(model: EngineModel, { operation, brokerId, partitionId, exporterId }: Operation, count: number): boolean {
  const switched = model.switched.get(exporterId!) ?? new Set<string>();
  model.switched.set(exporterId!, switched.add(`${partitionId}/${brokerId}`));
  if (model.pending!.completed.length + 1 < count) return false;
  model.exporters.set(exporterId!, operation === 'PARTITION_ENABLE_EXPORTER' ? 'ENABLED' : 'DISABLED');
  model.switched.delete(exporterId!);
  return true;
}

/** The plan of a pause, or of its end, from 8.10 on: every replica takes part. */
export function exportingChange(model: EngineModel, exportingState: NonNullable<Operation['exportingState']>): Operation[] {
  return [...model.partitions].flatMap(([partitionId, replicas]) =>
    [...replicas.keys()].map(brokerId => ({ operation: 'EXPORTING_STATE_CHANGE', brokerId, partitionId, exportingState })),
  );
}

export function applyExporting(model: EngineModel, { brokerId, partitionId, exportingState }: Operation): void {
  model.partitions.get(partitionId!)!.get(brokerId)!.paused = exportingState === 'PAUSED';
}

export function applyMembership(model: EngineModel, { operation, brokerId, partitionId, brokers, layout }: Operation): void {
  switch (operation) {
    case 'UPDATE_PARTITION_DISTRIBUTOR_CONFIG':
      model.layout = layout;
      return;
    case 'PARTITION_LEAVE':
      model.partitions.get(partitionId!)!.delete(brokerId);
      return;
    case 'PARTITION_FORCE_RECONFIGURE': {
      const replicas = model.partitions.get(partitionId!)!;
      for (const id of [...replicas.keys()]) if (!brokers!.includes(id)) replicas.delete(id);
      return;
    }
    case 'BROKER_REMOVE':
      brokers!.forEach(id => {
        model.members.delete(id);
        if (model.up.has(id)) model.violations.push(`broker ${id} was removed by force while it was alive`);
      });
      return;
    case 'BROKER_ADD':
      model.members.add(brokerId);
      return;
    case 'PARTITION_JOIN': {
      const replicas = model.partitions.get(partitionId!)!;
      const isPaused = [...replicas.values()].some(({ paused }) => paused);
      if (isPaused && !model.pauseIsChange) {
        model.violations.push(`broker ${brokerId} joined partition ${partitionId} while exporting was paused`);
      }
      replicas.set(brokerId, { state: 'ACTIVE', paused: isPaused });
    }
  }
}
