/** What can go wrong with a call. */
export const FAULTS = [
  'refused',
  'reset before acting',
  'reset after acting',
  'no answer after acting',
  'no answer before acting',
  '409',
  '500',
  '502',
  '504 before acting',
  '504 after acting',
  '200 with status 500',
] as const;

export type Fault = (typeof FAULTS)[number];

/** Which of the calls of a run go wrong. */
export class FaultPlan {
  public calls = 0;
  /** What the server is to do with the call that comes next. */
  public armed?: Fault;
  public readonly hit: number[] = [];

  public constructor(private readonly faultOf: (call: number, text: string) => Fault | undefined = () => undefined) {}

  public next(text: string): Fault | undefined {
    const fault = this.faultOf(this.calls, text);
    this.calls += 1;
    if (fault) this.hit.push(this.calls - 1);
    this.armed = fault;
    return fault;
  }
}
