import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { NodeHttpTransport } from '../../../bin/recover/http-transport';
import type { RecoveryTopology, SnapshotRepository } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpResponse, HttpTransport } from '../../../lib/recovery/calls/http';
import { planOf, freshProgress } from '../../../lib/recovery/plans/recovery-request';
import type { Clock, RecoveryPorts } from '../../../lib/recovery/ports';
import type { RecoveryRequest, Progress } from '../../../lib/recovery/record/progress';
import { Engine, type Interruption } from '../../../lib/recovery/run/engine';
import type { Listener, RecoveryEvent } from '../../../lib/recovery/run/events';
import { Journal } from '../../../lib/recovery/run/journal';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { Deployment, type DeploymentOptions } from '../stand-in/deployment';
import { addressWith, faultIn, FaultPlan, type Fault } from '../stand-in/faults';
import { MemoryLease, MemoryStore, type SharedLease } from '../stand-in/memory-store';
import type { StandInServer } from '../stand-in/server';
import { VirtualClock } from '../stand-in/virtual-clock';

export const REPOSITORY: SnapshotRepository = { type: 's3', settings: { bucket: 'snapshots', base_path: 'failback' } };
export const QUICK = { operation: 10, gossip: 2_000, snapshot: 100 };

/** The port for discarding everything, on which nobody listens. */
const NOBODY = 'http://127.0.0.1:9';

/** The process ends here, as if somebody had pulled the plug. */
export class Killed extends Error {
  public override readonly name = 'Killed';
}

export interface ScenarioOptions extends Partial<DeploymentOptions> {
  readonly withoutBrokers?: boolean;
  /** The way to Elasticsearch leads through the Kubernetes API of its region, as with kubeconfigs. */
  readonly searchThroughKubernetes?: boolean;
  /** What the program is told, where that is not what is there. */
  readonly described?: RecoveryTopology;
  /** @default - one that stands still but while somebody waits */
  readonly clock?: VirtualClock;
}

/** One deployment that loses a region, and the operators who deal with it. */
export class Scenario {
  public readonly clock: VirtualClock;
  public readonly deployment: Deployment;
  public readonly store = new MemoryStore();
  private readonly lease: SharedLease = { renewal: 0 };
  public readonly events: RecoveryEvent[] = [];
  public faults = new FaultPlan();
  /** Called with each event, after it is recorded. */
  public onEvent: Listener = () => undefined;

  public constructor(
    private readonly server: StandInServer,
    private readonly url: string,
    private readonly options: ScenarioOptions = {},
  ) {
    this.clock = options.clock ?? new VirtualClock();
    this.deployment = new Deployment({ version: '8.9', clusterSize: 8, durations: QUICK, ...options }, this.clock);
    this.use(new FaultPlan());
  }

  public get topology(): RecoveryTopology {
    return this.options.described ?? this.deployment.topology;
  }

  public use(faults: FaultPlan): void {
    this.faults = faults;
    this.server.serve(this.deployment, faults);
  }

  public lose(regionId: number): void {
    this.deployment.work(40);
    this.deployment.lose(regionId);
    this.clock.pass(QUICK.gossip);
  }

  /** Begins as a new operator would. */
  public async begin(
    request: RecoveryRequest,
    operator = 'ada',
    ports: Partial<RecoveryPorts> = {},
    steps: Progress['steps'] = {},
  ): Promise<void> {
    const all = { ...this.ports(), ...ports };
    const { version } = await all.store.read();
    await this.go(freshProgress(request, this.topology, operator, all.clock.now(), steps), version, operator, all);
  }

  public async resume(
    operator = 'ada',
    ports: Partial<RecoveryPorts> = {},
    change: (progress: Progress) => Progress = same => same,
  ): Promise<void> {
    const all = { ...this.ports(), ...ports };
    const { progress, version } = await all.store.read();
    if (!progress) throw new Error('nothing to resume');
    await this.go(change(progress), version, operator, all);
  }

  /** The clock of an operator's machine, which may go wrong by some time. */
  public clockOf(aheadMs = 0): Clock {
    const { clock } = this;
    return {
      now: () => clock.now() + aheadMs,
      elapsed: () => clock.elapsed(),
      sleep: milliseconds => clock.sleep(milliseconds),
      after: (milliseconds, run) => clock.after(milliseconds, run),
    };
  }

  /** The lease as a new process sees it. */
  public leaseOf(): MemoryLease {
    return new MemoryLease(this.clock, this.lease);
  }

  public ports(): RecoveryPorts {
    return {
      management: this.transport('management'),
      rest: this.transport('rest'),
      elasticsearch: regionId => this.transport(`elasticsearch${regionId}`),
      searchThroughKubernetes: this.options.searchThroughKubernetes ?? false,
      ...(this.options.withoutBrokers ? {} : { broker: (brokerId: string) => this.transport(`broker${brokerId}`) }),
      kubernetes: this.deployment,
      clock: this.clock,
      store: this.store,
      lease: this.leaseOf(),
    };
  }

  public progress(): Progress {
    return JSON.parse(this.store.text!) as Progress;
  }

  public interruption: Interruption = { requested: false };

  private async go(progress: Progress, version: string | undefined, operator: string, ports: RecoveryPorts): Promise<void> {
    const journal = new Journal(ports, operator, progress, version);
    const view = new ClusterView(this.topology, ports);
    const listener: Listener = event => {
      // A day of looks is less than this. A run without an end would go on behind the tests that come after it.
      if (this.events.push(event) > 20_000) throw new Error('this run does not end');
      this.onEvent(event);
    };
    await new Engine(view, journal, listener, this.interruption).run(planOf(this.topology, progress.request));
  }

  private transport(server: string): HttpTransport {
    return {
      send: async request => {
        const fault = this.faults.next(`${request.method} ${request.path}`);
        if (fault === undefined && this.server.way === 'within the process') return this.server.ask(server, request);
        if (fault === 'refused') return new NodeHttpTransport({ url: NOBODY }).send(request);
        const error = breakOf(fault, request.timeoutMs);
        if (fault?.startsWith('no answer')) this.clock.pass(request.timeoutMs);
        const sending = new NodeHttpTransport({ url: addressWith(fault, this.url, server) });
        const sent = (): Promise<HttpResponse> => sending.send({ ...request, timeoutMs: 5_000 });
        return error === undefined ? sent() : broken(this.faults, error, sent);
      },
    };
  }
}

/** With what a connection ends at its client's end, where the server says nothing. */
function breakOf(fault: Fault | undefined, timeoutMs: number): Error | undefined {
  if (fault?.startsWith('no answer')) return new Error(`no answer within ${timeoutMs} ms`);
  return fault === 'unreachable after acting' ? Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH' }) : undefined;
}

/** Lets the connection of a request end with an error of this machine, once the server has read it. Real time would be another one on a busy machine. */
async function broken(faults: FaultPlan, error: Error, send: () => Promise<HttpResponse>): Promise<HttpResponse> {
  const onStart = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    // Others may be under way side by side.
    if (faultIn(request.path).fault !== undefined) faults.breakConnection = () => request.destroy(error);
  };
  subscribe('http.client.request.start', onStart);
  try {
    return await send();
  } finally {
    unsubscribe('http.client.request.start', onStart);
  }
}

/** How a run has ended: undefined if it came to its end. */
export async function endOf(run: Promise<void>): Promise<RecoveryStop | Killed | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    if (error instanceof RecoveryStop || error instanceof Killed) return error;
    throw error;
  }
}

/** Deploys what a run waits for, as its people would. */
export function peopleDeploy(scenario: Scenario, recreated: number): Listener {
  return event => {
    if (event.kind !== 'check' || event.finding.state === 'met') return;
    const { deployment } = scenario;
    if (event.step.id === 'await-recreation' && deployment.declared[recreated] === undefined) {
      // What is there already is only declared once more.
      if (deployment.search[recreated].reachable) deployment.declared.fill(recreated);
      else deployment.recreate(recreated);
    }
    if (event.step.id === 'await-steady-state' && event.finding.state === 'open') deployment.settle();
  };
}
