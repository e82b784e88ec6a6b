import { isJson, textOf, type Json } from '../calls/readings';
import { UnreadableRecordError } from '../ports';
import { PROGRESS_SCHEMA_VERSION, type Attempt, type Progress } from './progress';

const OUTCOMES: readonly string[] = ['intended', 'accepted', 'refused', 'undelivered', 'unknown'] satisfies readonly Attempt['outcome'][];

/**
 * The record of a recovery, or an `UnreadableRecordError` if it is none. What an older program has left out may be missing; what is there
 * has the kind that it must have.
 *
 * @param where what holds the record, in the operator's words
 * @param version with which it can be written over
 *
 * @internal
 */
export function progressOf(value: unknown, where: string, version: string | undefined): Progress {
  const fail = (why: string): never => {
    throw new UnreadableRecordError(where, why, version);
  };
  if (!isJson(value)) return fail('it holds no progress');
  const { schemaVersion } = value;
  if (typeof schemaVersion !== 'number') return fail(`it has no 'schemaVersion'`);
  if (schemaVersion !== PROGRESS_SCHEMA_VERSION) {
    return fail(
      `it has 'schemaVersion' ${schemaVersion}, and this program knows ${PROGRESS_SCHEMA_VERSION}: go on with the version of the program that has written it`,
    );
  }
  const wrong = Object.entries(SHAPE).find(([name, isRight]) => !isRight(value[name]));
  if (wrong) return fail(`its '${wrong[0]}' is ${value[wrong[0]] === undefined ? 'missing' : 'not what it must be'}`);
  return value as unknown as Progress;
}

const SHAPE: { readonly [name: string]: (value: unknown) => boolean } = {
  request: isRecoveryRequest,
  fingerprint: isText,
  startedBy: isText,
  startedAt: isNumber,
  finishedAt: value => value === undefined || isNumber(value),
  steps: value => isJson(value) && Object.values(value).every(isStep),
  warnings: value => Array.isArray(value) && value.every(isText),
};

function isRecoveryRequest(request: unknown): boolean {
  if (!isJson(request) || (request.regionId !== 0 && request.regionId !== 1)) return false;
  if (request.direction === 'failover' || request.direction === 'switch') return true;
  if (request.direction === 'scale') return Array.isArray(request.adds) && request.adds.every(isText);
  const { direction, snapshotName, repository, zonePriority } = request;
  if (direction !== 'failback' || !isText(snapshotName) || (zonePriority !== undefined && !isNumber(zonePriority))) return false;
  return isJson(repository) && isText(repository.type) && isJson(repository.settings);
}

function isStep(step: unknown): boolean {
  if (!isJson(step) || !isNumber(step.startedAt) || !isNumber(step.calls)) return false;
  return Array.isArray(step.attempts) && step.attempts.every(isAttempt) && (step.noted === undefined || isNoted(step.noted));
}

function isNoted(noted: unknown): boolean {
  return isJson(noted) && Object.values(noted).every(isNumber);
}

function isAttempt(attempt: unknown): boolean {
  return isJson(attempt) && isNumber(attempt.at) && isText(attempt.by) && isText(attempt.call) && OUTCOMES.includes(outcomeOf(attempt));
}

function outcomeOf({ outcome }: Json): string {
  return textOf(outcome);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
