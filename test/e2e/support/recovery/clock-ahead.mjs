// Loaded before a program whose clock is to be ahead of everybody else's.
const AHEAD_MS = 60_000;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + AHEAD_MS] : given));
  }

  static now() {
    return RealDate.now() + AHEAD_MS;
  }
};
