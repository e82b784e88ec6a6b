import type { RecoveryTopology } from '../../constructs/topology/recovery-topology';
import { pathOf, type HttpCall } from './call';
import { clusterConfiguration, type ClusterConfiguration } from './cluster-configuration';
import { clusterTopology, type ClusterTopology } from './cluster-topology';
import type { HttpResponse, HttpTransport } from './http';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from './management-calls';
import type { RecoveryPorts, RegionFacts } from './ports';
import { errorText, mappings, parsed, textOf, type Reading } from './readings';

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
export class World {
  /** Calls sent since the counter was last taken. */
  private sent = 0;

  public constructor(
    public readonly topology: RecoveryTopology,
    public readonly ports: RecoveryPorts,
    private readonly onCall: (call: HttpCall, status: number | undefined) => void = () => undefined,
  ) {}

  public async send(call: HttpCall): Promise<HttpResponse> {
    this.sent += 1;
    let status: number | undefined;
    try {
      const response = await this.transportOf(call).send({
        method: call.method,
        path: pathOf(call),
        body: call.body,
        timeoutMs: TIMEOUT_MS[call.target.kind],
      });
      status = response.status;
      return response;
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

  /** Sends a call that changes nothing, and reads its answer. */
  public async read<T>(call: HttpCall, as: (value: unknown) => T | undefined): Promise<Reading<T>> {
    let response: HttpResponse;
    try {
      response = await this.send(call);
    } catch (error) {
      if (!isTransportError(error)) throw error;
      return { ok: false, why: `${call.path} gave no answer: ${error.message}` };
    }
    if (response.status !== 200) return { ok: false, why: `${call.path} answered ${errorText(response)}`, status: response.status };
    const value = as(parsed(response.text));
    return value === undefined ? { ok: false, why: `${call.path} answered with something else than expected` } : { ok: true, value };
  }

  public configuration(): Promise<Reading<ClusterConfiguration>> {
    return this.read(READ_CONFIGURATION, clusterConfiguration);
  }

  public seenTopology(): Promise<Reading<ClusterTopology>> {
    return this.read(READ_TOPOLOGY, clusterTopology);
  }

  /** Status of each exporter by its id. */
  public exporters(): Promise<Reading<ReadonlyMap<string, string>>> {
    return this.read(READ_EXPORTERS, value =>
      Array.isArray(value) ? new Map(mappings(value).map(one => [textOf(one.exporterId), textOf(one.status)])) : undefined,
    );
  }

  public kubernetes(regionId: number): Promise<RegionFacts | undefined> {
    return this.ports.kubernetes.region(regionId);
  }

  private transportOf({ target }: HttpCall): HttpTransport {
    switch (target.kind) {
      case 'management':
        return this.ports.management;
      case 'rest':
        return this.ports.rest;
      case 'elasticsearch':
        return this.ports.elasticsearch(target.regionId);
      case 'broker':
        if (!this.ports.broker) throw new Error(`no way to broker ${target.nodeId}`);
        return this.ports.broker(target.nodeId);
    }
  }
}

/** @internal */
export function isTransportError(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'UndeliveredError' || error.name === 'NoAnswerError');
}
