import type { ResolvedSettings } from '../../settings/resolved-settings';
import { warningOf, type Problem } from '../judging/problem';

/** @internal */
export function backupProblems({ backup: { enabled } }: ResolvedSettings): Problem[] {
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
