import { AWS_REGIONS } from '../../../constructs/topology/versions/aws-regions';
import { ROUND_TRIPS, roundTripBetween } from '../../../constructs/topology/versions/round-trip';

const pairs = ROUND_TRIPS.map(([a, b]) => [a, b] as const);

test.each(pairs)('%s and %s stand in alphabetical order, as they are looked up', (a, b) => {
  expect([a, b]).toEqual([a, b].sort());
  expect(a).not.toBe(b);
});

test('no pair is listed twice', () => {
  expect(new Set(pairs.map(pair => pair.join(' '))).size).toBe(pairs.length);
});

test('every region of the table is a known one, or its row could never be used', () => {
  expect(pairs.flat().filter(region => !AWS_REGIONS.includes(region))).toEqual([]);
});

test.each(ROUND_TRIPS)('%s and %s are %p ms apart in either order, and the source is named', (a, b, milliseconds, source) => {
  expect(roundTripBetween(a, b)).toEqual({ milliseconds, source });
  expect(roundTripBetween(b, a)).toEqual(roundTripBetween(a, b));
  expect(milliseconds).toBeGreaterThan(0);
  expect(source).toMatch(/\d{4}|undated/);
});

test('an unknown pair has no figure', () => {
  expect(roundTripBetween('eu-west-2', 'sa-east-1')).toEqual({});
});
