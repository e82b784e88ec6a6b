import type { RecoveryRegion } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { UnreachableError } from '../exit-code';

/** Why a Kubernetes API does not do what it is asked for, or undefined if the error is another one. */
export function kubernetesFailure(error: unknown): string | undefined {
  if (error instanceof UnreachableError) return error.message;
  if (isAnswerOfKubernetes(error)) return `the Kubernetes API refused: ${error.message.split('\n')[0]}`;
  return undefined;
}

/**
 * The Kubernetes API of the region that keeps the record fails, as a reason to stop. Another error stays what it is.
 *
 * @param isRecorded whether there is a record with which somebody can go on
 */
export function stopWithoutRecord(error: unknown, { regionId, awsRegion }: RecoveryRegion, isRecorded: boolean): unknown {
  const why = kubernetesFailure(error);
  if (why === undefined) return error;
  const message = `the record of this recovery is kept in region ${regionId} (${awsRegion}), and cannot be read or written there: ${why}`;
  const fix = `bring the Kubernetes API of region ${regionId} back, or the way and the login to it`;
  if (!isRecorded)
    return new RecoveryStop('unreachable', message, `${fix}. This run has sent nothing and recorded nothing: give the same command again`);
  return new RecoveryStop(
    'stopped',
    message,
    `${fix}; then 'recover resume' goes on. Whatever was sent was recorded before: send nothing by hand, and begin nothing anew elsewhere`,
  );
}

function isAnswerOfKubernetes(error: unknown): error is Error & { readonly code: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
