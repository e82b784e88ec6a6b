import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withClock } from '../test/support/day';

/**
 * Runs unit tests on days to come, for what is right on some days only: after the last version of Camunda that we know has left its standard
 * support, and where X.509 writes dates in another way.
 *
 *   npm run test:dates -- [DAY...] [ARGUMENT OF JEST...]
 */
const DAYS = ['2027-12-01', '2031-06-15', '2050-06-15'];

const ROOT = join(__dirname, '..');
const isDay = (word: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(word);

/** Runs the tests on a day, programs that they start included, and returns whether all have passed. */
function pass(day: string, given: readonly string[]): boolean {
  process.stdout.write(`\n=== ${day}\n`);
  const { status } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), ...given, '--selectProjects', 'unit'], {
    cwd: ROOT,
    stdio: 'inherit',
    // One shift for all processes: each begins at another moment, and they compare times.
    env: {
      ...process.env,
      TEST_CLOCK_SHIFT_MS: String(Date.parse(day) - Date.now()),
      NODE_OPTIONS: withClock(),
    },
  });
  return status === 0;
}

const given = process.argv.slice(2);
const days = given.filter(isDay);
const failed = (days.length > 0 ? days : DAYS).filter(
  day =>
    !pass(
      day,
      given.filter(word => !isDay(word)),
    ),
);
if (failed.length > 0) {
  process.stderr.write(`tests fail on ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
