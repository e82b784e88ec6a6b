import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import { areInS3 } from '../../../constructs/topology/settings/storage/documents';
import { dangerous, notice, type Change, type ChangedPlace } from './change';
import type { DeploymentState } from './deployment-state';

type Documents = ResolvedSettings['documents'];

/**
 * What becomes of documents that are there.
 *
 * @internal
 */
export function documentChanges({ settings: before }: DeploymentState, { settings: after }: DeploymentState): Change[] {
  const [old, now] = [documentsIn(before), after.documents];
  return [...storeChange(old, now), ...ageChange(old, now)];
}

/** What an older release of this library rendered kept all documents in memory. */
function documentsIn(settings: Partial<Pick<ResolvedSettings, 'documents'>>): Partial<Documents> {
  return settings.documents ?? {};
}

function storeChange(old: Partial<Documents>, now: Documents): Change[] {
  const { store: before = 'memory' } = old;
  const { store: after } = now;
  if (before === after) return [];
  if (areInS3(now)) {
    return [
      notice('document-store-changed', after, placeOf('store'), {
        before,
        after,
        meaning:
          'Brokers restart, and what they keep in memory goes with that: process instances that hold such documents find them no more.',
        advice:
          'Deploy it while no process instance needs a document. In a running system, deploy both buckets and their copies first: docs/documents.md.',
      }),
    ];
  }
  return [
    dangerous('document-store-changed', after, placeOf('store'), {
      before,
      after,
      meaning:
        'Brokers no longer find the documents in S3, in either region: process instances that hold one fail where they use it. New documents are lost when their broker restarts.',
      advice: 'Keep the store. The buckets stay where they are retained, and documents are found again with the store before.',
    }),
  ];
}

function ageChange(old: Partial<Documents>, now: Documents): Change[] {
  const { deleteAfterDays: days, expiryDays } = now;
  const earlier = old.deleteAfterDays;
  // What was in memory before is no older than its broker.
  if (!areInS3(old) || !areInS3(now) || days === undefined) return [];
  if (earlier !== undefined && earlier <= days) return [];
  return [
    dangerous('documents-shortened', 'deleteAfterDays', placeOf('deleteAfterDays'), {
      before: earlier ?? 'kept',
      after: days,
      meaning: `Documents older than ${days} days are deleted in both regions, also those that process instances hold, within two days.`,
      advice: `For ${expiryDays} days they can be brought back one by one: docs/documents.md.`,
    }),
  ];
}

function placeOf(key: keyof Documents): ChangedPlace {
  return { part: 'settings', object: `documents.${key}` };
}
