import { recoveryTopology, type RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { UsersSettings } from '../../../constructs/topology/settings/users/users';
import { Topology } from '../../../constructs/topology/topology';
import type { KubernetesFacts, RegionFacts } from '../../../lib/recovery/ports';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';
import { EngineModel, type Durations } from './engine-model';
import { Life, type LifeOptions } from './life';
import { SearchModel, type SnapshotPlaces } from './search-model';
import type { VirtualClock } from './virtual-clock';
import { versionOf } from './zoned-versions';

export interface DeploymentOptions {
  readonly version: string;
  /** Without it, users have passwords. */
  readonly users?: UsersSettings;
  readonly clusterSize: number;
  /** As many as there are brokers, unless it is given. */
  readonly partitionCount?: number;
  readonly durations: Durations & { readonly snapshot: number };
  /** Nodes of Elasticsearch do not say in which region they are. */
  readonly silentNodes?: boolean;
  /** Whether anything goes on by itself. Without, nothing moves but by the recovery. */
  readonly life?: LifeOptions;
}

/** The topology of a deployment, as its clusters describe it. */
export function topologyOf(version: string, clusterSize: number, partitionCount = clusterSize, users?: UsersSettings): RecoveryTopology {
  const { version: minor, zones } = versionOf(version);
  const settings = {
    ...DEFAULT_SETTINGS,
    ...(zones ? { regions: DEFAULT_SETTINGS.regions.map((region, i) => ({ ...region, ...(zones[i] ? { zone: zones[i] } : {}) })) } : {}),
    camunda: { version: minor, clusterSize, partitionCount, ...(zones ? { zones: true } : {}) },
    // Twelve brokers need more nodes than the default.
    nodes: { perZone: 4 },
    users,
  };
  return recoveryTopology(Topology.of(settings, WHEN_ALL_WERE_SUPPORTED));
}

const INDICES = [
  'operate-list-view',
  'operate-process',
  'tasklist-task',
  'records',
  'operate-operation-8.4.1_',
  'camunda-web-session-8.8.0_',
];
/** Elasticsearch keeps such an index for itself, in every cluster. */
const OWN_INDEX = '.ds-ilm-history-5-000001';

/** Stand-in for both regions: brokers, Elasticsearch, what is deployed in Kubernetes. */
export class Deployment implements KubernetesFacts {
  public readonly topology: RecoveryTopology;
  public readonly engine: EngineModel;
  /** What the cluster was like before it was scaled. */
  public former: RecoveryTopology;
  public readonly search: readonly SearchModel[];
  /** API servers that answer. */
  public readonly reachable = new Set([0, 1]);
  public readonly declared: (number | undefined)[] = [undefined, undefined];
  /** Brokers whose pods run although they are cut off. */
  public readonly cutOff = new Set<string>();
  public rolloutOpen?: string;
  private readonly life?: Life;
  private lost?: number;

  public constructor(
    public readonly options: DeploymentOptions,
    public readonly clock: VirtualClock,
  ) {
    this.topology = topologyOf(options.version, options.clusterSize, options.partitionCount, options.users);
    this.former = this.topology;
    this.engine = new EngineModel(this.topology, clock, options.durations);
    const places: SnapshotPlaces = new Map();
    this.search = this.topology.regions.map(
      ({ regionId, awsRegion, namespace }) =>
        new SearchModel(places, clock, options.durations.snapshot, {
          uuid: `uuid-${regionId}`,
          ...(options.silentNodes
            ? {}
            : { zone: `${awsRegion}a`, host: `elasticsearch-es-masters-0.elasticsearch-es-masters.${namespace}.svc/` }),
        }),
    );
    this.search.forEach(search => this.fill(search, 250));
    if (options.life) this.life = new Life(this, clock, options.life);
  }

  /** As if the description of a larger cluster had just been deployed: all brokers run, and the cluster has the members and partitions that it had before. */
  public begunWith(clusterSize: number, partitionCount: number): void {
    const { members, partitions } = this.engine;
    const former = topologyOf(this.options.version, clusterSize, partitionCount);
    this.former = former;
    const ids = former.regions.flatMap(({ brokers }) => brokers.map(({ brokerId }) => brokerId));
    [...members].filter(id => !ids.includes(id)).forEach(id => members.delete(id));
    partitions.clear();
    for (const { partitionId, replicas } of former.partitions)
      partitions.set(partitionId, new Map(replicas.map(id => [id, { state: 'ACTIVE', paused: false }])));
  }

  /** A region is gone from one moment to the next. */
  public lose(regionId: number): void {
    this.lost = regionId;
    this.reachable.delete(regionId);
    this.search[regionId].reachable = false;
    this.topology.regions[regionId].brokers.forEach(({ brokerId }) => this.engine.stop(brokerId));
  }

  /** As if a failover had been done by hand: the other region works alone. */
  public failOver(regionId: number): void {
    const { engine, topology } = this;
    topology.regions[regionId].brokers.forEach(({ brokerId }) => engine.members.delete(brokerId));
    engine.layout = engine.layout?.filter(({ name }) => name !== topology.regions[regionId].zone?.name);
    for (const replicas of engine.partitions.values())
      for (const id of [...replicas.keys()]) if (!engine.members.has(id)) replicas.delete(id);
    topology.exporters
      .filter(exporter => exporter.regionId === regionId)
      .forEach(({ exporterId }) => engine.exporters.set(exporterId, 'DISABLED'));
  }

  /** The region is deployed anew, with nothing in it, and both declare it. */
  public recreate(regionId: number): void {
    this.lost = undefined;
    this.reachable.add(regionId);
    const search = this.search[regionId];
    search.reachable = true;
    search.beginAnew();
    search.indices.set(OWN_INDEX, { docs: 1, readyAt: 0 });
    this.declared.fill(regionId);
    this.topology.regions[regionId].brokers.forEach(({ brokerId }) => this.engine.start(brokerId));
  }

  /** Both regions run everything. Operate and Tasklist make the schema where there is none. */
  public settle(): void {
    this.declared.fill(undefined);
    this.search.filter(search => !search.indices.has('operate-process')).forEach(search => this.fill(search, 0));
  }

  /** Users start processes. Nothing is written by partitions without a quorum. */
  public work(records: number): void {
    if ([...this.engine.partitions.keys()].some(id => this.engine.leaderOf(id) === undefined)) return;
    this.engine.written += records;
    this.export();
  }

  /** Exporters run one after the other: one that cannot write stops the others. */
  public export(): void {
    if (this.life) return this.life.hand();
    const { engine } = this;
    const active = engine.activeExporters();
    if (engine.exportingIsPaused() || active.some(({ regionId }) => !this.search[regionId].reachable)) return;
    for (const { regionId } of active) {
      const missing = engine.written - engine.exported.get(regionId)!;
      engine.exported.set(regionId, engine.written);
      const records = this.search[regionId].indices.get('records') ?? { docs: 0, readyAt: 0 };
      this.search[regionId].indices.set('records', { ...records, docs: records.docs + missing });
    }
  }

  public onExporterEnabled(exporterId: string, from: string | undefined): void {
    this.engine.initializeExporter(exporterId, from);
    this.topology.exporters.filter(exporter => exporter.exporterId === exporterId).forEach(({ regionId }) => this.life?.forget(regionId));
    this.export();
  }

  /** Nothing more goes on, and what was going on has ended. */
  public comeToRest(): void {
    this.life?.end();
  }

  /** Documents of an index, dated ones included. */
  public documentsOf(regionId: number, family: string): number {
    return [...this.search[regionId].indices].reduce((sum, [name, { docs }]) => (name.split('_2')[0] === family ? sum + docs : sum), 0);
  }

  public region(regionId: number): Promise<RegionFacts | undefined> {
    if (!this.reachable.has(regionId)) return Promise.resolve(undefined);
    const { up, members } = this.engine;
    const declared = this.declared[regionId];
    return Promise.resolve({
      ...(declared === undefined ? {} : { recreatedRegion: declared }),
      brokerPods: this.topology.regions[regionId].brokers.map(({ brokerId, podName }) => ({
        name: podName,
        running: up.has(brokerId) || this.cutOff.has(brokerId),
        ready: up.has(brokerId) && members.has(brokerId),
      })),
      applicationPods: [],
      ...(this.rolloutOpen === undefined || regionId === this.lost ? {} : { rolloutOpen: this.rolloutOpen }),
    });
  }

  private fill(search: SearchModel, docs: number): void {
    INDICES.forEach(index => search.indices.set(index, { docs, readyAt: 0 }));
    search.indices.set(OWN_INDEX, { docs: 1, readyAt: 0 });
    search.templates = true;
  }
}
