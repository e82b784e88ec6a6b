import { daysUntil, hasEnded, lastDayOf, type DatedFact } from '../../constructs/topology/versions/dated-fact';
import type { VersionRow } from './version-rows';

/** So many days a fact may be old. */
export const MAX_AGE_DAYS = 120;

/** Why the table cannot stay as it is: facts that nobody has looked up for too long, and defaults past their end. */
export function versionProblems(rows: readonly VersionRow[], today: Date): string[] {
  return [...rows.flatMap(row => staleFacts(row, today)), ...rows.flatMap(row => endedDefaults(row, today))];
}

function staleFacts({ what, version, newest, chosenAs, end }: VersionRow, today: Date): string[] {
  const facts: readonly (readonly [string, DatedFact | undefined])[] = [
    ['the newest version', newest],
    ['what to choose', chosenAs],
    ['the end of support', end],
  ];
  return facts.flatMap(([about, fact]) => {
    const age = fact === undefined ? 0 : -daysUntil(fact.seen, today);
    return age > MAX_AGE_DAYS ? [`${what} ${version}: ${about} was looked up ${age} days ago (${fact?.source}); look again`] : [];
  });
}

function endedDefaults({ what, version, isDefault, end }: VersionRow, today: Date): string[] {
  if (!isDefault || !end || !hasEnded(end, today)) return [];
  const accepted = end.accepted ? `, and that was accepted until ${end.accepted.until}` : '';
  return [`${what} ${version} is deployed by default, and its support ended on ${lastDayOf(end)}${accepted}; raise it`];
}
