import { kubernetesOf, type RegionKubernetes } from '../../../constructs/topology/plan/region-kubernetes';
import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { KUBERNETES_STEP } from './aws-update-rules';
import { dangerous, notice, type Change } from './change';
import type { DeploymentState } from './deployment-state';
import { at } from './plain-data';

/**
 * Versions that go where nothing can follow.
 *
 * @internal
 */
export function versionChanges(base: DeploymentState, head: DeploymentState): Change[] {
  return [
    ...camundaChanges(base.settings, head.settings),
    ...patchChanges(base.settings, head.settings),
    ...kubernetesChanges(base.settings, head.settings),
    ...elasticsearchChanges(base, head),
  ];
}

function camundaChanges({ camunda: before }: ResolvedSettings, { camunda: after }: ResolvedSettings): Change[] {
  const where = { part: 'settings', object: 'camunda.version' };
  const versions = { before: before.version, after: after.version };
  const step = minorStep(before.version, after.version);
  if (step === undefined || step < 0) {
    const meaning = 'An older Camunda cannot read the data of a newer one: brokers refuse to start.';
    return [dangerous('camunda-downgraded', after.version, where, { ...versions, meaning, advice: BACKUP })];
  }
  if (step > 1) {
    const meaning = 'Brokers refuse data that is more than one minor version old, and data of the versions between is never taken over.';
    const advice = 'Upgrade one minor version after the other, as docs/upgrade.md says.';
    return [dangerous('camunda-minor-skipped', after.version, where, { ...versions, meaning, advice })];
  }
  const older = CAMUNDA_VERSIONS[after.version]?.migration?.from;
  if (step === 1 && older === before.version && after.migratingFrom === undefined) {
    const meaning = 'Without importer and Job, what is in Elasticsearch is not taken over: Operate and Tasklist show none of it.';
    const advice = `Set 'camunda.migratingFrom: ${older}' with the new version, and take it out when both are done.`;
    return [dangerous('camunda-migration-missing', after.version, where, { ...versions, meaning, advice })];
  }
  if (step === 1 && before.migratingFrom !== undefined) {
    const meaning = 'The migration from the version before may not be finished, and the next one does not go on with it.';
    const advice = "Finish it: deploy without 'camunda.migratingFrom' first.";
    return [dangerous('camunda-migration-unfinished', after.version, where, { ...versions, meaning, advice })];
  }
  if (step === 0) return [];
  const meaning = 'There is no way back: an older Camunda cannot read what a newer one has written.';
  const advice =
    "Take a backup of brokers and Elasticsearch first, from the newest patch of the old version. Before and after, 'recover verify' must find nothing. docs/upgrade.md has the order.";
  return [notice('camunda-upgraded', after.version, where, { ...versions, meaning, advice })];
}

const BACKUP = 'Keep the version. The way back is a restore of the backup that was made before the upgrade.';

/** A patch that is lowered. A tag that is no exact version cannot be judged. */
function patchChanges(before: ResolvedSettings, after: ResolvedSettings): Change[] {
  if (before.camunda.version !== after.camunda.version) return [];
  return after.regions.flatMap((_, regionId) => {
    const [old, patch] = [patchOf(before, regionId), patchOf(after, regionId)];
    if (old === undefined || patch === undefined || versionStep(old, patch) >= 0) return [];
    return [
      dangerous(
        'camunda-patch-lowered',
        `region${regionId}`,
        { part: 'settings', object: `regions[${regionId}].camundaPatch` },
        {
          before: old,
          after: patch,
          meaning: 'Camunda does not promise that an older patch reads what a newer one has written.',
          advice: 'Go forward to a newer patch, or restore a backup.',
        },
      ),
    ];
  });
}

/**
 * The patch that the brokers of a region run.
 *
 * @internal
 */
export function patchOf({ regions, images, camunda }: ResolvedSettings, regionId: number): string | undefined {
  return regions[regionId]?.camundaPatch ?? images.camundaTag ?? CAMUNDA_VERSIONS[camunda.version]?.images.camunda.tag;
}

function kubernetesChanges(base: ResolvedSettings, head: ResolvedSettings): Change[] {
  const found = head.regions.flatMap((_, regionId) => {
    const [before, after] = [kubernetesOf(base, regionId), kubernetesOf(head, regionId)];
    return [...kubernetesChange(before.version, after.version), ...releaseChange(before, after, regionId)];
  });
  // Regions that go together are one change.
  return found.filter(({ id }, i) => found.findIndex(other => other.id === id) === i);
}

function kubernetesChange(before: string, after: string): Change[] {
  const step = minorStep(before, after);
  if (step !== undefined && step >= 0 && step <= KUBERNETES_STEP) return [];
  const kind = step === undefined || step < 0 ? 'kubernetes-downgraded' : 'kubernetes-minor-skipped';
  return [
    dangerous(
      kind,
      after,
      { part: 'settings', object: 'kubernetes.version' },
      {
        before,
        after,
        meaning: 'EKS raises the version of a control plane by one minor version at a time, and never lowers it: the deployment fails.',
        advice: 'Go one minor version at a time, with a deployment of both regions between.',
      },
    ),
  ];
}

function releaseChange({ nodeRelease: before }: RegionKubernetes, { nodeRelease: after }: RegionKubernetes, regionId: number): Change[] {
  if (before === undefined || after === undefined || releaseStep(before, after) >= 0) return [];
  return [
    dangerous(
      'node-release-lowered',
      `region${regionId}`,
      { part: 'settings', object: 'kubernetes.nodeRelease' },
      {
        before,
        after,
        meaning: 'EKS never brings nodes back to an older release: the deployment fails.',
        advice: 'Go forward to a newer release.',
      },
    ),
  ];
}

/** Below 0 if the second release is the older one: the version first, then the day. */
function releaseStep(before: string, after: string): number {
  const [oldDay, day] = [before, after].map(release => Number(release.split('-')[1]));
  return versionStep(before, after) || day - oldDay;
}

function elasticsearchChanges(base: DeploymentState, head: DeploymentState): Change[] {
  return head.manifests.flatMap((_, regionId) => {
    const [before, after] = [elasticsearchVersion(base, regionId), elasticsearchVersion(head, regionId)];
    if (before === undefined || after === undefined || versionStep(before, after) >= 0) return [];
    return [
      dangerous(
        'elasticsearch-downgraded',
        `region${regionId}`,
        { part: `manifests of region ${regionId}`, object: 'Elasticsearch', field: 'spec.version' },
        {
          before,
          after,
          meaning: 'Elasticsearch cannot read the indices of a newer version, and its operator refuses the change.',
          advice: 'Keep the version.',
        },
      ),
    ];
  });
}

function elasticsearchVersion({ manifests }: DeploymentState, regionId: number): string | undefined {
  const objects = manifests[regionId].flatMap(group => group.objects);
  const version = at(
    objects.find(({ kind }) => kind === 'Elasticsearch'),
    'spec',
    'version',
  );
  return typeof version === 'string' ? version : undefined;
}

/** By how many minor versions a version is raised. Undefined if the major version differs, which nothing here can be raised by. */
function minorStep(before: string, after: string): number | undefined {
  const [[oldMajor, oldMinor], [major, minor]] = [numbersOf(before), numbersOf(after)];
  return oldMajor === major ? minor - oldMinor : undefined;
}

/** Below 0 if the second version is the older one. */
function versionStep(before: string, after: string): number {
  const [a, b] = [numbersOf(before), numbersOf(after)];
  return b.map((number, i) => number - a[i]).find(difference => difference !== 0) ?? 0;
}

function numbersOf(version: string): number[] {
  return (/^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []).slice(1).map(text => Number(text ?? 0));
}
