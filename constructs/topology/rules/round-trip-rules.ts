import type { ResolvedSettings } from '../settings/resolved-settings';
import { partitionOf } from '../versions/aws-partitions';
import { AWS_REGIONS } from '../versions/aws-regions';
import { ROUND_TRIP_LIMIT_MS, ROUND_TRIP_WARNING_MS, roundTripBetween } from '../versions/round-trip';
import { errorOf, warningOf, type Problem } from './judging/problem';

/** @internal */
export function roundTripProblems(settings: ResolvedSettings): Problem[] {
  return isMilliseconds(settings.acknowledgedRoundTripMs) ? distanceProblems(settings) : [];
}

function isMilliseconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function distanceProblems({ regions, acknowledgedRoundTripMs }: ResolvedSettings): Problem[] {
  const [first, second] = regions.map(region => region.awsRegion);
  // A region that is unknown or misspelt has its own problem, and so have two that cannot reach each other.
  if (regions.length !== 2 || first === second || !AWS_REGIONS.includes(first) || !AWS_REGIONS.includes(second)) return [];
  if (partitionOf(first) !== partitionOf(second)) return [];
  const { milliseconds, source } = roundTripBetween(first, second);
  const setting = 'regions[1].awsRegion';
  if (milliseconds === undefined) {
    return [
      warningOf({
        rule: 'round-trip-unknown',
        setting,
        value: second,
        requirement: `should be a region whose distance from ${first} is known`,
        fix: `measure the round-trip time; Camunda wants at most ${ROUND_TRIP_LIMIT_MS} ms`,
      }),
    ];
  }
  const requirement = (verb: string, limit: number): string =>
    `${verb} be at most ${limit} ms from ${first}, and is ${milliseconds} ms away (${source})`;
  if (milliseconds > ROUND_TRIP_LIMIT_MS && milliseconds > acknowledgedRoundTripMs) {
    return [
      errorOf({
        rule: 'round-trip',
        setting,
        value: second,
        requirement: requirement('must', ROUND_TRIP_LIMIT_MS),
        fix: "choose regions that are closer, or measure and set 'acknowledgedRoundTripMs' to what you accept: every command waits for the other region",
      }),
    ];
  }
  if (milliseconds > ROUND_TRIP_WARNING_MS) {
    return [
      warningOf({
        rule: 'round-trip-long',
        setting,
        value: second,
        requirement: requirement('should', ROUND_TRIP_WARNING_MS),
        fix: 'load-test with your processes: every command waits for the other region',
      }),
    ];
  }
  return [];
}
