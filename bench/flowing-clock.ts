import { VirtualClock } from '../test/recovery/stand-in/virtual-clock';

/**
 * A clock whose waits take no time, and which goes on as that of the machine does otherwise: what a program does while the system is at
 * work makes nobody wait for longer.
 */
export class FlowingClock extends VirtualClock {
  private readAt = performance.now();

  public override now(): number {
    this.flow();
    return super.now();
  }

  public override elapsed(): number {
    this.flow();
    return super.elapsed();
  }

  public override pass(milliseconds: number): void {
    this.flow();
    super.pass(milliseconds);
  }

  private flow(): void {
    const now = performance.now();
    const passed = now - this.readAt;
    this.readAt = now;
    super.pass(passed);
  }
}
