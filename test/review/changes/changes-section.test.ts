import type { AcknowledgementSettings } from '../../../constructs/topology/settings/review';
import { dangerous, notice, type Change } from '../../../lib/review/changes/change';
import { changesSection, withoutBaseSection } from '../../../lib/review/changes/changes-section';
import { verdictOn } from '../../../lib/review/changes/verdict';

const TODAY = new Date('2026-08-01T12:00:00Z');
const text = { before: 'a', after: 'b', meaning: 'It stops.', advice: 'Keep it.' };
const danger = (kind: string, about: string): Change => dangerous(kind, about, { part: 'Region0', object: 'Thing', field: 'Name' }, text);
const CHANGES = [danger('secret-replaced', 'region0/A'), danger('secret-replaced', 'region1/B'), danger('brokers-roll', 'both')];
const NOTICE = notice('setting-changed', 'tags.team', { part: 'settings' }, text);
const acknowledge = (change: string, expires = '2026-08-01'): AcknowledgementSettings => ({
  change,
  reason: `because of ${change}`,
  expires,
});
const BASE = { name: 'main', notes: [] };

const dangersLeft = (...acknowledgements: AcknowledgementSettings[]): string[] =>
  verdictOn(CHANGES, acknowledgements, TODAY).dangerous.map(({ id }) => id);

describe('acknowledgements', () => {
  test('cover the change that they name, on their last day too', () => {
    expect(dangersLeft(acknowledge('brokers-roll:both'))).toEqual(['secret-replaced:region0/A', 'secret-replaced:region1/B']);
  });

  test.each([
    ['secret-replaced:*', ['brokers-roll:both']],
    ['secret-replaced:region0/*', ['secret-replaced:region1/B', 'brokers-roll:both']],
    ['secret-replaced:*/B', ['secret-replaced:region0/A', 'brokers-roll:both']],
    // Neither the beginning of an id nor a character that means something in a regular expression covers more.
    ['secret-replaced:region0', CHANGES.map(({ id }) => id)],
    ['replaced:*', CHANGES.map(({ id }) => id)],
    ['secret-replaced:region0.A', CHANGES.map(({ id }) => id)],
  ])('%s leaves %p', (pattern, left) => {
    expect(dangersLeft(acknowledge(pattern))).toEqual(left);
  });

  test('count no more when they are expired, and are no longer looked for', () => {
    const { dangerous: left, expired, unused } = verdictOn(CHANGES, [acknowledge('brokers-roll:both', '2026-07-31')], TODAY);
    expect([left.length, expired.length, unused.length]).toEqual([3, 1, 0]);
  });

  test('that fit nothing dangerous are unused, a notice included', () => {
    const { unused } = verdictOn([...CHANGES, NOTICE], [acknowledge('setting-changed:*'), acknowledge('brokers-roll:*')], TODAY);
    expect(unused.map(({ change }) => change)).toEqual(['setting-changed:*']);
  });
});

describe('the section', () => {
  const section = (changes: Change[], ...acknowledgements: AcknowledgementSettings[]) =>
    changesSection(verdictOn(changes, acknowledgements, TODAY), BASE);

  test('fails a review only for dangers that nobody acknowledged', () => {
    expect(section([]).tone).toBe('good');
    expect(section([NOTICE]).tone).toBe('plain');
    expect(section([NOTICE, ...CHANGES]).tone).toBe('danger');
    expect(section(CHANGES, acknowledge('secret-replaced:*'), acknowledge('brokers-roll:both')).tone).toBe('warning');
    expect(section([NOTICE], acknowledge('brokers-roll:both', '2026-07-31')).tone).toBe('warning');
    expect(section([], acknowledge('brokers-roll:both')).tone).toBe('warning');
  });

  test('shows what a reader has to decide: id, place, values, meaning, and another way', () => {
    const [table] = section(CHANGES.slice(2)).tables;
    expect(table.rows).toEqual([
      [{ text: 'brokers-roll:both', tone: 'danger' }, 'Region0 / Thing / Name', 'a', 'b', 'It stops.', 'Keep it.'],
    ]);
    expect(table.columns).toHaveLength(6);
  });

  test('shows who acknowledged what and why, and what counts for nothing', () => {
    const { tables, summary } = section(
      CHANGES,
      acknowledge('brokers-roll:both'),
      acknowledge('x:y'),
      acknowledge('secret-replaced:*', '2026-07-31'),
    );
    expect(tables.map(({ title }) => title)).toEqual(['Dangerous', 'Acknowledged', 'Acknowledgements that count for nothing']);
    expect(tables[1].rows[0].slice(3)).toEqual(['because of brokers-roll:both', '2026-08-01']);
    expect(tables[2].rows.map(row => row[2])).toEqual(['expired on 2026-07-31', 'no dangerous change fits it: remove it']);
    expect(summary).toBe(
      "Against main: 2 dangerous changes, 1 acknowledged, 1 expired acknowledgement, 1 acknowledgement without a change. Each needs another way, or an entry in 'review.acknowledge' with a reason.",
    );
  });

  test('leaves nothing out: what is too long for a comment is cut there', () => {
    const many = Array.from({ length: 100 }, (_, i) => notice('setting-changed', `a${i}`, { part: 'settings' }, text));
    const [{ rows }] = section(many).tables;
    expect(rows).toHaveLength(100);
  });

  test('every row has a cell for every column, and notes of the base are kept', () => {
    const { tables } = changesSection(verdictOn([...CHANGES, NOTICE], [acknowledge('brokers-roll:*')], TODAY), {
      name: 'main',
      notes: ['Not seen.'],
    });
    expect(tables.filter(({ columns, rows }) => rows.some(row => row.length !== columns.length))).toEqual([]);
    expect(tables.flatMap(({ notes }) => notes ?? [])).toEqual(['Not seen.']);
    expect(changesSection(verdictOn([], [], TODAY), { name: 'main', notes: ['Not seen.'] }).summary).toBe(
      'Nothing changes against main. Not seen.',
    );
  });

  test('says so where there is nothing to compare with', () => {
    expect(withoutBaseSection('No base was named.')).toEqual({
      id: 'changes',
      title: 'Changes against the base',
      summary: 'No base was named.',
      tone: 'plain',
      tables: [],
    });
  });
});
