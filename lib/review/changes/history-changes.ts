import { unknownHistorySettings } from '../../../constructs/topology/plan/history';
import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { dangerous, notice, type Change, type ChangedPlace } from './change';
import type { DeploymentState } from './deployment-state';

type Retention = ResolvedSettings['history']['retention'];

/** Ages of what is deleted, and what that is. */
const AGES = [
  ['days', 'Process instances, decisions, tasks and batch operations'],
  ['usageMetricsDays', 'Usage metrics'],
  ['recordsDays', 'Records, imported or not,'],
] as const;

/** What deletes process instances together with the one that called them. */
const BY_ITSELF = 'PI';

/**
 * What becomes of history: data that a deployment deletes and that was to be kept before, and what goes on being deleted.
 *
 * @internal
 */
export function historyChanges({ settings: before }: DeploymentState, { settings: after }: DeploymentState): Change[] {
  const [old, now] = [retentionIn(before), after.history.retention];
  const { components } = CAMUNDA_VERSIONS[after.camunda.version];
  // From 8.8 on, an index has its policy until somebody takes it away.
  if (!now.enabled) return old.enabled && !components ? [stillDeleted(old)] : [];
  const unknown = unknownHistorySettings(after.camunda);
  const ages = AGES.filter(([key]) => !unknown.includes(settingOf(key))).flatMap(([key, what]) => {
    const earlier = old.enabled ? old[key] : undefined;
    if (earlier === now[key]) return [];
    if (key === 'days' && components && earlier !== undefined) return [policyStays(earlier, now.days)];
    return earlier === undefined || earlier > now[key]
      ? [
          shortened(
            key,
            earlier ?? 'kept',
            now[key],
            `${what} older than ${now[key]} days are deleted in both regions, soon after the brokers have restarted.`,
          ),
        ]
      : [];
  });
  return [...ages, ...modeChange(old, now)];
}

/** What an older release of this library rendered knows of no retention, and kept everything. */
function retentionIn(settings: Partial<Pick<ResolvedSettings, 'history'>>): Partial<Retention> {
  return settings.history?.retention ?? {};
}

function modeChange({ enabled, processInstanceMode: earlier }: Partial<Retention>, { processInstanceMode }: Retention): Change[] {
  if (!enabled || earlier === undefined || earlier === processInstanceMode || processInstanceMode !== BY_ITSELF) return [];
  const meaning = 'Called process instances are deleted by their own end, in both regions, also where the one that called them is kept.';
  return [shortened('processInstanceMode', earlier, processInstanceMode, meaning)];
}

function shortened(key: keyof Retention, before: unknown, after: unknown, meaning: string): Change {
  const advice = 'Take a snapshot of what must be kept first: docs/history.md.';
  return dangerous('history-shortened', key, placeOf(key), { before, after, meaning, advice });
}

/** Operate and Tasklist of 8.7 make their policies once, and never change them: a danger where more was to be kept. */
function policyStays(before: number, after: number): Change {
  return (before < after ? dangerous : notice)('history-policy-stays', 'days', placeOf('days'), {
    before,
    after,
    meaning: `Operate and Tasklist do not change a policy that is there: they go on deleting after ${before} days in both regions.`,
    advice: 'Change both policies in Elasticsearch of each region: docs/history.md has the commands.',
  });
}

function stillDeleted({ days }: Partial<Retention>): Change {
  return notice('history-still-deleted', 'enabled', placeOf('enabled'), {
    before: true,
    after: false,
    meaning: `New indices are kept. Those that were archived before are still deleted after ${days} days, in both regions.`,
    advice: 'To keep them, take the policy from them in Elasticsearch of each region: docs/history.md has the command.',
  });
}

function placeOf(key: keyof Retention): ChangedPlace {
  return { part: 'settings', object: settingOf(key) };
}

function settingOf(key: keyof Retention): string {
  return `history.retention.${key}`;
}
