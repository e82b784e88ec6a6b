import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { message, type Answer, type Question } from './answer';
import type { Change, EngineModel, Operation } from './engine-model';
import { indexOf, inOrder, wireId, wireOperation } from './member-id';
import {
  addition,
  applyExporter,
  applyExporting,
  applyMembership,
  exporterChange,
  exportingChange,
  forcedRemoval,
} from './membership-changes';
import { applyScaling, scalePlanOf } from './scaling';
import { isSince } from './since';
import { upgradeReadinessOf } from './upgrade-readiness';
import { isAnswer, ZonesApi } from './zones';

/** Stand-in for the management API, by its documented contract. */
export class ManagementApi {
  public constructor(
    private readonly model: EngineModel,
    /** Brings the Elasticsearch of an exporter's region, or not, into what exporters have passed. */
    private readonly onExporterEnabled: (exporterId: string, initializeFrom: string | undefined) => void,
  ) {}

  public answer(question: Question): Answer {
    const { method, path, query, body } = question;
    if (this.model.up.size === 0) return message(502, 'no broker');
    const force = query.get('force') === 'true';
    if (path === '/actuator/cluster' && method === 'GET')
      return this.throughCoordinator(() => ({ status: 200, body: this.configuration() }));
    if (path === '/actuator/cluster' && method === 'PATCH') return this.patch(body, force, query.get('dryRun') === 'true');
    const zone = /^\/actuator\/cluster\/zones\/([^/]+)$/.exec(path)?.[1];
    if (zone !== undefined && method === 'DELETE') return this.removeZone(zone, force, query.get('dryRun') === 'true');
    if (zone !== undefined && method === 'POST') return this.addZone(zone, body, query.get('dryRun') === 'true');
    if (path === '/actuator/cluster/partitioning' && method === 'PUT') return this.orderZones(body, query.get('dryRun') === 'true');
    if (path === '/actuator/rebalance' && method === 'POST') {
      this.model.rebalance();
      return { status: 200 };
    }
    if (path === '/actuator/cluster/brokers' && method === 'POST') {
      return this.postBrokers(body, force, query.get('replicationFactor'), query.get('dryRun') === 'true');
    }
    if (path === '/actuator/exporters' && method === 'GET')
      return this.throughCoordinator(() => ({ status: 200, body: this.exporterList() }));
    if (path === '/actuator/upgradeReadiness' && method === 'GET' && isSince(this.model.topology.camundaVersion, 10))
      return { status: 200, body: upgradeReadinessOf(this.model) };
    const cancelled = /^\/actuator\/cluster\/changes\/(\d+)$/.exec(path);
    if (cancelled && method === 'DELETE') return this.throughCoordinator(() => this.cancel(Number(cancelled[1])));
    const exporter = /^\/actuator\/exporters\/([^/]+)\/(enable|disable)$/.exec(path);
    if (exporter && method === 'POST') return this.throughCoordinator(() => this.switchExporter(exporter[1], exporter[2], body));
    const exporting = /^\/actuator\/exporting\/(pause|resume)$/.exec(path);
    if (exporting && method === 'POST') return this.exporting(exporting[1] === 'pause', query.get('soft') === 'true');
    return message(404, `no ${method} ${path}`);
  }

  /** What `/actuator/partitions` of one broker says. */
  public brokerPartitions(brokerId: string): Answer {
    const entries = [...this.model.partitions]
      .filter(([, replicas]) => replicas.has(brokerId))
      .map(([id, replicas]): [number, unknown] => [
        id,
        {
          role: this.model.leaderOf(id) === brokerId ? 'LEADER' : 'FOLLOWER',
          exporterPhase: replicas.get(brokerId)!.paused ? 'PAUSED' : 'EXPORTING',
          // Positions are per partition. Here all records are in one log.
          processedPosition: this.model.written,
          exportedPosition: Math.min(...this.model.activeExporters().map(({ regionId }) => this.model.exported.get(regionId)!)),
        },
      ]);
    return { status: 200, body: Object.fromEntries(entries) };
  }

  private throughCoordinator(answer: () => Answer): Answer {
    const id = this.model.coordinator();
    return this.model.up.has(id) ? answer() : message(indexOf(id) % 2 === 0 ? 504 : 502, `coordinator ${id} does not answer`);
  }

  /** By the source of `ConfigurationChangeCoordinatorImpl.cancelChange`, to which requests go that only the coordinator gets. */
  private cancel(id: number): Answer {
    const { pending } = this.model;
    if (!pending) return message(400, `Cannot cancel change ${id} because no change is in progress`);
    if (pending.id !== id) return message(400, `Cannot cancel change ${id} because it is not the current change`);
    this.model.cancel();
    return { status: 200, body: this.configuration() };
  }

  private patch(body: unknown, force: boolean, dryRun: boolean): Answer {
    const { brokers = {}, partitions } = body as {
      brokers?: { add?: (number | string)[]; remove?: (number | string)[] };
      partitions?: { replicationFactor?: number; count?: number };
    };
    const named = [...(brokers.add ?? []), ...(brokers.remove ?? [])];
    if (named.some(id => (typeof id === 'number') === (this.model.layout !== undefined)))
      return message(400, 'ids are not those of this cluster');
    // The server takes it, and leaves the zone in the layout.
    if (this.model.layout && named.length > 0) this.model.violations.push('brokers of a zone were named one by one');
    if (this.model.layout && partitions?.replicationFactor !== undefined)
      return message(400, 'the replication factor of a cluster with zones is the sum of their replicas');
    if (force) {
      if ((brokers.add ?? []).length > 0) return message(400, 'Cannot force add brokers');
      if (partitions?.replicationFactor !== undefined) return message(400, 'Cannot force change the replication factor');
      if ((brokers.remove ?? []).length === 0) return message(400, 'Must provide a set of brokers to force remove');
      return this.force(
        [...this.model.members].filter(id => !brokers.remove!.map(String).includes(id)),
        dryRun,
      );
    }
    if ((brokers.remove ?? []).length > 0) return message(400, 'this stand-in removes by force only');
    const added = (brokers.add ?? []).map(String);
    if (partitions?.count !== undefined || partitions?.replicationFactor === undefined)
      return this.throughCoordinator(() => this.scale(added, partitions?.count, dryRun));
    return this.throughCoordinator(() => this.add(added, partitions.replicationFactor, dryRun));
  }

  private scale(added: readonly string[], partitionCount: number | undefined, dryRun: boolean): Answer {
    const { model } = this;
    if (model.pending) return message(409, conflictText(model, model.pending));
    const plan = scalePlanOf(model, added, partitionCount);
    if (isAnswer(plan)) return plan;
    const expected = this.expected([...plan.table].map(([partitionId, replicas]) => ({ partitionId, replicas })));
    return this.change(plan.operations, dryRun, operation => applyScaling(model, operation) || applyMembership(model, operation), expected);
  }

  private postBrokers(body: unknown, force: boolean, replicationFactor: string | null, dryRun: boolean): Answer {
    const ids = (body as (number | string)[]).map(String);
    if (force) {
      const stranger = ids.find(id => !this.model.members.has(id));
      if (stranger !== undefined) {
        return message(
          400,
          `Expected to force configure while retaining broker '${stranger}', but broker '${stranger}' is not in the current cluster`,
        );
      }
      return this.force(ids, dryRun);
    }
    return this.throughCoordinator(() => this.add(ids, replicationFactor === null ? undefined : Number(replicationFactor), dryRun));
  }

  private removeZone(zone: string, force: boolean, dryRun: boolean): Answer {
    if (!force) return message(400, 'this stand-in removes by force only');
    const remaining = new ZonesApi(this.model).remaining(zone);
    return isAnswer(remaining) ? remaining : this.force(remaining, dryRun, zone);
  }

  private addZone(zone: string, body: unknown, dryRun: boolean): Answer {
    return this.throughCoordinator(() => this.redistribute(new ZonesApi(this.model).addition(zone, body), dryRun));
  }

  private orderZones(body: unknown, dryRun: boolean): Answer {
    return this.throughCoordinator(() => this.redistribute(new ZonesApi(this.model).order(body), dryRun));
  }

  private redistribute(plan: ReturnType<ZonesApi['addition']>, dryRun: boolean): Answer {
    const { model } = this;
    if (isAnswer(plan)) return plan;
    if (model.pending) return message(409, conflictText(model, model.pending));
    const holders = plan.table.map(({ partitionId, replicas }) => ({ partitionId, replicas: replicas.map(({ brokerId }) => brokerId) }));
    return this.change(plan.operations, dryRun, operation => applyMembership(model, operation), this.expected(holders));
  }

  private force(remaining: readonly string[], dryRun: boolean, zone?: string): Answer {
    const { model } = this;
    if (!model.up.has(inOrder(remaining)[0])) return message(502, 'no broker that stays can be reached');
    if (model.pending) return message(409, conflictText(model, model.pending));
    const operations = forcedRemoval(model, remaining, zone);
    const empty = operations.filter(({ operation, brokers }) => operation === 'PARTITION_FORCE_RECONFIGURE' && brokers!.length === 0);
    if (empty.length > 0) {
      return message(
        400,
        `Expected to force configure and retain members ${remaining.join()}, but this will result in partitions having no replicas`,
      );
    }
    if (!dryRun) {
      model.forced += 1;
      if (model.forced > 1) model.violations.push('a second force request was accepted');
    }
    return this.change(operations, dryRun, operation => applyMembership(model, operation));
  }

  private add(ids: readonly string[], replicationFactor: number | undefined, dryRun: boolean): Answer {
    const { model } = this;
    if (model.pending) return message(409, 'another configuration change is in progress');
    if (replicationFactor !== model.topology.replicationFactor)
      return message(400, `replication factor ${replicationFactor} is not meant here`);
    return this.change(addition(model, ids), dryRun, operation => applyMembership(model, operation), this.expected());
  }

  /** What the cluster will be like: the partition table of its size. */
  private expected(partitions: RecoveryTopology['partitions'] = this.model.topology.partitions): unknown[] {
    const { regions } = this.model.topology;
    return regions
      .flatMap(region => region.brokers)
      .map(({ brokerId }) => ({
        id: wireId(brokerId),
        state: 'ACTIVE',
        partitions: partitions
          .filter(({ replicas }) => replicas.includes(brokerId))
          .map(({ partitionId }) => ({ id: partitionId, state: 'ACTIVE' })),
      }));
  }

  private change(
    operations: readonly Operation[],
    dryRun: boolean,
    apply: (operation: Operation) => void,
    expected: unknown[] = [],
  ): Answer {
    const currentTopology = this.configuration().brokers;
    const change: Pick<Change, 'id'> = dryRun ? { id: this.model.predictedChange() } : this.model.begin(operations, apply);
    return {
      status: 202,
      body: { changeId: change.id, currentTopology, plannedChanges: operations.map(wireOperation), expectedTopology: expected },
    };
  }

  private switchExporter(exporterId: string, verb: string, body: unknown): Answer {
    const { model } = this;
    const state = model.exporters.get(exporterId);
    if (state === undefined)
      return message(400, `Expected to ${verb} exporter, but the partition '1' does not have the exporter '${exporterId}'`);
    if (model.pending) return message(409, 'another configuration change is in progress');
    const from = verb === 'enable' ? (body as { initializeFrom?: string } | undefined)?.initializeFrom : undefined;
    if (from !== undefined && model.exporters.get(from) !== 'ENABLED') {
      return message(400, `Expected to enable exporter and initialize from exporter '${from}', but the exporter '${from}' is disabled`);
    }
    if (verb === 'enable' && state === 'ENABLED') model.violations.push(`${exporterId} was enabled although it was enabled`);
    const operations = exporterChange(model, exporterId, verb === 'enable' ? 'PARTITION_ENABLE_EXPORTER' : 'PARTITION_DISABLE_EXPORTER');
    return this.change(operations, false, operation => {
      if (applyExporter(model, operation, operations.length) && verb === 'enable') this.onExporterEnabled(exporterId, from);
    });
  }

  private exporterList(): unknown[] {
    const { pending } = this.model;
    const tenant = isSince(this.model.topology.camundaVersion, 10) ? { physicalTenant: 'default' } : {};
    return [...this.model.exporters.keys()].map(exporterId => {
      const next = pending?.pending.find(operation => operation.exporterId === exporterId);
      const started = pending?.completed.some(operation => operation.exporterId === exporterId);
      if (!next || !started) return { exporterId, status: this.model.exporterStatus(exporterId), ...tenant };
      return { exporterId, status: next.operation === 'PARTITION_ENABLE_EXPORTER' ? 'ENABLING' : 'DISABLING', ...tenant };
    });
  }

  private exporting(pause: boolean, soft: boolean): Answer {
    const { model } = this;
    const inBody = model.topology.dialect.failover.method === 'PATCH';
    if (soft) model.violations.push('exporting was paused softly');
    if (model.pauseIsChange) return this.throughCoordinator(() => this.changeExporting(pause));
    const failure = this.incomplete();
    if (failure !== undefined) {
      return inBody ? { status: 200, body: { body: { message: failure }, status: 500, contentType: null } } : message(500, failure);
    }
    for (const replicas of model.partitions.values()) for (const replica of replicas.values()) replica.paused = pause;
    return inBody ? { status: 200, body: { body: null, status: 204, contentType: null } } : { status: 204 };
  }

  /** Waits for the end of the change, as the server does. */
  private changeExporting(pause: boolean): Answer {
    const { model } = this;
    if (model.pending) return message(500, `Another configuration change [${model.pending.id}] is in progress`);
    const change = model.begin(exportingChange(model, pause ? 'PAUSED' : 'EXPORTING'), operation => applyExporting(model, operation));
    return model.waitFor(change) ? { status: 204 } : message(500, `change ${change.id} is not completed yet`);
  }

  /** Every replica must be there, or nothing is sent. */
  private incomplete(): string | undefined {
    for (const [partitionId, replicas] of this.model.partitions) {
      if (this.model.leaderOf(partitionId) === undefined) return `Leader of partition ${partitionId} is not known`;
      const found = [...replicas.keys()].filter(id => this.model.up.has(id)).length;
      if (found !== replicas.size) return `Expected ${replicas.size} members of partition ${partitionId} but found ${found}`;
    }
    return undefined;
  }

  private configuration(): { readonly brokers: unknown[] } & Record<string, unknown> {
    const { members, partitions, exporters, pending, last, layout, topology } = this.model;
    const scheme = layout ? { scheme: 'ZONE_AWARE', zones: layout } : { scheme: 'ROUND_ROBIN' };
    return {
      version: 1,
      ...(isSince(topology.camundaVersion, 10) ? { partitioning: scheme } : {}),
      brokers: inOrder(members).map(id => ({
        id: wireId(id),
        state: 'ACTIVE',
        version: 1,
        lastUpdatedAt: '-999999999-01-01T00:00:00+18:00',
        partitions: [...partitions]
          .filter(([, replicas]) => replicas.has(id))
          .map(([partitionId, replicas]) => ({
            id: partitionId,
            state: replicas.get(id)!.state,
            priority: 1,
            config: { exporting: { exporters: [...exporters].map(([exporterId, state]) => ({ id: exporterId, state })) } },
          })),
      })),
      ...(last ? { lastChange: { ...last, startedAt: '0000-01-01T00:00:00Z', completedAt: '0000-01-01T00:00:00Z' } } : {}),
      ...(pending
        ? {
            pendingChange: {
              ...pending,
              completed: pending.completed.map(wireOperation),
              pending: pending.pending.map(wireOperation),
              status: 'IN_PROGRESS',
            },
          }
        : {}),
    };
  }
}

/** By the source of `ConfigurationChangeCoordinatorImpl`: the whole configuration up to 8.9, from 8.10 on the id of the change. */
function conflictText({ pauseIsChange }: EngineModel, { id, startedAt, pending, completed }: Change): string {
  const plan =
    `ClusterConfiguration[version=1, members={}, lastChange=Optional.empty, pendingChanges=Optional[ClusterChangePlan[id=${id}, version=1, ` +
    `status=IN_PROGRESS, startedAt=${startedAt}, completedOperations=[${completed.map(({ operation }) => `CompletedOperation[operation=${engineText(operation, '0')}]`).join(', ')}], ` +
    `pendingOperations=[${pending.map(({ operation, brokerId }) => engineText(operation, brokerId)).join(', ')}]]], routingState=Optional.empty]`;
  return `Cannot apply configuration change. Another configuration change [${pauseIsChange ? id : plan}] is in progress.`;
}

/** An operation as the engine writes it. */
function engineText(operation: string, brokerId: string): string {
  const name = operation
    .replace(/^BROKER_ADD$/, 'MEMBER_JOIN')
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${name}Operation[memberId=${brokerId}, partitionId=1]`;
}
