import { getEventListeners } from 'node:events';
import { untilInterrupted } from '../../../bin/recover/terminal/until-interrupted';

const NEVER = new Promise<never>(() => undefined);
const INTERRUPTED = { name: 'RecoveryStop', kind: 'interrupted' };

test('what is read in time is what was read, and nothing is left behind', async () => {
  const { signal } = new AbortController();
  expect(await untilInterrupted(Promise.resolve('read'), signal)).toBe('read');
  await expect(untilInterrupted(Promise.reject(new Error('refused')), signal)).rejects.toThrow('refused');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('an interruption ends the wait for a server that is silent', async () => {
  const interrupting = new AbortController();
  const waiting = untilInterrupted(NEVER, interrupting.signal);
  interrupting.abort();
  await expect(waiting).rejects.toMatchObject(INTERRUPTED);
});

test('so does one that came before', async () => {
  await expect(untilInterrupted(NEVER, AbortSignal.abort())).rejects.toMatchObject(INTERRUPTED);
});

test('a failure that comes after an interruption disturbs nobody', async () => {
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  let fail = (): void => undefined;
  const reading = new Promise<never>((_, reject) => (fail = () => reject(new Error('too late'))));
  await expect(untilInterrupted(reading, AbortSignal.abort())).rejects.toMatchObject(INTERRUPTED);
  fail();
  await new Promise(resolve => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
