import type { Deployment } from './deployment';
import type { VirtualClock } from './virtual-clock';

const BEAT_MS = 1_000;
const RECORDS_A_BEAT = 3;
/** What is archived in one go. */
const BATCH = 7;
/** Beats for which incidents are still marked after their records were exported. */
const MARKING = 4;
const RUNTIME = 'operate-list-view';
const ARCHIVED = 'operate-list-view_2026-01-01';

export interface LifeOptions {
  /** An archiver that the phase of a recreated region does not stop. */
  readonly archivesAlways?: boolean;
}

/**
 * What goes on in a deployment while a recovery works. Known from camunda/camunda:
 *
 * - Exporters collect records and write them after a delay, also while exporting is paused, and only then move their position
 *   (`CamundaExporter.flushAndReschedule`, `ExporterContainer.updateLastExportedRecordPosition`; `ExporterDirector.pauseExporting` only
 *   keeps records from them).
 * - The archiver copies finished instances to dated indices, and deletes them afterwards. It is a background task of the exporter, which
 *   ends in `CamundaExporter.close` and not with a pause (issues 40845 and 41111), and waits for `history.waitPeriodBeforeArchiving`.
 * - Incidents are marked by updates of documents, by another such task (`IncidentUpdateTask`).
 * - Each login makes a document in `camunda-web-session-*` (`WebSessionRepository`), in the region of the login.
 * - Operate and Tasklist write operations and assignments of their v1 API into the Elasticsearch of their own region.
 */
export class Life {
  private beats = 0;
  /** Records that exporters have been handed, by region. */
  private readonly handed = new Map<number, number>();
  /** Documents that are copied to a dated index, and not deleted yet. */
  private readonly copied = new Map<number, number>();
  private marks = 0;
  private over = false;

  public constructor(
    private readonly deployment: Deployment,
    private readonly clock: VirtualClock,
    private readonly options: LifeOptions = {},
  ) {
    this.beatLater();
  }

  /** Records go to exporters, unless exporting is paused. One that cannot write stops the others. */
  public hand(): void {
    const { engine, search } = this.deployment;
    const active = engine.activeExporters();
    if (engine.exportingIsPaused() || active.some(({ regionId }) => !search[regionId].reachable)) return;
    active.forEach(({ regionId }) => {
      if (this.handedTo(regionId) === engine.written) return;
      this.handed.set(regionId, engine.written);
      this.marks = MARKING;
    });
  }

  /** An exporter that is enabled begins where its position is. */
  public forget(regionId: number): void {
    this.handed.delete(regionId);
  }

  /** Everybody goes home, and exporters write what is left. */
  public end(): void {
    this.over = true;
    this.hand();
    for (const { regionId } of this.deployment.engine.activeExporters()) {
      this.flush(regionId);
      this.finishArchiving(regionId);
    }
  }

  private beatLater(): void {
    this.clock.after(BEAT_MS, () => {
      if (this.over) return;
      this.beats += 1;
      this.beat();
      this.beatLater();
    });
  }

  private beat(): void {
    const { deployment } = this;
    deployment.work(RECORDS_A_BEAT);
    for (const { regionId } of deployment.engine.activeExporters()) {
      if (!deployment.search[regionId].reachable) continue;
      // The exporter of one region is slower, so that the other one is always ahead.
      if (regionId === 0 || this.beats % 3 === 0) this.flush(regionId);
      this.archive(regionId);
      if (this.marks > 0) this.update(regionId, RUNTIME);
    }
    this.marks = Math.max(0, this.marks - 1);
    this.useApplications();
  }

  private handedTo(regionId: number): number {
    return this.handed.get(regionId) ?? this.deployment.engine.exported.get(regionId)!;
  }

  private flush(regionId: number): void {
    const { engine } = this.deployment;
    const missing = this.handedTo(regionId) - engine.exported.get(regionId)!;
    this.add(regionId, 'records', missing);
    engine.exported.set(regionId, this.handedTo(regionId));
  }

  private archive(regionId: number): void {
    if (this.copied.has(regionId)) return this.finishArchiving(regionId);
    const isOff = this.deployment.declared.some(declared => declared !== undefined) && !this.options.archivesAlways;
    const runtime = this.deployment.search[regionId].indices.get(RUNTIME);
    if (isOff || runtime === undefined || runtime.readyAt > this.clock.now()) return;
    const batch = Math.min(BATCH, runtime.docs);
    this.add(regionId, ARCHIVED, batch);
    this.copied.set(regionId, batch);
  }

  private finishArchiving(regionId: number): void {
    this.add(regionId, RUNTIME, -(this.copied.get(regionId) ?? 0));
    this.copied.delete(regionId);
  }

  /** Users log in, assign tasks and cancel instances, where there are gateways for them. */
  private useApplications(): void {
    const { engine, topology, declared } = this.deployment;
    const region = topology.regions.find(({ brokers }) =>
      brokers.some(({ brokerId }) => engine.up.has(brokerId) && engine.members.has(brokerId)),
    );
    if (!region || !this.deployment.search[region.regionId].reachable) return;
    this.add(region.regionId, 'camunda-web-session-8.8.0_', 1);
    if (declared[region.regionId] !== undefined) return;
    this.add(region.regionId, 'operate-operation-8.4.1_', 1);
    this.update(region.regionId, 'tasklist-task');
  }

  private add(regionId: number, name: string, count: number): void {
    const { indices } = this.deployment.search[regionId];
    const before = indices.get(name) ?? { docs: 0, readyAt: 0 };
    // A deletion is a write as well.
    const updates = (before.updates ?? 0) + (count < 0 ? -2 * count : 0);
    if (count !== 0) indices.set(name, { ...before, docs: before.docs + count, updates });
  }

  private update(regionId: number, name: string): void {
    const index = this.deployment.search[regionId].indices.get(name);
    if (index) index.updates = (index.updates ?? 0) + 1;
  }
}
