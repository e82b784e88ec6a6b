import { daysUntil, isAccepted, lastDayOf } from '../../constructs/topology/versions/dated-fact';
import type { VersionRow } from './version-rows';

/** The table as text, with what is known to be newer and why it is not deployed. */
export function printedVersions(rows: readonly VersionRow[], today: Date): string {
  const cells = [
    ['what', 'version', 'newest known', 'maintained until', ''],
    ...rows.map(row => [row.what, `${row.version}${row.isDefault ? ' *' : ''}`, newestOf(row), row.end?.value ?? '', stateOf(row, today)]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map(row => row[column].length)));
  const lines = cells.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', '* deployed by default', ...notesOf(rows)].join('\n');
}

function newestOf({ version, newest, chosenAs }: VersionRow): string {
  if (!newest) return chosenAs?.value ?? '';
  return newest.value === version ? 'the same' : newest.value;
}

function stateOf({ end }: VersionRow, today: Date): string {
  const lastDay = end && lastDayOf(end);
  if (!end || lastDay === undefined) return '';
  const days = daysUntil(lastDay, today);
  if (days >= 0) return `${days} days left`;
  return isAccepted(end, today) ? `ended, accepted until ${end.accepted?.until}` : 'ended';
}

function notesOf(rows: readonly VersionRow[]): string[] {
  const older = rows.filter(({ version, newest }) => newest && newest.value !== version);
  const accepted = rows.filter(({ end }) => end?.accepted);
  return [
    ...older.map(({ what, version, newest }) => `${what}: ${version} and not ${newest?.value}, because ${newest?.whyOlder}`),
    ...accepted.map(({ what, version, end }) => `${what}: ${version} although it ended, because ${end?.accepted?.why}`),
  ];
}
