import { PORTS, Transport, type Flow } from '../../../constructs/topology/plan/flows/flows';
import { admitsPeer, admitsPort, decidesAbout, DIRECTIONS, rulesOf, type Direction, type Policy } from './network-policy-filter';
import type { Station } from './network-stations';

/** Every port that anything listens on, and two that nothing does, with both protocols. */
export const PORTS_TO_TRY = [...new Set([...Object.values(PORTS), 22, 9090])].flatMap(port =>
  Object.values(Transport).map(transport => ({ port, transport })),
);

/**
 * Which of all connections one side lets through: for Ingress, the accepting one, and for Egress, the one that opens it. The
 * sides are looked at one by one, because what one side grants too much would not be seen while the other refuses it.
 */
export type Matrix = Readonly<Record<Direction['type'], Uint8Array>>;

/** Place of a connection in a matrix: who decides, the other end, and the port. */
function place(stations: readonly Station[], subject: number, other: number, port: number): number {
  return (subject * stations.length + other) * PORTS_TO_TRY.length + port;
}

/** A filter for policies between stations. */
export interface PacketFilter {
  /** What policies let through. A pod that no policy decides about sends and receives everything. */
  readonly admittedBy: (policies: readonly Policy[]) => Matrix;
  /** Whether they let through exactly what is wanted, at the pods that some of them decide about. */
  readonly admitsExactly: (policies: readonly Policy[], wanted: Matrix, at: readonly Policy[]) => boolean;
}

/** What one policy means is worked out once, so that many sets that differ in one policy are quickly looked at. */
export function packetFilter(stations: readonly Station[]): PacketFilter {
  const length = stations.length * PORTS_TO_TRY.length;
  const known = new Map(DIRECTIONS.map(({ type }) => [type, new WeakMap<Policy, Grant>()]));
  const grantOf = (policy: Policy, direction: Direction): Grant => {
    const grants = known.get(direction.type)!;
    let grant = grants.get(policy);
    if (!grant) {
      const decides = stations.map(({ endpoint }) => decidesAbout(policy, direction, endpoint));
      grant = { decides, row: rowOf(policy, direction, stations) };
      grants.set(policy, grant);
    }
    return grant;
  };
  const rowFor = (grants: readonly Grant[], subject: number): Uint8Array => {
    if (!stations[subject].inNamespace) return new Uint8Array(length);
    const deciding = grants.filter(({ decides }) => decides[subject]);
    if (deciding.length === 0) return new Uint8Array(length).fill(1);
    const sum = Uint8Array.from(deciding[0].row);
    for (const { row } of deciding.slice(1)) for (let i = 0; i < length; i++) sum[i] |= row[i];
    return sum;
  };
  return {
    admittedBy: policies =>
      bothWays(direction => {
        const grants = policies.map(policy => grantOf(policy, direction));
        const matrix = new Uint8Array(stations.length * length);
        stations.forEach((_, subject) => matrix.set(rowFor(grants, subject), subject * length));
        return matrix;
      }),
    admitsExactly: (policies, wanted, at) =>
      DIRECTIONS.every(direction => {
        const grants = policies.map(policy => grantOf(policy, direction));
        const looked = at.map(policy => grantOf(policy, direction));
        return stations.every((_, subject) => {
          if (!looked.some(({ decides }) => decides[subject])) return true;
          const row = wanted[direction.type].subarray(subject * length, (subject + 1) * length);
          return Buffer.compare(rowFor(grants, subject), row) === 0;
        });
      }),
  };
}

/** Whom a policy decides about, by station, and what it grants to each of them. */
interface Grant {
  readonly decides: readonly boolean[];
  readonly row: Uint8Array;
}

/** What one policy grants: the same to every pod that it decides about. */
function rowOf(policy: Policy, direction: Direction, stations: readonly Station[]): Uint8Array {
  const row = new Uint8Array(stations.length * PORTS_TO_TRY.length);
  for (const rule of rulesOf(policy, direction)) {
    const ports = PORTS_TO_TRY.map(({ port, transport }) => admitsPort(rule, port, transport));
    stations.forEach(({ endpoint }, other) => {
      if (!admitsPeer(rule, direction, endpoint, policy.metadata.namespace)) return;
      ports.forEach((admitted, port) => {
        if (admitted) row[place(stations, 0, other, port)] = 1;
      });
    });
  }
  return row;
}

/** What one side lets through of a connection with the other end, by port and protocol. */
export type Judge = (
  direction: Direction['type'],
  subject: Station,
  other: Station,
) => (tried: { readonly port: number; readonly transport: Transport }) => boolean;

/** What is let through by a judge that is asked about each pod of the namespace, as either side of every connection. */
export function matrixOf(stations: readonly Station[], judge: Judge): Matrix {
  return bothWays(({ type }) => {
    const matrix = new Uint8Array(stations.length ** 2 * PORTS_TO_TRY.length);
    stations.forEach((subject, i) => {
      if (!subject.inNamespace) return;
      stations.forEach((other, j) => {
        const admits = judge(type, subject, other);
        PORTS_TO_TRY.forEach((tried, k) => {
          if (admits(tried)) matrix[place(stations, i, j, k)] = 1;
        });
      });
    });
    return matrix;
  });
}

/** What flows want to be let through, and nothing else. */
export function wantedBy(flows: readonly Flow[], stations: readonly Station[]): Matrix {
  return matrixOf(stations, (type, subject, other) => {
    const [from, to] = type === 'Ingress' ? [other, subject] : [subject, other];
    const between = flows.filter(
      flow => from.parties.includes(flow.source) && to.parties.includes(flow.target) && (flow.crossRegion || !other.otherRegion),
    );
    return ({ port, transport }) => between.some(flow => flow.port === port && flow.transport === transport);
  });
}

/** The connections of a matrix as lines of text. */
export function linesOf(matrix: Matrix, stations: readonly Station[]): string[] {
  return DIRECTIONS.flatMap(({ type }) =>
    stations.flatMap((subject, i) =>
      stations.flatMap((other, j) => {
        const [from, to] = type === 'Ingress' ? [other, subject] : [subject, other];
        return PORTS_TO_TRY.filter((_, k) => matrix[type][place(stations, i, j, k)]).map(
          ({ port, transport }) => `${type}: ${from.name} -> ${to.name} ${port}/${transport}`,
        );
      }),
    ),
  );
}

function bothWays(make: (direction: Direction) => Uint8Array): Matrix {
  return Object.fromEntries(DIRECTIONS.map(direction => [direction.type, make(direction)])) as unknown as Matrix;
}
