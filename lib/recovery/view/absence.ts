/**
 * How long brokers have to be unseen until they are taken for gone. Gossip of one gateway can lose sight of a region that lives.
 *
 * @internal
 */
export const UNSEEN_MS = 15_000;
/** Looks that it takes at least: a server that answers once in a while has shown little. */
const UNSEEN_LOOKS = 3;

/** A row of looks that have not shown a broker. */
interface Row {
  readonly since: number;
  readonly last: number;
  readonly looks: number;
}

/**
 * Since when brokers are not seen, without a break. Times are those of the clock that is never set.
 *
 * @internal
 */
export class Absence {
  private readonly rows = new Map<string, Row>();

  public constructor(private readonly ids: readonly string[]) {}

  /** Takes down whom a gateway has seen. One that sees nobody has not found its cluster yet, and says nothing. */
  public note(seen: readonly string[], now: number): void {
    if (seen.length === 0) return;
    for (const id of this.ids) {
      const row = this.rows.get(id);
      if (seen.includes(id)) this.rows.delete(id);
      else this.rows.set(id, { since: row?.since ?? now, last: now, looks: (row?.looks ?? 0) + 1 });
    }
  }

  /** How much longer all of these brokers have to be unseen, in milliseconds: 0 if it was long enough. */
  public missing(ids: readonly string[]): number {
    return Math.max(0, ...ids.map(id => missingOf(this.rows.get(id))));
  }
}

function missingOf(row: Row | undefined): number {
  if (row === undefined) return UNSEEN_MS;
  const left = Math.max(0, UNSEEN_MS - (row.last - row.since));
  return left === 0 && row.looks < UNSEEN_LOOKS ? 1 : left;
}
