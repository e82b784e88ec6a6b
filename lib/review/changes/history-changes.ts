import { unknownHistorySettings } from '../../../constructs/topology/plan/history';
import { dangerous, type Change } from './change';
import type { DeploymentState } from './deployment-state';

/** Ages of what is deleted, and what that is. */
const AGES = [
  ['days', 'Process instances, decisions, tasks and batch operations'],
  ['usageMetricsDays', 'Usage metrics'],
  ['recordsDays', 'Records, imported or not,'],
] as const;

/**
 * History that a deployment deletes and that was to be kept before.
 *
 * @internal
 */
export function historyDangers({ settings: before }: DeploymentState, { settings: after }: DeploymentState): Change[] {
  const [old, now] = [before.history.retention, after.history.retention];
  if (!now.enabled) return [];
  const unknown = unknownHistorySettings(after.camunda);
  return AGES.flatMap(([key, what]) => {
    const setting = `history.retention.${key}`;
    if (unknown.includes(setting) || (old.enabled && old[key] <= now[key])) return [];
    return [
      dangerous(
        'history-shortened',
        key,
        { part: 'settings', object: setting },
        {
          before: old.enabled ? old[key] : 'kept',
          after: now[key],
          meaning: `${what} older than ${now[key]} days are deleted in both regions, soon after the brokers have restarted.`,
          advice: 'Take a snapshot of what must be kept first: docs/history.md.',
        },
      ),
    ];
  });
}
