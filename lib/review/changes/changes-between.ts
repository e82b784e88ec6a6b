import { brokerRoll } from './broker-roll';
import type { Change } from './change';
import type { DeploymentState } from './deployment-state';
import { documentChanges } from './document-changes';
import { flowChanges } from './flow-changes';
import { historyChanges } from './history-changes';
import { manifestChanges } from './manifest-changes';
import { nodeRoll } from './node-roll';
import type { TemplateComparison } from './resource-difference';
import { settingNotices } from './setting-notices';
import { identityChanges, settingsDangers } from './settings-changes';
import { templateChanges } from './template-changes';
import { versionChanges } from './version-changes';

/**
 * What a deployment changes in a running one, the dangerous first. Each id occurs once.
 *
 * @param base what runs
 * @param head what is to be deployed
 * @param compare compares two templates of a stack
 *
 * @internal
 */
export function changesBetween(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): Change[] {
  const identity = identityChanges(base, head);
  const changes = [
    ...identity.changes,
    // Another deployment has nothing in common with this one, and a list of all its objects would hide that.
    ...(identity.isSameDeployment
      ? [
          ...versionChanges(base, head),
          ...settingsDangers(base, head),
          ...historyChanges(base, head),
          ...documentChanges(base, head),
          ...brokerRoll(base, head),
          ...nodeRoll(base, head, compare),
          ...templateChanges(base, head, compare),
          ...flowChanges(base, head),
          ...manifestChanges(base, head),
        ]
      : []),
    ...settingNotices(base, head),
  ];
  const first = new Map([...changes].reverse().map(one => [one.id, one]));
  const unique = changes.filter(one => first.get(one.id) === one);
  return [...unique.filter(({ danger }) => danger === 'dangerous'), ...unique.filter(({ danger }) => danger === 'notice')];
}
