import { oneOf } from '../rows/checks';
import { procedure, UNNOTICED } from '../rows/later';
import type { Rows } from '../rows/row';

/** Where documents are kept: files that users upload to Tasklist, or clients to the REST API. */
export interface DocumentSettings {
  /**
   * Where documents are kept. `memory`: in the broker that took them, until it restarts; the others do not see them. `s3`: in a bucket
   * of each region, copied both ways, from 8.8 on.
   *
   * @default 'memory'
   */
  readonly store?: string;

  /**
   * Whether the buckets outlive the deployment. Turn it off for test set-ups only: the buckets then go with all documents.
   *
   * @default true
   */
  readonly retainBuckets?: boolean;

  /**
   * How long a document can be brought back after it was deleted, in days, 1 to 3650. It leaves the buckets after that.
   *
   * @default 30
   */
  readonly expiryDays?: number;

  /**
   * Days after which every document is deleted, in both regions, whatever its own expiry says, 1 to 3650.
   *
   * @default - never: documents stay until somebody deletes them
   */
  readonly deleteAfterDays?: number;
}

const STORES = ['memory', 's3'] as const;
const [MEMORY, S3] = STORES;
const IN_S3 = { setting: 'documents.store', value: S3 };
const MAX_DAYS = 3650;
const PAGE = 'documents.md';

/**
 * Whether documents are kept in buckets of the deployment.
 *
 * @internal
 */
export function areInS3(documents: { readonly store?: unknown }): boolean {
  return documents.store === S3;
}

/** @internal */
export const DOCUMENTS = {
  store: {
    kind: 'string',
    default: MEMORY,
    later: procedure(PAGE, 'Brokers restart, and documents of the store before can no longer be read.'),
    checks: [
      oneOf(STORES, {
        rule: 'document-store',
        requirement: `must be ${STORES.join(' or ')}`,
        fix: "write 's3' for buckets of this deployment; docs/documents.md says how to name a store of your own",
      }),
    ],
  },
  retainBuckets: { kind: 'boolean', default: true, needs: IN_S3, later: UNNOTICED },
  expiryDays: { kind: 'integer', default: 30, min: 1, max: MAX_DAYS, needs: IN_S3, later: UNNOTICED },
  deleteAfterDays: {
    kind: 'integer',
    min: 1,
    max: MAX_DAYS,
    needs: IN_S3,
    later: { ...UNNOTICED, note: 'Documents that are older are deleted within two days.', page: PAGE },
  },
} as const satisfies Rows<DocumentSettings>;
