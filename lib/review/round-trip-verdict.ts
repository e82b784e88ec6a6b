import { planOf } from '../../constructs/topology/plan-of';
import type { Topology } from '../../constructs/topology/topology';
import { ROUND_TRIP_LIMIT_MS, ROUND_TRIP_WARNING_MS } from '../../constructs/topology/versions/round-trip';

/**
 * What is to be thought of the distance between the regions.
 *
 * @internal
 */
export interface RoundTripVerdict {
  readonly text: string;
  readonly tone: 'good' | 'warning';
}

/**
 * Judges the distance as Camunda's documentation does.
 *
 * @internal
 */
export function roundTripVerdict(topology: Topology): RoundTripVerdict {
  const {
    roundTrip: { milliseconds },
  } = topology;
  const { settings } = planOf(topology);
  if (milliseconds === undefined) {
    return { text: `unknown: measure it, Camunda wants at most ${ROUND_TRIP_LIMIT_MS} ms`, tone: 'warning' };
  }
  if (milliseconds > ROUND_TRIP_LIMIT_MS) {
    const accepted = `accepted by acknowledgedRoundTripMs: ${settings.acknowledgedRoundTripMs}`;
    return { text: `above Camunda's ${ROUND_TRIP_LIMIT_MS} ms, ${accepted}`, tone: 'warning' };
  }
  if (milliseconds > ROUND_TRIP_WARNING_MS) {
    return { text: `close to Camunda's ${ROUND_TRIP_LIMIT_MS} ms: load-test with your processes`, tone: 'warning' };
  }
  return { text: `within Camunda's ${ROUND_TRIP_LIMIT_MS} ms`, tone: 'good' };
}
