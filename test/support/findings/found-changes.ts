import { compareTemplates } from '../../../bin/review/base-comparison';
import type { Change } from '../../../lib/review/changes/change';
import { changesBetween } from '../../../lib/review/changes/changes-between';
import type { DeploymentState } from '../../../lib/review/changes/deployment-state';

/** What changes from one state to another. */
export function changesFrom(base: DeploymentState, head: DeploymentState): Change[] {
  return changesBetween(base, head, compareTemplates);
}

/** Ids of the dangerous changes, in order of the alphabet. */
export function dangersFrom(base: DeploymentState, head: DeploymentState): string[] {
  return idsOf(changesFrom(base, head), 'dangerous');
}

/** Ids of changes of some danger, in order of the alphabet. */
export function idsOf(changes: readonly Change[], danger: Change['danger']): string[] {
  return changes
    .filter(change => change.danger === danger)
    .map(({ id }) => id)
    .sort();
}
