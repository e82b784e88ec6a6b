import type { SnapshotRepository } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Noted } from '../finding';

/** @internal */
export const PROGRESS_SCHEMA_VERSION = 2;

/** @internal */
export type Direction = 'failover' | 'failback' | 'switch' | 'scale';

/** @internal */
export type PlannedDirection = 'switch' | 'scale';

/**
 * What is to be done, and with which decisions. A plan is made from this and the topology alone, so that a resumed run gets
 * the very same plan.
 *
 * @internal
 */
export interface RecoveryRequest {
  readonly direction: Direction;
  /** The region that is lost, or that is recreated, or that gets the leaders. Of a scaling, which is for both, the first one. */
  readonly regionId: number;
  /** The operator confirms that the lost region is cut off, although it still answers. */
  readonly fenced?: boolean;
  /** Id of a pending change that waits for the lost region, and is cancelled. */
  readonly cancels?: number;
  /** An earlier failback has paused exporting, and has not resumed it. */
  readonly resumesExporting?: boolean;
  /** An earlier failback may have added some of the brokers. */
  readonly partly?: boolean;
  /** The region was lost while its brokers came back, and is recreated once more: they are members, and its exporter is enabled. */
  readonly again?: boolean;
  /** Priority with which the zone of a recreated region comes back, where the cluster has zones. */
  readonly zonePriority?: number;
  /** Brokers that a scaling makes members. */
  readonly adds?: readonly string[];
  /** Name of the snapshot of a failback. */
  readonly snapshotName?: string;
  /** Where the snapshot of a failback goes. */
  readonly repository?: SnapshotRepository;
}

/**
 * Whether it is done while both regions live.
 *
 * @internal
 */
export function isPlanned(direction: Direction): direction is PlannedDirection {
  return direction === 'switch' || direction === 'scale';
}

/**
 * The region that keeps the record: the one that survives. Of what is planned, for which both live, always the same one.
 *
 * @internal
 */
export function recordRegionOf({ direction, regionId }: Pick<RecoveryRequest, 'direction' | 'regionId'>): number {
  return isPlanned(direction) ? 0 : 1 - regionId;
}

/**
 * Whether a recovery is not finished, so that no other one may begin. To begin a switch or a scaling anew is to go on with it, and one
 * whose region is lost meanwhile holds nothing up.
 *
 * @internal
 */
export function isUnfinished(progress: Progress | undefined): progress is Progress {
  return progress !== undefined && progress.finishedAt === undefined && !isPlanned(progress.request.direction);
}

/**
 * How far a recovery has come.
 *
 * @internal
 */
export interface Progress {
  readonly schemaVersion: number;
  readonly request: RecoveryRequest;
  /** What must not change until the end: node ids, partitions, exporters, version. */
  readonly fingerprint: string;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** Why nobody can go on with it. */
  readonly givenUp?: string;
  readonly steps: { readonly [stepId: string]: StepProgress };
  readonly warnings: readonly string[];
}

/** @internal */
export interface StepProgress {
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** Whether there was nothing to do. */
  readonly alreadyDone?: boolean;
  /** Calls that were sent, looks included. */
  readonly calls: number;
  readonly attempts: readonly Attempt[];
  /** What was found at last. */
  readonly finding?: string;
  /** What later steps compare with. */
  readonly noted?: Noted;
}

/**
 * One time that the action of a step was sent. Recorded before it is sent, with the outcome `intended`.
 *
 * @internal
 */
export interface Attempt {
  readonly at: number;
  readonly by: string;
  readonly call: string;
  readonly outcome: 'intended' | 'accepted' | 'refused' | 'undelivered' | 'unknown';
  readonly changeId?: number;
  /** Id of the cluster's last change when this was sent, or 0 if there was none: while it is the same, nothing has come of this. */
  readonly lastChange?: number;
  readonly status?: number;
  readonly detail?: string;
}

/**
 * Whether the action may have had an effect.
 *
 * @internal
 */
export function mayHaveActed(attempts: readonly Attempt[]): boolean {
  return attempts.some(isOpen);
}

/** @internal */
export function isOpen({ outcome }: Attempt): boolean {
  return outcome === 'intended' || outcome === 'accepted' || outcome === 'unknown';
}
