import { CommanderError } from 'commander';
import { UnreadableRecordError } from '../../lib/recovery/ports';
import { RecoveryStop } from '../../lib/recovery/stop';
import { EXIT, exitCodeOf, UsageError } from './exit-code';
import { kubernetesFailure } from './kubernetes/kubernetes-failure';
import { printStop } from './run-recovery';
import { print } from './terminal/wrapped';

/** Tells why the program ends, as JSON where the output is JSON, and gives the exit code. */
export function failed(error: unknown, json: boolean): number {
  if (error instanceof RecoveryStop) {
    printStop(error, json);
    return exitCodeOf(error.kind);
  }
  // Without a command, the help has been printed already.
  if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.usage;
  const { message, code } = failureOf(error);
  if (json) process.stdout.write(`${JSON.stringify({ kind: 'error', code, message })}\n`);
  else print(process.stderr, message);
  return code;
}

function failureOf(error: unknown): { readonly message: string; readonly code: number } {
  if (error instanceof CommanderError) return { message: `${error.message}\n--help says what there is`, code: EXIT.usage };
  if (error instanceof UsageError) return { message: error.message, code: EXIT.usage };
  if (error instanceof UnreadableRecordError) return { message: `${error.message}\n  what to do: ${error.advice}`, code: EXIT.usage };
  if (error instanceof Error && error.name === 'RecoveryTopologyError') return { message: error.message, code: EXIT.unreachable };
  const kubernetes = kubernetesFailure(error);
  if (kubernetes !== undefined) return { message: kubernetes, code: EXIT.unreachable };
  // A mistake of this program. What was sent is recorded all the same.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    message: `${text}\n  what to do: look with 'recover status'; 'recover resume' goes on where this has ended`,
    code: EXIT.stopped,
  };
}
