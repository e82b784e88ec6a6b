/** What can go wrong with a call. */
export const FAULTS = [
  'refused',
  'reset before acting',
  'reset after acting',
  'no answer after acting',
  'no answer before acting',
  'unreachable after acting',
  '409',
  '500',
  '502',
  '504 before acting',
  '504 after acting',
  '200 with status 500',
] as const;

/** Effects that come after the program has looked. */
export const LATE_FAULTS = ['no answer, acting 26 s later', '504, acting 26 s later'] as const;

export type Fault = (typeof FAULTS)[number] | (typeof LATE_FAULTS)[number];

/** How late a late effect comes: longer than a gateway waits for the coordinator. */
export const LATE_MS = 26_000;

/** Where a call comes to that goes wrong in this way. Calls come side by side, so that each says it for itself. */
export function addressWith(fault: Fault | undefined, address: string, server: string): string {
  return fault === undefined ? `${address}/${server}` : `${address}/${MARK}${encodeURIComponent(fault)}/${server}`;
}

/** The way in which a call goes wrong, and the rest of its path. */
export function faultIn(url: string): { readonly fault?: Fault; readonly url: string } {
  const [, fault, rest] = new RegExp(`^/${MARK}([^/]+)(/.*)$`).exec(url) ?? [];
  return fault === undefined ? { url } : { fault: decodeURIComponent(fault) as Fault, url: rest };
}

const MARK = 'fault-';

/** Which of the calls of a run go wrong. */
export class FaultPlan {
  public calls = 0;
  public readonly hit: number[] = [];
  /** Breaks the connection of the call that is under way at its client's end. */
  public breakConnection: () => void = () => undefined;

  public constructor(private readonly faultOf: (call: number, text: string) => Fault | undefined = () => undefined) {}

  public next(text: string): Fault | undefined {
    const fault = this.faultOf(this.calls, text);
    this.calls += 1;
    if (fault) this.hit.push(this.calls - 1);
    return fault;
  }
}
