import { RecoveryTopologyError } from '../../constructs/topology/plan/recovery/recovery-topology-document';

/** What an error, or what was thrown in the place of one, has under a name. An `instanceof` would not know those of another realm. */
export function ofError(error: unknown, name: 'code' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** Why something failed, in one line: a mistake in YAML comes with the lines around it, a wrong description with a list. */
export function reasonOf(error: unknown): string {
  const [line] = String(ofError(error, 'message') ?? error).split('\n');
  return error instanceof RecoveryTopologyError ? `${line} ${error.findings.join('; ')}` : line;
}
