import { crossingFlows, Party, type Flow } from '../../../constructs/topology/plan/flows/flows';
import type { Topology } from '../../../constructs/topology/topology';

/** Rows of a region in which something of the other region arrives. */
export type LaneRow = 'engine' | 'search' | 'forwarder';

const LANE_ROWS: readonly LaneRow[] = ['engine', 'search', 'forwarder'];

/** What the accepting side is called in the picture. */
export const TARGET_NAMES: { readonly [row in LaneRow]: string } = {
  engine: 'brokers',
  search: 'Elasticsearch',
  forwarder: 'DNS forwarder',
};

/** The flows that cross, as security groups open them, by the row in which they arrive. */
export function lanesOf({ flows }: Topology): Map<LaneRow, Flow[]> {
  const crossing = crossingFlows(flows);
  return new Map(LANE_ROWS.map(row => [row, crossing.filter(flow => rowOf(flow.target) === row)]));
}

function rowOf(target: Party): LaneRow {
  if (target === Party.ELASTICSEARCH) return 'search';
  return target === Party.DNS_FORWARDER ? 'forwarder' : 'engine';
}

/** Facts of a flow, for tests and styles. Every crossing flow is opened from either region. */
export function laneData({ port, transport, target }: Flow): { readonly [name: string]: string | number } {
  return { port, transport, target, direction: 'both' };
}

export function laneTitle({ port, transport }: Flow): string {
  return `${port} ${transport}`;
}

/** What is known of the distance, in words. */
export function distanceText({ roundTrip }: Topology): string {
  return roundTrip.milliseconds === undefined ? 'round trip unknown' : `round trip about ${roundTrip.milliseconds} ms`;
}
