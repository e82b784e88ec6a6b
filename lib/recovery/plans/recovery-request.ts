import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { isOpen, PROGRESS_SCHEMA_VERSION, type Attempt, type RecoveryRequest, type Progress, type StepProgress } from '../record/progress';
import type { Plan } from '../run/step';
import { failbackPlan } from './failback-plan';
import { failoverPlan } from './failover-plan';
import { scalePlan } from './scale-plan';
import { switchPlan } from './switch-plan';

/**
 * The plan of a request. The same for everybody who goes on with it.
 *
 * @internal
 */
export function planOf(topology: RecoveryTopology, request: RecoveryRequest): Plan {
  if (request.direction === 'failover') return failoverPlan(topology, request.regionId, request);
  if (request.direction === 'scale') return scalePlan(topology, request.adds ?? []);
  if (request.direction === 'switch') return switchPlan(topology, request.regionId);
  const { snapshotName, repository } = request;
  if (snapshotName === undefined || repository === undefined) throw new Error('a failback needs a snapshot name and a repository');
  return failbackPlan(topology, request.regionId, { ...request, snapshotName, repository });
}

/** @internal */
export function freshProgress(
  request: RecoveryRequest,
  topology: RecoveryTopology,
  operator: string,
  now: number,
  steps: Progress['steps'] = {},
): Progress {
  return {
    schemaVersion: PROGRESS_SCHEMA_VERSION,
    request,
    fingerprint: fingerprintOf(topology),
    startedBy: operator,
    startedAt: now,
    steps,
    warnings: [],
  };
}

/**
 * What must be the same from the beginning of a recovery to its end. The phase is not in it: it changes on the way.
 *
 * @internal
 */
export function fingerprintOf({ name, camundaVersion, replicationFactor, regions, partitions, exporters }: RecoveryTopology): string {
  return JSON.stringify([
    name,
    camundaVersion,
    replicationFactor,
    regions.map(({ regionId, namespace, brokers }) => [regionId, namespace, brokers.map(({ brokerId }) => asRecorded(brokerId))]),
    partitions.map(({ partitionId, replicas }) => [partitionId, replicas.map(asRecorded)]),
    exporters.map(({ exporterId, regionId }) => [exporterId, regionId]),
  ]);
}

/** Records that were begun by an older program have numbers. */
function asRecorded(brokerId: string): string | number {
  return /^\d+$/.test(brokerId) ? Number(brokerId) : brokerId;
}

/**
 * What an operator says who knows that a request was never accepted although its outcome was left open, or that what it began is over: it may
 * be sent again. A change that is pending all the same is seen.
 *
 * @internal
 */
export function declaredAsNeverAccepted(progress: Progress, operator: string): Progress {
  const steps = Object.entries(progress.steps).map(([id, step]): [string, StepProgress] => {
    const attempts = step.attempts.map((attempt): Attempt => {
      if (step.finishedAt !== undefined || !isOpen(attempt)) return attempt;
      return { ...attempt, outcome: 'undelivered', detail: `declared as never accepted by ${operator}` };
    });
    return [id, { ...step, attempts }];
  });
  return { ...progress, steps: Object.fromEntries(steps) };
}

/** Steps that are done anew with another snapshot. Exporting may have been resumed by hand since the last one was taken. */
const COPYING = ['pause-exporting', 'await-rest', 'take-snapshot', 'register-target', 'restore'];

/**
 * The same failback with another snapshot.
 *
 * @internal
 */
export function withNewSnapshot(progress: Progress, snapshotName: string): Progress {
  const steps = Object.entries(progress.steps).filter(([id]) => !COPYING.includes(id));
  return { ...progress, steps: Object.fromEntries(steps), request: { ...progress.request, snapshotName } };
}

/**
 * A name that no snapshot has yet. Elasticsearch wants small letters.
 *
 * @internal
 */
export function snapshotNameFor(regionId: number, now: number): string {
  return `failback-region${regionId}-${new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase()}`;
}
