import type { HttpTransport } from './calls/http';
import type { Progress } from './record/progress';

/**
 * The outside world, as far as a recovery needs it.
 *
 * @internal
 */
export interface RecoveryPorts {
  /** The management API of any gateway that survives. */
  readonly management: HttpTransport;
  readonly rest: HttpTransport;
  elasticsearch(regionId: number): HttpTransport;
  /** Whether there is a way to a region's Elasticsearch, be it up or not. Where it is left out, there is. */
  hasElasticsearch?(regionId: number): boolean;
  /** Whether the way to each Elasticsearch leads through the Kubernetes API of its region, so that it can lead to no other. */
  readonly searchThroughKubernetes?: boolean;
  /** The management port of one broker, where it can be reached: only brokers themselves know whether they export. */
  readonly broker?: (brokerId: string) => HttpTransport;
  readonly kubernetes: KubernetesFacts;
  readonly clock: Clock;
  readonly store: ProgressStore;
  readonly lease: OperatorLease;
}

/** @internal */
export interface KubernetesFacts {
  /** What a region's cluster says, or undefined if its API server does not answer. */
  region(regionId: number): Promise<RegionFacts | undefined>;
}

/** @internal */
export interface RegionFacts {
  /** Why its API server, which answers, does not let itself be read. Nothing else is known then. */
  readonly refused?: string;
  /** Whether that is because it does not know who asks, or denies it. */
  readonly denied?: boolean;
  /** The region that the deployed configuration declares as being recreated. */
  readonly recreatedRegion?: number;
  /** Pods of the brokers. Left out where they cannot be seen. */
  readonly brokerPods?: readonly PodFacts[];
  /** Pods of Operate and Tasklist that run on their own. */
  readonly applicationPods?: readonly string[];
  /** Why the brokers' StatefulSet is not as it was last deployed, or undefined if it is. */
  readonly rolloutOpen?: string;
}

/** @internal */
export interface PodFacts {
  readonly name: string;
  readonly running: boolean;
  readonly ready: boolean;
}

/** @internal */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since any moment, of a clock that is never set. */
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Runs something once that time has passed, beside whatever else goes on. Returns how to call it off. */
  after(milliseconds: number, run: () => void): () => void;
}

/** @internal */
export interface StoredProgress {
  /** Left out if there is no recovery yet. */
  readonly progress?: Progress;
  /** With which it can be written over. */
  readonly version?: string;
}

/**
 * Progress of the one recovery that a deployment has, in the surviving region.
 *
 * @internal
 */
export interface ProgressStore {
  /** Throws `UnreadableRecordError` if there is something that is not the record of a recovery. */
  read(): Promise<StoredProgress>;
  /**
   * Writes over the version that was read, and gives the new one. Throws `ProgressConflictError` if somebody else has written
   * meanwhile.
   */
  write(progress: Progress, version: string | undefined): Promise<string>;
}

/** @internal */
export class ProgressConflictError extends Error {
  public override readonly name = 'ProgressConflictError';
}

/**
 * What should be the record of a recovery cannot be read. It may have told of something that was sent.
 *
 * @internal
 */
export class UnreadableRecordError extends Error {
  public override readonly name = 'UnreadableRecordError';
  public readonly advice =
    `if that is not where the record was, name the right place. If it is, do not begin elsewhere: it may have told of a forced removal that was sent. Put a ` +
    `copy of it back, or begin the same recovery anew with --abandon, which takes the removal for sent and finds out what has become of it`;

  public constructor(
    where: string,
    why: string,
    /** With which it can be written over. */
    public readonly version: string | undefined,
  ) {
    super(`${where} is not the record of a recovery: ${why}`);
  }
}

/** @internal */
export interface OperatorLease {
  /** Takes or renews the lease. Returns the other holder, if there is one: ask again, until it has not been renewed for that long. */
  hold(operator: string, seconds: number): Promise<LeaseHolder | undefined>;
  release(operator: string): Promise<void>;
}

/** @internal */
export interface LeaseHolder {
  readonly operator: string;
  /** Different after each renewal. */
  readonly renewal: string;
  /** Milliseconds after which it can be taken over, if it is not renewed until then. */
  readonly remainingMs: number;
}
