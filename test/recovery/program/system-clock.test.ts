import { SystemClock } from '../../../bin/recover/system-clock';

const interruption = new AbortController();
const clock = new SystemClock(interruption.signal);

test('tells the time, and how long something takes', async () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
  const begun = clock.elapsed();
  await clock.sleep(20);
  expect(clock.elapsed() - begun).toBeGreaterThan(15);
});

test('does something later, unless it is called off', async () => {
  const done: string[] = [];
  const callOff = clock.after(1, () => done.push('called off'));
  callOff();
  await new Promise<void>(resolve => clock.after(5, resolve));
  expect(done).toEqual([]);
});

test('an interruption ends a wait at once, and each later one', async () => {
  const begun = performance.now();
  setTimeout(() => interruption.abort(), 5);
  await clock.sleep(10_000);
  await clock.sleep(10_000);
  expect(performance.now() - begun).toBeLessThan(5_000);
});
