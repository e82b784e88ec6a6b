/**
 * How long the holder of a lease has been silent, as its observer has seen it. The clocks of two machines are never compared: a run that
 * wants a lease watches it for as long as it lasts, and takes it if it was not renewed meanwhile. So does leader election in Kubernetes.
 *
 * @internal
 */
export class LeaseWatch {
  private seen?: { readonly renewal: string; readonly since: number };

  /** @param elapsed milliseconds of a clock that never jumps */
  public constructor(private readonly elapsed: () => number) {}

  /**
   * Milliseconds after which a lease may be taken over that looks like this now, if it still does then.
   *
   * @param renewal something that is different after each renewal
   */
  public remaining(renewal: string, seconds: number): number {
    if (this.seen?.renewal !== renewal) this.seen = { renewal, since: this.elapsed() };
    return Math.max(0, this.seen.since + seconds * 1000 - this.elapsed());
  }
}
