/** Time as a stand-in sees it: that of this machine, or one that passes only when somebody waits. */
export interface ModelClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Does something once so many milliseconds have passed. */
  after(milliseconds: number, run: () => void): void;
  /** Lets time pass while a request is answered. Left out where it passes by itself. */
  pass?(milliseconds: number): void;
}
