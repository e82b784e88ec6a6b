import { crossingFlows, endText, Party, type Flow } from '../../../constructs/topology/plan/flows/flows';
import type { Topology } from '../../../constructs/topology/topology';

/** Rows of a region in which something of the other region arrives, from above to below. */
const LANE_ROWS = ['engine', 'further', 'search', 'forwarder'] as const;
export type LaneRow = (typeof LANE_ROWS)[number];

/** What the accepting side is called in the picture. */
export const TARGET_NAMES: { readonly [row in LaneRow]: string } = {
  engine: 'brokers',
  further: 'Connectors',
  search: 'Elasticsearch',
  forwarder: 'DNS forwarder',
};

/** The flows that cross, as security groups open them, by the row in which they arrive. */
export function lanesOf({ flows }: Topology): Map<LaneRow, Flow[]> {
  const crossing = crossingFlows(flows);
  const lanes = LANE_ROWS.map((row): [LaneRow, Flow[]] => [row, crossing.filter(({ target }) => rowOf(target) === row)]);
  return new Map(lanes.filter(([, own]) => own.length > 0));
}

/** Flows of the settings may lead to any part of Camunda. */
function rowOf(target: Party): LaneRow {
  switch (target) {
    case Party.ELASTICSEARCH:
      return 'search';
    case Party.CONNECTORS:
      return 'further';
    case Party.DNS_FORWARDER:
      return 'forwarder';
    default:
      return 'engine';
  }
}

/** What a flow is for, and who opens it if that is nobody in the picture. */
export function lanePurpose(flow: Flow): string {
  return flow.source === Party.OTHER_NAMESPACE ? `${flow.purpose}, from ${endText(flow, 'source')}` : flow.purpose;
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
