/** What is known of the distance between both regions. */
export interface RoundTrip {
  /**
   * Milliseconds there and back.
   *
   * @default - unknown
   */
  readonly milliseconds?: number;

  /**
   * Where the figure comes from, with its date.
   *
   * @default - unknown
   */
  readonly source?: string;
}

/** Up to here a pair of regions raises no question. */
export const ROUND_TRIP_WARNING_MS = 80;

/**
 * Above this, a pair of regions needs an acknowledgement. From 8.9 on Camunda calls it a guideline, and nothing enforces it. It is asked for
 * all the same: every command waits for it, it shows under load only, and the regions of a deployment cannot be changed later.
 *
 * @see Camunda 8 docs, dual-region: the round-trip time should not exceed 100 ms
 */
export const ROUND_TRIP_LIMIT_MS = 100;

const FANTOCH = 'ICMP averages between EC2 regions, fantoch project, June 2020';
const CLOUDPING = 'cloudping.co matrix, TCP, undated';

/**
 * The month in which a figure was measured, as `2020-06`. Undefined where its source does not say.
 *
 * @internal
 */
export function monthOfMeasurement({ source }: RoundTrip): string | undefined {
  return source === FANTOCH ? '2020-06' : undefined;
}

/**
 * Pairs in alphabetical order. Of two figures the larger one counts.
 *
 * @internal
 */
export const ROUND_TRIPS: readonly (readonly [string, string, number, string])[] = [
  ['eu-west-2', 'eu-west-3', 7.8, FANTOCH],
  ['eu-central-1', 'eu-west-3', 8.9, FANTOCH],
  ['eu-central-1', 'eu-south-1', 9.6, FANTOCH],
  ['us-east-1', 'us-east-2', 10.5, FANTOCH],
  ['eu-west-1', 'eu-west-2', 10.5, FANTOCH],
  ['eu-central-1', 'eu-west-2', 14.7, FANTOCH],
  ['ca-central-1', 'us-east-1', 15.1, FANTOCH],
  ['ap-east-1', 'ap-east-2', 16.2, CLOUDPING],
  ['eu-central-1', 'eu-north-1', 20.0, FANTOCH],
  ['us-west-1', 'us-west-2', 21.1, FANTOCH],
  ['eu-central-1', 'eu-west-1', 23.8, FANTOCH],
  ['ap-east-1', 'ap-southeast-1', 35.0, FANTOCH],
  ['us-east-2', 'us-west-2', 48.6, FANTOCH],
  ['ap-east-1', 'ap-northeast-1', 52.6, CLOUDPING],
  ['us-east-1', 'us-west-1', 59.9, FANTOCH],
  ['ap-south-1', 'ap-southeast-1', 63.1, FANTOCH],
  ['eu-west-1', 'us-east-1', 70.5, FANTOCH],
  ['us-east-1', 'us-west-2', 72.5, FANTOCH],
  ['eu-west-2', 'us-east-1', 76.5, FANTOCH],
  ['ap-northeast-1', 'ap-southeast-1', 77.0, FANTOCH],
  ['eu-central-1', 'us-east-1', 85.6, FANTOCH],
  ['ap-southeast-1', 'ap-southeast-2', 90.5, FANTOCH],
  ['ap-east-1', 'ap-south-1', 93.6, CLOUDPING],
  ['eu-south-1', 'us-east-1', 94.1, FANTOCH],
  ['eu-central-1', 'us-east-2', 96.1, FANTOCH],
  ['ca-central-1', 'eu-central-1', 99.5, FANTOCH],
  ['ap-northeast-1', 'us-west-2', 100.9, FANTOCH],
  ['eu-south-1', 'us-east-2', 103.5, FANTOCH],
  ['ap-northeast-1', 'ap-southeast-2', 104.1, FANTOCH],
  ['eu-north-1', 'us-east-1', 105.0, FANTOCH],
  ['sa-east-1', 'us-east-1', 113.0, FANTOCH],
  ['ap-south-1', 'eu-west-2', 113.4, FANTOCH],
  ['eu-central-1', 'me-south-1', 122.0, FANTOCH],
  ['ap-east-1', 'ap-southeast-2', 127.6, FANTOCH],
  ['eu-west-2', 'us-west-2', 145.2, FANTOCH],
  ['af-south-1', 'eu-west-2', 150.1, CLOUDPING],
  ['ap-northeast-1', 'us-east-1', 152.4, FANTOCH],
  ['ap-southeast-1', 'eu-west-1', 186.6, FANTOCH],
  ['ap-southeast-2', 'us-east-1', 198.0, FANTOCH],
  ['af-south-1', 'us-east-1', 226.9, CLOUDPING],
  ['ap-southeast-2', 'eu-west-2', 273.8, FANTOCH],
];

/**
 * The round-trip time between two AWS regions, in either order.
 *
 * @internal
 */
export function roundTripBetween(one: string, other: string): RoundTrip {
  const [a, b] = [one, other].sort();
  const row = ROUND_TRIPS.find(([x, y]) => x === a && y === b);
  return row ? { milliseconds: row[2], source: row[3] } : {};
}
