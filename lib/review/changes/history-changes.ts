import { unknownHistorySettings } from '../../../constructs/topology/plan/history';
import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { dangerous, notice, type Change, type ChangeText } from './change';
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
  const old = retentionIn(before);
  const now = after.history.retention;
  if (!now.enabled) return old.enabled ? stillDeleted(old, after) : [];
  const unknown = unknownHistorySettings(after.camunda);
  return [
    ...AGES.filter(([key]) => !unknown.includes(`history.retention.${key}`)).flatMap(([key, what]) =>
      ageChange(key, what, old, now, after),
    ),
    ...modeChange(old, now),
  ];
}

/** What an older release of this library rendered knows of no retention, and kept everything. */
function retentionIn(settings: Partial<Pick<ResolvedSettings, 'history'>>): Partial<Retention> {
  return settings.history?.retention ?? {};
}

function ageChange(
  key: (typeof AGES)[number][0],
  what: string,
  old: Partial<Retention>,
  now: Retention,
  { camunda }: ResolvedSettings,
): Change[] {
  const earlier = old.enabled ? old[key] : undefined;
  if (earlier === now[key]) return [];
  const values = { before: earlier ?? 'kept', after: now[key] };
  // Their policies are made once, and never changed by them.
  const isKept = key === 'days' && isComponents(camunda.version) && old.enabled === true;
  if (isKept) {
    const text = {
      ...values,
      meaning: `Operate and Tasklist do not change a policy that is there: they go on deleting after ${earlier} days in both regions.`,
      advice: 'Change both policies in Elasticsearch of each region: docs/history.md has the commands.',
    };
    const place = { part: 'settings', object: `history.retention.${key}` };
    return [
      earlier !== undefined && earlier < now[key]
        ? dangerous('history-policy-stays', key, place, text)
        : notice('history-policy-stays', key, place, text),
    ];
  }
  if (earlier !== undefined && earlier < now[key]) return [];
  return [
    change('history-shortened', key, {
      ...values,
      meaning: `${what} older than ${now[key]} days are deleted in both regions, soon after the brokers have restarted.`,
      advice: 'Take a snapshot of what must be kept first: docs/history.md.',
    }),
  ];
}

function modeChange({ enabled, processInstanceMode: earlier }: Partial<Retention>, { processInstanceMode }: Retention): Change[] {
  if (!enabled || earlier === undefined || earlier === processInstanceMode || processInstanceMode !== BY_ITSELF) return [];
  return [
    change('history-shortened', 'processInstanceMode', {
      before: earlier,
      after: processInstanceMode,
      meaning: 'Called process instances are deleted by their own end, in both regions, also where the one that called them is kept.',
      advice: 'Take a snapshot of what must be kept first: docs/history.md.',
    }),
  ];
}

/** From 8.8 on, an index has its policy until somebody takes it away. */
function stillDeleted({ days }: Partial<Retention>, { camunda }: ResolvedSettings): Change[] {
  if (isComponents(camunda.version)) return [];
  const text = {
    before: true,
    after: false,
    meaning: `New indices are kept. Those that were archived before are still deleted after ${days} days, in both regions.`,
    advice: 'To keep them, take the policy from them in Elasticsearch of each region: docs/history.md has the command.',
  };
  return [notice('history-still-deleted', 'enabled', { part: 'settings', object: 'history.retention.enabled' }, text)];
}

function isComponents(version: string): boolean {
  return CAMUNDA_VERSIONS[version]?.components !== undefined;
}

function change(kind: string, key: string, text: ChangeText): Change {
  return dangerous(kind, key, { part: 'settings', object: `history.retention.${key}` }, text);
}
