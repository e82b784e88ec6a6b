import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { inOrder } from './member-id';
import type { ModelClock } from './model-clock';
import { isSince } from './since';
import type { Migration } from './upgrade-readiness';
import { tableOf } from './zones';

/** How often a server looks whether a change is over, for whose end a request waits. */
const POLL_MS = 200;
/** Less than the minute for which a server waits for that. */
const CLIENT_WAITS_MS = 15_000;

/** How long things take, in milliseconds. */
export interface Durations {
  /** Each operation of a change. */
  readonly operation: number;
  /** Until gossip has forgotten a broker. */
  readonly gossip: number;
}

export interface Operation {
  readonly operation: string;
  readonly brokerId: string;
  readonly partitionId?: number;
  readonly brokers?: readonly string[];
  readonly exporterId?: string;
  readonly exportingState?: 'PAUSED' | 'EXPORTING';
  readonly layout?: readonly Zone[];
}

/** A zone of the layout that a cluster keeps. */
export interface Zone {
  readonly name: string;
  readonly numberOfReplicas: number;
  readonly priority: number;
}

export interface Change {
  readonly id: number;
  readonly startedAt: string;
  readonly completed: Operation[];
  readonly pending: Operation[];
}

export interface Replica {
  state: 'ACTIVE' | 'JOINING';
  /** It has come back without what it had. */
  empty?: boolean;
  /** Up to 8.9 kept by each replica for itself: one that joins later does not know of a pause. */
  paused: boolean;
}

/**
 * Stand-in for the cluster of brokers: who is a member, which replicas there are, which change is under way, what is exported.
 * By our reading of Camunda's documentation; there is no Zeebe in it.
 */
export class EngineModel {
  /** Processes that run and can be reached. */
  public readonly up = new Set<string>();
  public readonly members = new Set<string>();
  /** Replicas of each partition by broker. */
  public readonly partitions = new Map<number, Map<string, Replica>>();
  public readonly exporters = new Map<string, 'ENABLED' | 'DISABLED'>();
  /** Replicas, as `partition/broker`, on which a change of an exporter that is not over has been applied. */
  public readonly switched = new Map<string, Set<string>>();
  /** Where brokers form zones. */
  public layout?: readonly Zone[];
  public pending?: Change;
  public last?: { readonly id: number; readonly status: string };
  /** Leaders that no request moves. */
  public leadersStay = false;
  /** A change that never ends. */
  public stuck = false;
  /** Records that partitions have written, and how many of them each region's exporter has passed. */
  public written = 1_000;
  public readonly exported = new Map<number, number>();
  /** What is left to do of an upgrade. */
  public migration: Migration = {};
  /** What must never happen, and has. */
  public readonly violations: string[] = [];
  public forced = 0;
  /** Where leaders stay as long as they can: in a cluster with zones. */
  private readonly leaders = new Map<number, string>();
  private readonly seenUntil = new Map<string, number>();
  private nextChange = 1;

  public constructor(
    public readonly topology: RecoveryTopology,
    private readonly clock: ModelClock,
    private readonly durations: Durations,
  ) {
    for (const region of topology.regions) {
      region.brokers.forEach(({ brokerId }) => this.start(brokerId));
      this.exported.set(region.regionId, this.written);
    }
    this.up.forEach(id => this.members.add(id));
    for (const { partitionId, replicas } of topology.partitions) {
      this.partitions.set(partitionId, new Map(replicas.map(id => [id, { state: 'ACTIVE', paused: false }])));
    }
    [...topology.exporters, ...(topology.furtherExporters ?? [])].forEach(({ exporterId }) => this.exporters.set(exporterId, 'ENABLED'));
    const zones = topology.regions.flatMap(({ zone }) => zone ?? []);
    if (zones.length > 0) this.layout = zones;
  }

  public start(id: string): void {
    this.up.add(id);
    this.seenUntil.delete(id);
  }

  /** As a broker with an empty volume. */
  public startEmpty(id: string): void {
    this.start(id);
    for (const replicas of this.partitions.values()) {
      const replica = replicas.get(id);
      if (replica) replica.empty = true;
    }
    const outvoted = [...this.partitions].find(
      ([, replicas]) => [...replicas].filter(([broker, { empty }]) => empty && this.up.has(broker)).length > 1,
    );
    if (outvoted) this.violations.push(`two empty replicas of partition ${outvoted[0]} can outvote one that holds the newest record`);
  }

  public stop(id: string): void {
    this.up.delete(id);
    this.seenUntil.set(id, this.clock.now() + this.durations.gossip);
  }

  /** Brokers in the view of a gateway. */
  public seen(): string[] {
    const ids = this.topology.regions.flatMap(region => region.brokers.map(({ brokerId }) => brokerId));
    return inOrder(ids.filter(id => this.up.has(id) || (this.seenUntil.get(id) ?? 0) > this.clock.now()));
  }

  /** The one that answers for the configuration: the member with the lowest id, alive or not. */
  public coordinator(): string {
    return inOrder(this.members)[0];
  }

  public hasQuorum(partitionId: number): boolean {
    const replicas = [...this.partitions.get(partitionId)!].filter(([, { state }]) => state === 'ACTIVE');
    return replicas.filter(([id]) => this.up.has(id)).length > replicas.length / 2;
  }

  /** The replica that leads, by priority among those that are up. With zones, one that leads goes on with it. */
  public leaderOf(partitionId: number): string | undefined {
    if (!this.hasQuorum(partitionId)) return undefined;
    if (!this.layout) return this.preferredLeader(partitionId);
    const present = this.leaders.get(partitionId);
    const leader = present !== undefined && this.mayLead(partitionId, present) ? present : this.preferredLeader(partitionId);
    if (leader !== undefined) this.leaders.set(partitionId, leader);
    return leader;
  }

  /** Leaders step down for those that have the highest priority. */
  public rebalance(): void {
    if (this.leadersStay) return;
    this.leaders.clear();
  }

  private preferredLeader(partitionId: number): string | undefined {
    const table = this.layout && tableOf(this.topology, this.layout);
    const order = table
      ? table[partitionId - 1].replicas.map(({ brokerId }) => brokerId)
      : this.topology.partitions.find(partition => partition.partitionId === partitionId)!.replicas;
    // What is there although no layout has it comes last.
    return [...order, ...this.partitions.get(partitionId)!.keys()].find(id => this.mayLead(partitionId, id));
  }

  private mayLead(partitionId: number, id: string): boolean {
    return this.up.has(id) && this.partitions.get(partitionId)!.get(id)?.state === 'ACTIVE';
  }

  /** Exporters that are on. */
  public activeExporters(): RecoveryTopology['exporters'] {
    return this.topology.exporters.filter(({ exporterId }) => this.exporters.get(exporterId) === 'ENABLED');
  }

  /** From 8.10 on, a pause is a change of the configuration: replicas that join know of it. */
  public get pauseIsChange(): boolean {
    return isSince(this.topology.camundaVersion, 10);
  }

  /** What brokers say of an exporter together: nothing certain, where a change was applied to a part of its partitions. */
  public exporterStatus(exporterId: string): 'ENABLED' | 'DISABLED' | 'UNKNOWN' {
    const state = this.exporters.get(exporterId)!;
    const replicas = [...this.partitions].flatMap(([partitionId, brokers]) => [...brokers.keys()].map(id => `${partitionId}/${id}`));
    const switched = replicas.filter(replica => this.switched.get(exporterId)?.has(replica)).length;
    if (switched === 0) return state;
    if (switched < replicas.length) return 'UNKNOWN';
    return state === 'ENABLED' ? 'DISABLED' : 'ENABLED';
  }

  public exportingIsPaused(): boolean {
    return [...this.partitions.values()].some(replicas => [...replicas.values()].some(({ paused }) => paused));
  }

  /** An exporter that is enabled begins where another one is, or with the first record. */
  public initializeExporter(exporterId: string, from: string | undefined): void {
    const [target, source] = [exporterId, from].map(id => this.topology.exporters.find(exporter => exporter.exporterId === id)?.regionId);
    if (target !== undefined) this.exported.set(target, source === undefined ? 0 : this.exported.get(source)!);
  }

  /** Starts a change, and gives its id. Operations come one after the other, each only where its broker is up. */
  public begin(operations: readonly Operation[], apply: (operation: Operation) => void): Change {
    const change: Change = {
      id: this.nextChange++,
      startedAt: new Date(this.clock.now()).toISOString(),
      completed: [],
      pending: [...operations],
    };
    this.pending = change;
    this.advanceLater(change, apply);
    return change;
  }

  /** Lets time pass until a change is over, for as long as a client waits for the answer. Returns whether it is. */
  public waitFor(change: Change): boolean {
    for (let waited = 0; this.pending === change && waited < CLIENT_WAITS_MS && this.clock.pass; waited += POLL_MS)
      this.clock.pass(POLL_MS);
    // Where time passes by itself, the answer comes before the end, and brokers tell the rest.
    return this.clock.pass === undefined || this.pending !== change;
  }

  public predictedChange(): number {
    return this.nextChange;
  }

  public cancel(): void {
    if (!this.pending) return;
    this.last = { id: this.pending.id, status: 'CANCELLED' };
    this.pending = undefined;
  }

  private advanceLater(change: Change, apply: (operation: Operation) => void, wait = this.durations.operation): void {
    this.clock.after(wait, () => {
      if (this.pending !== change) return;
      const [next] = change.pending;
      const possible = !this.stuck && next !== undefined && this.canApply(next);
      if (possible) {
        apply(next);
        change.completed.push(next);
        change.pending.shift();
      }
      if (change.pending.length === 0) {
        this.pending = undefined;
        this.last = { id: change.id, status: 'COMPLETED' };
        return;
      }
      // What waits for a broker is tried again and again, and time must not stand still over it.
      this.advanceLater(change, apply, possible ? this.durations.operation : 1_000);
    });
  }

  private canApply({ operation, brokerId, partitionId, brokers }: Operation): boolean {
    if (operation === 'PARTITION_FORCE_RECONFIGURE') return (brokers ?? []).some(id => this.up.has(id));
    if (!this.up.has(brokerId)) return false;
    // Each member does that for itself.
    if (operation === 'EXPORTING_STATE_CHANGE' || operation === 'PARTITION_BOOTSTRAP') return true;
    return partitionId === undefined || this.hasQuorum(partitionId);
  }
}
