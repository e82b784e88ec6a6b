import { interruptedReading } from '../../../lib/recovery/run/wait';

/**
 * Waits for something that only reads, no longer than until the operator interrupts it: a server that is silent must not hold up the end.
 *
 * @throws RecoveryStop of kind `interrupted`
 */
export async function untilInterrupted<T>(reading: Promise<T>, interrupted: AbortSignal): Promise<T> {
  let callOff = (): void => undefined;
  const interruption = new Promise<never>((_, reject) => {
    const end = (): void => reject(interruptedReading());
    if (interrupted.aborted) end();
    interrupted.addEventListener('abort', end, { once: true });
    callOff = () => interrupted.removeEventListener('abort', end);
  });
  try {
    return await Promise.race([reading, interruption]);
  } finally {
    callOff();
  }
}
