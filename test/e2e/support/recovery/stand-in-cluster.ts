import type { IncomingMessage, ServerResponse } from 'node:http';
import { recoveryTopology, type RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import type { Answer } from '../../../recovery/stand-in/answer';
import { EngineModel } from '../../../recovery/stand-in/engine-model';
import { ManagementApi } from '../../../recovery/stand-in/management-api';
import { restAnswer } from '../../../recovery/stand-in/rest-api';
import { askApiServer } from '../api-server';
import { bed } from '../bed';
import { BROKERS, isReady, namespaceOf, type Pod } from '../life';
import type { SearchNode } from '../search';
import { RealClock } from './real-clock';
import { makeSchema, writeRecords } from './records';

const LOOK_MS = 250;
const DURATIONS = { operation: 20, gossip: 1_500 };

/**
 * Stand-in for the Zeebe cluster of the bed. Its brokers are up where their pods are ready in the real clusters, and its
 * exporters write into the two real Elasticsearch as Camunda's user. There is no Zeebe in it.
 */
export class StandInCluster {
  public readonly topology: RecoveryTopology;
  public readonly model: EngineModel;
  /** Everything that was sent and changes something, with the target's path. */
  public readonly writes: string[] = [];
  private readonly management: ManagementApi;
  private readonly clock = new RealClock();
  /** Regions that are cut off: their brokers don't count, whatever their pods say. */
  private readonly cutOff = new Set<number>();
  private readonly loop: Promise<void>;
  private stopped = false;

  public constructor(private readonly searchNodes: readonly SearchNode[]) {
    this.topology = recoveryTopology(bed().topology);
    this.model = new EngineModel(this.topology, this.clock, DURATIONS);
    this.model.written = 0;
    this.topology.regions.forEach(({ regionId }) => this.model.exported.set(regionId, 0));
    this.management = new ManagementApi(this.model, (id, from) => this.model.initializeExporter(id, from));
    this.loop = this.live();
  }

  /** Operate makes the schema in both regions. */
  public async begin(): Promise<void> {
    for (const node of this.searchNodes) await makeSchema(node);
  }

  /** Users start processes: partitions write records, and exporters pass them on. */
  public work(records: number): void {
    this.model.written += records;
  }

  /** Whether every exporter that is enabled has passed on everything. */
  public get allExported(): boolean {
    return this.model.activeExporters().every(({ regionId }) => this.model.exported.get(regionId) === this.model.written);
  }

  /** A region is gone, and stays cut off until it is recreated. */
  public lose(regionId: number): void {
    this.cutOff.add(regionId);
    this.topology.regions[regionId].brokers.forEach(({ brokerId }) => this.model.stop(brokerId));
  }

  /** Brokers of the region count again, from when their pods are ready. */
  public recreate(regionId: number): void {
    this.cutOff.delete(regionId);
  }

  /** Handles requests for a broker, or for a gateway on its own. */
  public handler(kind: 'management' | 'rest', brokerId?: string): (request: IncomingMessage, response: ServerResponse) => void {
    return (request, response) => void this.handle(kind, brokerId, request, response);
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    this.clock.stop();
    await this.loop;
  }

  private async handle(
    kind: 'management' | 'rest',
    brokerId: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { up } = this.model;
    if (brokerId === undefined ? up.size === 0 : !up.has(brokerId)) {
      request.socket.destroy();
      return;
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://stand-in');
    const method = request.method ?? '';
    if (method !== 'GET' && query.get('dryRun') !== 'true') this.writes.push(`${method} ${request.url}`);
    const question = { method, path, query, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    const answer: Answer =
      kind === 'rest'
        ? restAnswer(this.model, question)
        : path === '/actuator/partitions' && brokerId !== undefined
          ? this.management.brokerPartitions(brokerId)
          : this.management.answer(question);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  }

  private async live(): Promise<void> {
    while (!this.stopped) {
      await Promise.all(this.topology.regions.map(({ regionId }) => this.lookAtPods(regionId)));
      await this.export();
      await new Promise(resolve => setTimeout(resolve, LOOK_MS));
    }
  }

  private async lookAtPods(regionId: number): Promise<void> {
    if (this.cutOff.has(regionId)) return;
    const path = `/api/v1/namespaces/${namespaceOf(regionId)}/pods?labelSelector=${encodeURIComponent(BROKERS)}`;
    // An API server that does not answer says nothing about brokers.
    const pods = await askApiServer<{ items: Pod[] }>(regionId, path).catch(() => undefined);
    if (!pods || this.cutOff.has(regionId)) return;
    for (const { brokerId, podName } of this.topology.regions[regionId].brokers) {
      const ready = pods.items.some(pod => pod.metadata.name === podName && isReady(pod));
      if (ready && !this.model.up.has(brokerId)) this.model.start(brokerId);
      if (!ready && this.model.up.has(brokerId)) this.model.stop(brokerId);
    }
  }

  /** Exporters run one after the other: one that cannot write stops the others. */
  private async export(): Promise<void> {
    const { model } = this;
    if (model.exportingIsPaused() || [...model.partitions.keys()].some(id => !model.hasQuorum(id))) return;
    const exporters = model.activeExporters();
    for (const { regionId } of exporters) if (!(await answers(this.searchNodes[regionId]))) return;
    const { written } = model;
    for (const { regionId } of exporters) {
      try {
        await writeRecords(this.searchNodes[regionId], model.exported.get(regionId)!, written);
      } catch {
        // It tries again, and the same record is the same document.
        return;
      }
      model.exported.set(regionId, written);
    }
  }
}

async function answers(node: SearchNode): Promise<boolean> {
  return node.ask('camunda', 'GET', '/_cluster/health').then(
    ({ status }) => status === 200,
    () => false,
  );
}
