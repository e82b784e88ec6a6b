import { message, type Answer } from './answer';
import type { EngineModel, Operation } from './engine-model';
import { inOrder } from './member-id';

const REPLICAS = 4;

/** What is planned, and the table that comes of it: replicas of each partition. */
export interface ScalePlan {
  readonly operations: readonly Operation[];
  readonly table: ReadonlyMap<number, readonly string[]>;
}

/**
 * The plan of a scaling, by the source of `ScaleRequestTransformer`: members come first, then partitions are distributed over all of them in turn. Members that
 * are there already are not added again.
 */
export function scalePlanOf(model: EngineModel, added: readonly string[], partitionCount = model.partitions.size): ScalePlan | Answer {
  if (partitionCount < model.partitions.size) return message(400, 'the number of partitions cannot be decreased');
  const fresh = added.filter(id => !model.members.has(id));
  const members = inOrder([...model.members, ...fresh]);
  const table = new Map(
    Array.from({ length: partitionCount }, (_, i) => [
      i + 1,
      Array.from({ length: REPLICAS }, (_unused, j) => members[(i + j) % members.length]),
    ]),
  );
  const [coordinator] = members;
  const moves = [...table].flatMap(([partitionId, replicas]): Operation[] => {
    const there = model.partitions.get(partitionId);
    if (there) {
      return [
        ...replicas.filter(id => !there.has(id)).map(brokerId => ({ operation: 'PARTITION_JOIN', brokerId, partitionId })),
        ...[...there.keys()]
          .filter(id => !replicas.includes(id))
          .map(brokerId => ({ operation: 'PARTITION_LEAVE', brokerId, partitionId })),
      ];
    }
    return replicas.map((brokerId, i) => ({ operation: i === 0 ? 'PARTITION_BOOTSTRAP' : 'PARTITION_JOIN', brokerId, partitionId }));
  });
  const grows = partitionCount > model.partitions.size;
  const alone = (operation: string): Operation => ({ operation, brokerId: coordinator });
  return {
    table,
    operations: [
      alone('PRE_SCALING'),
      ...fresh.map(brokerId => ({ operation: 'BROKER_ADD', brokerId })),
      ...(grows ? [alone('START_PARTITION_SCALE_UP')] : []),
      ...moves,
      ...(grows ? [alone('AWAIT_REDISTRIBUTION'), alone('AWAIT_RELOCATION')] : []),
      alone('POST_SCALING'),
    ],
  };
}

/** What a scaling does that no other change does. Returns whether it was that. */
export function applyScaling(model: EngineModel, { operation, brokerId, partitionId }: Operation): boolean {
  if (operation === 'PARTITION_BOOTSTRAP') {
    model.partitions.set(partitionId!, new Map([[brokerId, { state: 'ACTIVE', paused: false }]]));
    return true;
  }
  if (operation === 'PARTITION_LEAVE' && model.partitions.get(partitionId!)!.size <= REPLICAS)
    model.violations.push(`partition ${partitionId} has less replicas than it is to have`);
  return false;
}
