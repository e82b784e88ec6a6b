import { counted, toned } from '../document/cells';
import type { Cell, ReviewSection, ReviewTable, Tone } from '../document/review-document';
import { placeText, type Change } from './change';
import type { ChangeVerdict } from './verdict';

const SECTION = { id: 'changes', title: 'Changes against the base' };

/**
 * What the changes are counted from.
 *
 * @internal
 */
export interface ComparedBase {
  /** As the user named it. */
  readonly name: string;
  /** What the comparison cannot see, each a sentence. */
  readonly notes: readonly string[];
}

/**
 * @param verdict what is to be decided, and what has been
 * @param base what the changes are counted from
 *
 * @internal
 */
export function changesSection(verdict: ChangeVerdict, base: ComparedBase): ReviewSection {
  const { dangerous, acknowledged, expired, unused, notices } = verdict;
  const all = [dangerTable(dangerous), acknowledgedTable(verdict), staleTable(verdict), noticeTable(notices)];
  const tables = all.filter(({ rows }) => rows.length > 0);
  // What the comparison cannot see matters most where it saw nothing.
  const summary = [summaryOf(verdict, base.name), ...(tables.length === 0 ? base.notes : [])].join(' ');
  return {
    ...SECTION,
    summary,
    tone: toneOf(dangerous.length, acknowledged.length + expired.length + unused.length, notices.length),
    tables: tables.map((table, i) => (i < tables.length - 1 ? table : withNotes(table, base.notes))),
  };
}

/**
 * The section where there is nothing to compare with.
 *
 * @param reason a sentence that says why
 *
 * @internal
 */
export function withoutBaseSection(reason: string): ReviewSection {
  return { ...SECTION, summary: reason, tone: 'plain', tables: [] };
}

function withNotes(table: ReviewTable, more: readonly string[]): ReviewTable {
  const notes = [...(table.notes ?? []), ...more];
  return notes.length > 0 ? { ...table, notes } : table;
}

function toneOf(dangers: number, warnings: number, notices: number): Tone {
  if (dangers > 0) return 'danger';
  if (warnings > 0) return 'warning';
  return notices > 0 ? 'plain' : 'good';
}

function summaryOf({ dangerous, acknowledged, expired, unused, notices }: ChangeVerdict, base: string): string {
  const of = ({ length }: readonly unknown[], one: string, many?: string): string[] => (length > 0 ? [counted(length, one, many)] : []);
  const counts = [
    ...of(dangerous, 'dangerous change'),
    ...of(acknowledged, 'acknowledged', 'acknowledged'),
    ...of(notices, 'other change'),
    ...of(expired, 'expired acknowledgement'),
    ...of(unused, 'acknowledgement without a change', 'acknowledgements without a change'),
  ];
  if (counts.length === 0) return `Nothing changes against ${base}.`;
  const must = dangerous.length > 0 ? " Each needs another way, or an entry in 'review.acknowledge' with a reason." : '';
  return `Against ${base}: ${counts.join(', ')}.${must}`;
}

function dangerTable(changes: readonly Change[]): ReviewTable {
  return {
    title: 'Dangerous',
    columns: ['change', 'where', 'before', 'after', 'what it means', 'what to do instead'],
    explanations: ['what it means', 'what to do instead'],
    rows: changes.map(change => [
      toned(change.id, 'danger'),
      placeText(change.where),
      change.before,
      change.after,
      change.meaning,
      change.advice,
    ]),
  };
}

function acknowledgedTable({ acknowledged }: ChangeVerdict): ReviewTable {
  return {
    title: 'Acknowledged',
    columns: ['change', 'where', 'what it means', 'why it is meant', 'until'],
    explanations: ['what it means', 'why it is meant'],
    rows: acknowledged.map(({ change, acknowledgement: { reason, expires } }) => [
      toned(change.id, 'warning'),
      placeText(change.where),
      change.meaning,
      reason,
      expires,
    ]),
  };
}

function staleTable({ expired, unused }: ChangeVerdict): ReviewTable {
  return {
    title: 'Acknowledgements that count for nothing',
    columns: ['acknowledgement', 'reason', 'what is wrong'],
    rows: [
      ...expired.map(({ change, reason, expires }): Cell[] => [toned(change, 'warning'), reason, `expired on ${expires}`]),
      ...unused.map(({ change, reason }): Cell[] => [toned(change, 'warning'), reason, 'no dangerous change fits it: remove it']),
    ],
  };
}

function noticeTable(changes: readonly Change[]): ReviewTable {
  return {
    title: 'Other changes',
    columns: ['change', 'where', 'before', 'after', 'what it means'],
    explanations: ['what it means'],
    rows: changes.map(change => [
      change.id,
      placeText(change.where),
      change.before,
      change.after,
      [change.meaning, change.advice].join(' ').trim(),
    ]),
  };
}
