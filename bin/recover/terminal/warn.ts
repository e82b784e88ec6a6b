import { print } from './wrapped';

/** Tells what should be known although it stops nothing. */
export function warn(text: string, json = false): void {
  if (json) process.stdout.write(`${JSON.stringify({ kind: 'warning', text })}\n`);
  else print(process.stderr, `warning: ${text}`);
}
