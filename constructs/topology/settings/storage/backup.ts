import { procedure } from '../rows/later';
import type { Rows } from '../rows/row';

/** Snapshots of Elasticsearch. */
export interface BackupSettings {
  /**
   * Whether each region gets a bucket for snapshots of its Elasticsearch, and one for copies of the other region's. A failback
   * copies data through these buckets.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether the buckets outlive the deployment. Turn it off for test set-ups only: the buckets then go with all that is in them.
   *
   * @default true
   */
  readonly retainBuckets?: boolean;

  /**
   * How long objects are kept after they were replaced or deleted, in days, 1 to 3650. A snapshot
   * repository can be restored to an earlier state for that long.
   *
   * @default 30
   */
  readonly expiryDays?: number;
}

/** @internal */
export const BACKUP = {
  enabled: {
    kind: 'boolean',
    default: true,
    later: procedure('changes.md', 'Buckets stay when it is turned off, and a failback then has nothing to copy data through.'),
  },
  retainBuckets: { kind: 'boolean', default: true, needs: 'backup.enabled' },
  expiryDays: { kind: 'integer', default: 30, min: 1, max: 3650, needs: 'backup.enabled' },
} as const satisfies Rows<BackupSettings>;
