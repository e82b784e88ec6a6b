import type { ResolvedSettings } from '../settings/resolved-settings';
import { booleanProblems } from './boolean-rule';
import { integerProblems } from './integer-rule';
import { warningOf, type Problem } from './problem';

/** @internal */
export function backupProblems({ backup }: ResolvedSettings): Problem[] {
  return [
    ...booleanProblems('backup.enabled', backup.enabled),
    ...booleanProblems('backup.retainBuckets', backup.retainBuckets),
    ...integerProblems('backup.expiryDays', backup.expiryDays, { min: 1, max: 3650 }),
    ...disabledProblems(backup.enabled),
  ];
}

function disabledProblems(enabled: unknown): Problem[] {
  if (enabled !== false) return [];
  return [
    warningOf({
      rule: 'backup-disabled',
      setting: 'backup.enabled',
      value: enabled,
      requirement: 'should be true: a failback copies the data of Elasticsearch through the snapshot buckets',
      fix: 'turn it on, or have a snapshot repository of your own that both regions reach',
    }),
  ];
}
