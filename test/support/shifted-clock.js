// Moves the clock of a process by TEST_CLOCK_SHIFT_MS, for `npm run test:dates`. JavaScript, because Node.js loads it before anything that could compile it.
const shift = Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0);
if (shift !== 0 && !globalThis.Date.isShifted) {
  const RealDate = globalThis.Date;
  globalThis.Date = class Date extends RealDate {
    static isShifted = true;

    static now() {
      return RealDate.now() + shift;
    }

    constructor(...given) {
      super(...(given.length === 0 ? [RealDate.now() + shift] : given));
    }
  };
}
