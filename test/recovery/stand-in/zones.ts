import type { Holder } from '../../../constructs/topology/plan/placement/brokers';
import { roundRobinTable, zonedTable, type Partition } from '../../../constructs/topology/plan/placement/partitions';
import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { message, type Answer } from './answer';
import type { EngineModel, Operation, Zone } from './engine-model';

/** Brokers of a zone by index. */
function brokersOf({ regions }: RecoveryTopology, name: string): Holder[] {
  return regions
    .filter(({ zone }) => zone?.name === name)
    .flatMap(({ brokers, regionId }) => brokers.map(({ brokerId }, ordinal) => ({ brokerId, nodeId: ordinal, ordinal, regionId })));
}

/** The table that a layout makes, by the algorithm of `ZoneAwarePartitionDistributor`. */
export function tableOf(topology: RecoveryTopology, layout: readonly Zone[]): Partition[] {
  const count = topology.partitions.length;
  const zones = layout.map(zone => ({ ...zone, brokers: brokersOf(topology, zone.name) }));
  if (new Set(layout.map(({ priority }) => priority)).size > 1) return zonedTable(zones, count);
  const indices = Math.max(...zones.map(({ brokers }) => brokers.length));
  const inTurns = Array.from({ length: indices }, (_, i) => zones.flatMap(({ brokers }) => brokers.slice(i, i + 1))).flat();
  const replicas = layout.reduce((sum, { numberOfReplicas }) => sum + numberOfReplicas, 0);
  return roundRobinTable(inTurns, count, replicas);
}

/** Zones as the server takes them away, brings them back, and orders them, by the source of its transformers. */
export class ZonesApi {
  public constructor(private readonly model: EngineModel) {}

  /** Members that stay when a zone goes, or why it cannot. */
  public remaining(name: string): readonly string[] | Answer {
    const { layout, members } = this.model;
    if (!layout)
      return message(400, 'Remove zone requires a persisted zone-aware partition distribution config, but was RoundRobinConfig.');
    if (!layout.some(zone => zone.name === name)) return message(400, `Remove zone request targets unknown zone '${name}'.`);
    const inZone = [...members].filter(id => id.startsWith(`${name}_`));
    if (inZone.length === 0) return message(400, `Remove zone request targets zone '${name}' which has no current members.`);
    if (layout.length === 1) return message(400, `Cannot remove zone '${name}' because it is the last remaining zone.`);
    return [...members].filter(id => !inZone.includes(id));
  }

  /** What a zone that comes back takes, or why it cannot. */
  public addition(name: string, body: unknown): { readonly operations: Operation[]; readonly table: Partition[] } | Answer {
    const { model } = this;
    const { layout, topology } = model;
    const { numberOfReplicas, priority, numberOfBrokers } = (body ?? {}) as Partial<Zone> & { readonly numberOfBrokers?: number };
    if (!layout) return message(400, 'Adding a zone requires a persisted zone-aware partition distribution config.');
    if (numberOfReplicas === undefined || priority === undefined || numberOfBrokers === undefined)
      return message(400, 'numberOfReplicas, priority and one of brokers and numberOfBrokers must be given');
    if (layout.some(zone => zone.name === name))
      return message(400, `Cannot add back zone '${name}' because it is already present in the partition distribution config.`);
    if (numberOfBrokers < numberOfReplicas)
      return message(400, `Request provided ${numberOfBrokers} broker(s), which is less than ${numberOfReplicas}`);
    const next = [...layout, { name, numberOfReplicas, priority }];
    const table = tableOf(topology, next);
    const added = brokersOf(topology, name).slice(0, numberOfBrokers);
    const joins = added.filter(({ brokerId }) => !model.members.has(brokerId));
    return {
      table,
      operations: [
        ...joins.map(({ brokerId }) => ({ operation: 'BROKER_ADD', brokerId })),
        { operation: 'UPDATE_PARTITION_DISTRIBUTOR_CONFIG', brokerId: model.coordinator(), layout: next },
        ...movesTo(model, table),
      ],
    };
  }

  /** What another order of priorities takes, or why it cannot be. */
  public order(body: unknown): { readonly operations: Operation[]; readonly table: Partition[] } | Answer {
    const { model } = this;
    const { layout } = model;
    const { zonePriorities, config } = (body ?? {}) as { readonly zonePriorities?: readonly string[]; readonly config?: object };
    if ((zonePriorities === undefined) === (config === undefined))
      return message(400, 'exactly one of config and zonePriorities must be given');
    if (config !== undefined) return message(400, 'this stand-in takes no other layout');
    if (!layout) return message(400, 'Partition distribution changes are only supported on zone-aware clusters.');
    const names = layout.map(({ name }) => name);
    if ([...zonePriorities!].sort().join() !== names.sort().join())
      return message(400, 'zonePriorities must name every zone of the layout once');
    const priorities = layout.map(({ priority }) => priority).sort((a, b) => b - a);
    const next = layout.map(zone => ({ ...zone, priority: priorities[zonePriorities!.indexOf(zone.name)] }));
    const table = tableOf(model.topology, next);
    return {
      table,
      operations: [
        { operation: 'UPDATE_PARTITION_DISTRIBUTOR_CONFIG', brokerId: model.coordinator(), layout: next },
        ...movesTo(model, table),
      ],
    };
  }
}

/** Replicas that come, and then those that go. */
function movesTo({ partitions }: EngineModel, table: readonly Partition[]): Operation[] {
  return table.flatMap(({ partitionId, replicas }) => {
    const due = replicas.map(({ brokerId }) => brokerId);
    const there = [...partitions.get(partitionId)!.keys()];
    return [
      ...due.filter(id => !there.includes(id)).map(brokerId => ({ operation: 'PARTITION_JOIN', brokerId, partitionId })),
      ...there.filter(id => !due.includes(id)).map(brokerId => ({ operation: 'PARTITION_LEAVE', brokerId, partitionId })),
    ];
  });
}

export function isAnswer(value: object): value is Answer {
  return 'status' in value;
}
