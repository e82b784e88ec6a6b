import { join } from 'node:path';

const CLOCK = join(__dirname, 'shifted-clock.js');

/** Environment of a Node.js program that runs on a day, whatever day it is. */
export function environmentOn(day: Date): NodeJS.ProcessEnv {
  // The clock of the tests may be shifted itself.
  const now = Date.now() - Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0);
  return { ...process.env, TEST_CLOCK_SHIFT_MS: String(day.getTime() - now), NODE_OPTIONS: withClock() };
}

/** Options of Node.js that let a program, and those that it starts, heed `TEST_CLOCK_SHIFT_MS`. */
export function withClock(options = process.env.NODE_OPTIONS ?? ''): string {
  return options.includes(CLOCK) ? options : `${options} --require "${CLOCK}"`.trim();
}
