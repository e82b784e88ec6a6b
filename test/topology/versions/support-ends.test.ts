import { daysUntil, hasEnded, lastDayOf, type SupportEnd } from '../../../constructs/topology/versions/dated-fact';
import { CONTROLLER_ENDS, ELASTICSEARCH_ENDS, NODE_IMAGE_ENDS, supportEndOf } from '../../../constructs/topology/versions/support-ends';

const end = (value: string, accepted?: SupportEnd['accepted']): SupportEnd => ({ value, source: 'its page', seen: '2030-01-01', accepted });

test.each([
  ['v1.21.2', '1.21'],
  ['1.21.0', '1.21'],
  ['1.21.0-beta.0', '1.21'],
])('%s is maintained as long as %s', (version, minor) => {
  expect(supportEndOf(CONTROLLER_ENDS.certManager, version)).toBe((CONTROLLER_ENDS.certManager as Record<string, SupportEnd>)[minor]);
});

test.each(['1.2', '1', 'latest', '99.9.9', 'toString.1.2'])('of %s nothing is known', version => {
  expect(supportEndOf(CONTROLLER_ENDS.certManager, version)).toBeUndefined();
});

test('an end is a day of the calendar or what ends it', () => {
  const tables = [ELASTICSEARCH_ENDS, NODE_IMAGE_ENDS, ...Object.values(CONTROLLER_ENDS)];
  for (const value of tables.flatMap(table => Object.values(table).map(entry => entry.value))) {
    const [day] = /\d{4}-\d{2}-\d{2}/.exec(value) ?? [];
    expect(day === undefined ? value : new Date(day).toISOString().slice(0, 10)).toBe(value);
  }
});

test('days are counted from midnight to midnight', () => {
  expect(daysUntil('2030-01-02', new Date('2030-01-01T00:00:00Z'))).toBe(1);
  expect(daysUntil('2030-01-02', new Date('2030-01-02T23:59:59Z'))).toBe(0);
  expect(daysUntil('2030-01-02', new Date('2030-01-03T00:00:00Z'))).toBe(-1);
});

test('what ends with a release has no last day, and never counts as ended', () => {
  expect(lastDayOf(end('the release of 2.0'))).toBeUndefined();
  expect(hasEnded(end('the release of 2.0'), new Date('2099-01-01'))).toBe(false);
});

test('what is accepted has not ended before that is over', () => {
  const accepted = end('2030-01-01', { until: '2030-02-01', why: 'it was not compared' });
  expect(hasEnded(accepted, new Date('2030-02-01T12:00:00Z'))).toBe(false);
  expect(hasEnded(accepted, new Date('2030-02-02'))).toBe(true);
});
