import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { refusalOf, refusalOnTheWay, type Refusal } from '../calls/access';
import { describeCall, pathOf, type HttpCall } from '../calls/call';
import { DeniedError, type HttpResponse, type HttpTransport } from '../calls/http';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../calls/management-calls';
import { errorText, mappings, parsed, textOf, type Reading } from '../calls/readings';
import type { RecoveryPorts, RegionFacts } from '../ports';
import { Absence } from './absence';
import { clusterConfiguration, type ClusterConfiguration } from './cluster-configuration';
import { clusterTopology, type ClusterTopology } from './cluster-topology';

/** The server itself gives up on the coordinator after ten seconds, and its answer is worth waiting for. */
const TIMEOUT_MS: Readonly<Record<HttpCall['target']['kind'], number>> = {
  management: 15_000,
  broker: 10_000,
  rest: 10_000,
  elasticsearch: 30_000,
};

/**
 * The system as a recovery sees it. Readings never throw: that something cannot be read is a fact like others.
 *
 * @internal
 */
export class ClusterView {
  /** Calls sent since the counter was last taken. */
  private sent = 0;
  /** Calls that were refused, since when, until they are answered. */
  private readonly refusedSince = new Map<string, number>();
  private readonly refusals = new Map<string, Refusal & { readonly since: number }>();
  /** When each source of evidence about a region has answered last, in milliseconds since 1970. */
  public readonly lastGood = new Map<string, number>();
  /** Whom gateways do not see, since this world is looked at. */
  public readonly absence: Absence;

  public constructor(
    public readonly topology: RecoveryTopology,
    public readonly ports: RecoveryPorts,
    private readonly onCall: (call: HttpCall, status: number | undefined) => void = () => undefined,
  ) {
    this.absence = new Absence(topology.regions.flatMap(({ brokers }) => brokers.map(({ brokerId }) => brokerId)));
  }

  public async send(call: HttpCall, timeoutMs = TIMEOUT_MS[call.target.kind]): Promise<HttpResponse> {
    this.sent += 1;
    let status: number | undefined;
    try {
      const transport = this.transportOf(call.target);
      const response = await transport.send({
        method: call.method,
        path: pathOf(call),
        body: call.body,
        timeoutMs,
      });
      status = response.status;
      this.note(call, refusalOf(call, response, transport.login));
      return response;
    } catch (error) {
      if (error instanceof DeniedError) this.note(call, refusalOnTheWay(call, error));
      throw error;
    } finally {
      this.onCall(call, status);
    }
  }

  /** How many calls were sent since this was last asked. */
  public takeCallCount(): number {
    const count = this.sent;
    this.sent = 0;
    return count;
  }

  /** Servers that refused this user since this was last asked, and since when they do. */
  public takeRefusals(): readonly (Refusal & { readonly since: number })[] {
    const taken = [...this.refusals.values()];
    this.refusals.clear();
    return taken;
  }

  /** Why a call was refused that was sent since refusals were last taken. */
  public refusalOf(call: HttpCall): Refusal | undefined {
    return this.refusals.get(describeCall(call));
  }

  /** As whom a server is asked. */
  public loginOf(target: HttpCall['target']): string | undefined {
    return this.transportOf(target).login;
  }

  private note(call: HttpCall, refusal: Refusal | undefined): void {
    const key = describeCall(call);
    if (refusal === undefined) {
      this.refusedSince.delete(key);
      this.refusals.delete(key);
      return;
    }
    const since = this.refusedSince.get(key) ?? this.ports.clock.now();
    this.refusedSince.set(key, since);
    this.refusals.set(key, { ...refusal, since });
  }

  /** Sends a call that changes nothing, and reads its answer. */
  public async read<T>(call: HttpCall, as: (value: unknown) => T | undefined, timeoutMs?: number): Promise<Reading<T>> {
    let response: HttpResponse;
    try {
      response = await this.send(call, timeoutMs);
    } catch (error) {
      if (!isTransportError(error)) throw error;
      return { ok: false, why: `${call.path} gave no answer: ${error.message}`, silent: true };
    }
    if (response.status !== 200) return { ok: false, why: `${call.path} answered ${errorText(response)}`, status: response.status };
    const value = as(parsed(response.text));
    return value === undefined ? { ok: false, why: `${call.path} answered with something else than expected` } : { ok: true, value };
  }

  public configuration(): Promise<Reading<ClusterConfiguration>> {
    return this.read(READ_CONFIGURATION, clusterConfiguration);
  }

  public async seenTopology(): Promise<Reading<ClusterTopology>> {
    const reading = await this.read(READ_TOPOLOGY, clusterTopology);
    if (reading.ok) {
      const seen = reading.value.brokers.map(({ brokerId }) => brokerId);
      this.absence.note(seen, this.ports.clock.elapsed());
    }
    return reading;
  }

  /** Status of each exporter by its id. */
  public exporters(): Promise<Reading<ReadonlyMap<string, string>>> {
    return this.read(READ_EXPORTERS, exporterStates);
  }

  public kubernetes(regionId: number): Promise<RegionFacts | undefined> {
    return this.ports.kubernetes.region(regionId);
  }

  /** Whether there is a way to the Elasticsearch of a region at all, be it up or not. */
  public reachesSearch(regionId: number): boolean {
    return this.ports.hasElasticsearch?.(regionId) ?? true;
  }

  private transportOf(target: HttpCall['target']): HttpTransport {
    switch (target.kind) {
      case 'management':
        return this.ports.management;
      case 'rest':
        return this.ports.rest;
      case 'elasticsearch':
        return this.ports.elasticsearch(target.regionId);
      case 'broker':
        if (!this.ports.broker) throw new Error(`no way to broker ${target.brokerId}`);
        return this.ports.broker(target.brokerId);
    }
  }
}

/** From 8.10 on, an entry for each physical tenant. Where they differ, it is as where partitions differ. */
function exporterStates(value: unknown): ReadonlyMap<string, string> | undefined {
  if (!Array.isArray(value)) return undefined;
  const states = new Map<string, string>();
  for (const one of mappings(value)) {
    const [id, status] = [textOf(one.exporterId), textOf(one.status)];
    const known = states.get(id);
    states.set(id, known === undefined || known === status ? status : 'UNKNOWN');
  }
  return states;
}

/** @internal */
export function isTransportError(error: unknown): error is Error {
  return error instanceof Error && ['UndeliveredError', 'NoAnswerError', 'DeniedError'].includes(error.name);
}
