import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../../lib/recovery/calls/http';
import type { RecoveryPorts, RegionFacts } from '../../../lib/recovery/ports';
import type { Attempt } from '../../../lib/recovery/record/progress';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { topologyOf } from '../stand-in/deployment';
import { MemoryLease, MemoryStore } from '../stand-in/memory-store';
import { VirtualClock } from '../stand-in/virtual-clock';

/** A string or an object is a 200 with it, a number a status with nothing, an error no answer at all. */
export type CannedAnswer = string | number | Error | object | HttpResponse;

export interface AnsweringView {
  readonly view: ClusterView;
  readonly clock: VirtualClock;
  /** Every request, as `GET management/actuator/cluster`. */
  readonly requests: readonly string[];
  readonly sent: readonly HttpRequest[];
}

export interface AnsweringOptions {
  readonly topology?: RecoveryTopology;
  readonly answers?: { readonly [request: string]: CannedAnswer };
  readonly regions?: readonly (RegionFacts | undefined)[];
  readonly withoutBrokers?: boolean;
  /** As whom a server is asked, by the server. */
  readonly logins?: { readonly [server: string]: string };
}

export const TOPOLOGY = topologyOf('8.9', 4);

/** A sentence, whatever it says. */
export const ANYTHING: string = expect.stringMatching(/\w/) as string;

/** A configuration with a change that is under way. */
export const pending = (...operations: string[]): object => ({
  pendingChange: { id: 8, startedAt: '2026', pending: operations.map(operation => ({ operation })) },
});

export const CONFIGURATION = 'GET management/actuator/cluster';
export const EXPORTERS = 'GET management/actuator/exporters';
export const SEEN = 'GET rest/v2/topology';
export const SEARCH_1 = 'GET elasticsearch1/_cluster/health';

/** Servers that answer from a table, without a network: for looks at one condition. What is not in the table is a 404. */
export function answeringView({
  topology = TOPOLOGY,
  answers = {},
  regions = [],
  withoutBrokers = false,
  logins = {},
}: AnsweringOptions): AnsweringView {
  const clock = new VirtualClock();
  const requests: string[] = [];
  const sent: HttpRequest[] = [];
  const transport = (server: string): HttpTransport => ({
    login: logins[server],
    send: request => {
      const line = `${request.method} ${server}${request.path}`;
      requests.push(line);
      sent.push(request);
      const answer = answers[line] ?? 404;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(responseOf(answer));
    },
  });
  const ports: RecoveryPorts = {
    management: transport('management'),
    rest: transport('rest'),
    elasticsearch: regionId => transport(`elasticsearch${regionId}`),
    ...(withoutBrokers ? {} : { broker: (brokerId: string) => transport(`broker${brokerId}`) }),
    kubernetes: { region: regionId => Promise.resolve(regions[regionId]) },
    clock,
    store: new MemoryStore(),
    lease: new MemoryLease(clock),
  };
  return { view: new ClusterView(topology, ports), clock, requests, sent };
}

function responseOf(answer: Exclude<CannedAnswer, Error>): HttpResponse {
  if (typeof answer === 'number') return { status: answer, text: '' };
  if (typeof answer === 'string') return { status: 200, text: answer };
  if ('status' in answer && 'text' in answer) return answer;
  return { status: 200, text: JSON.stringify(answer) };
}

/** The answer of `/actuator/cluster` with these members, each with all partitions of the topology that it should hold. */
export function configurationOf(ids: readonly number[], more: object = {}, topology = TOPOLOGY): { readonly brokers: unknown[] } {
  return {
    brokers: ids.map(id => ({
      id,
      state: 'ACTIVE',
      partitions: topology.partitions
        .filter(({ replicas }) => replicas.includes(String(id)))
        .map(({ partitionId }) => ({ id: partitionId, state: 'ACTIVE' })),
    })),
    ...more,
  };
}

/** The answer of `/v2/topology` with these brokers: each leads the partitions that begin with it, or that the first one has to. */
export function seenOf(ids: readonly number[], more: { readonly clusterSize?: number } = {}, topology = TOPOLOGY) {
  return {
    clusterSize: ids.length,
    replicationFactor: 4,
    brokers: ids.map(nodeId => ({
      nodeId,
      partitions: topology.partitions
        .filter(({ replicas }) => replicas.includes(String(nodeId)))
        .map(({ partitionId, replicas }) => ({
          partitionId,
          role: replicas.find(id => ids.includes(Number(id))) === String(nodeId) ? 'leader' : 'follower',
          health: 'healthy',
        })),
    })),
    ...more,
  };
}

export function exportersOf(statuses: { readonly [exporterId: string]: string }): unknown[] {
  return Object.entries(statuses).map(([exporterId, status]) => ({ exporterId, status }));
}

export function attempt(outcome: Attempt['outcome'], more: Partial<Attempt> = {}): Attempt {
  return { at: 0, by: 'ada', call: '', outcome, ...more };
}

/** A request that never left this machine, and one that may have arrived. */
export function failure(name: 'UndeliveredError' | 'NoAnswerError', message = 'cut off'): Error {
  return Object.assign(new Error(message), { name });
}
