import { dangerous, notice, type Change } from './change';
import type { DeploymentState } from './deployment-state';
import { fixedFieldChanges } from './immutable-fields';
import { manifestPart, objectsOf, type ManifestObject } from './manifest-objects';
import { at, fieldDifferences, isSame } from './plain-data';

/** What holds data, or is found by its name. */
const KEPT_KINDS = ['Elasticsearch', 'ExternalSecret', 'Namespace', 'PersistentVolumeClaim', 'Secret', 'StatefulSet', 'StorageClass'];
/** Where each kind says what becomes of its volumes, and what keeps them. */
const RETENTION: Readonly<Record<string, { readonly field: string; readonly keeps: string }>> = {
  StorageClass: { field: 'reclaimPolicy', keeps: 'Retain' },
  Elasticsearch: { field: 'spec.volumeClaimDeletePolicy', keeps: 'DeleteOnScaledownOnly' },
};
const MAX_FIELDS = 6;

/**
 * Changes of the Kubernetes objects of both regions. Those of network policies and what replaces the pods of brokers are judged
 * elsewhere, and listed here among the rest.
 *
 * @internal
 */
export function manifestChanges(base: DeploymentState, head: DeploymentState): Change[] {
  return mergedRegions(
    [0, 1].flatMap(regionId => {
      // In another namespace every object is another one, and that has its own change.
      if (base.settings.regions[regionId].namespace !== head.settings.regions[regionId].namespace) return [];
      return regionChanges(regionId, objectsOf(base, regionId), objectsOf(head, regionId));
    }),
  );
}

function regionChanges(
  regionId: number,
  before: ReadonlyMap<string, ManifestObject>,
  after: ReadonlyMap<string, ManifestObject>,
): Change[] {
  const groups = new Set([...after.values()].map(({ group }) => group));
  const gone = [...before].filter(([key]) => !after.has(key));
  const made = [...after].filter(([key]) => !before.has(key));
  return [
    ...gone.map(([key, object]) => removal(regionId, key, object, made.find(([, { kind }]) => kind === object.kind)?.[0])),
    ...made.map(([key]) =>
      notice('object-added', `region${regionId}/${key}`, { part: manifestPart(regionId), object: key }, { meaning: 'New.', advice: '' }),
    ),
    ...[...after].flatMap(([key, now]) => {
      const old = before.get(key);
      return old ? objectChanges(regionId, key, old, now, groups) : [];
    }),
  ];
}

function removal(regionId: number, key: string, { kind }: ManifestObject, other: string | undefined): Change {
  const where = { part: manifestPart(regionId), object: key };
  const about = `region${regionId}/${key}`;
  if (!KEPT_KINDS.includes(kind)) {
    const meaning = 'Deleted with its group of manifests; left in the cluster, and no longer updated, if the group stays.';
    return notice('object-removed', about, where, { meaning, advice: '' });
  }
  if (other === undefined) {
    const meaning = 'It holds data, or is what others look for by its name. It is deleted with its group, or left and forgotten.';
    return dangerous('object-removed', about, where, {
      before: key,
      meaning,
      advice: 'Make sure that nothing needs it any more, and acknowledge it.',
    });
  }
  const meaning = 'An object is found by its name: the new one starts empty or is not found, and the old one stays with what it holds.';
  return dangerous('object-renamed', about, where, { before: key, after: other, meaning, advice: 'Keep the name.' });
}

function objectChanges(regionId: number, key: string, old: ManifestObject, now: ManifestObject, groups: ReadonlySet<string>): Change[] {
  const part = manifestPart(regionId);
  const about = `region${regionId}/${key}`;
  const changes: Change[] = [];
  if (old.group !== now.group && !groups.has(old.group)) {
    changes.push(
      dangerous(
        'object-moved',
        about,
        { part, object: key, field: 'group' },
        {
          before: old.group,
          after: now.group,
          meaning: 'Its old group is deleted after the new one is applied, and takes the object with it.',
          advice: 'Keep it in its group.',
        },
      ),
    );
  }
  const fixed = fixedFieldChanges(now.kind, old.object, now.object);
  for (const { field, before, after } of fixed) {
    changes.push(
      dangerous(
        'immutable-field-changed',
        `${about}/${field}`,
        { part, object: key, field },
        {
          before,
          after,
          meaning: 'Kubernetes refuses to change this field: the deployment fails, and nothing of this group is applied.',
          advice: IMMUTABLE_ADVICE[now.kind] ?? 'Keep it as it is.',
        },
      ),
    );
  }
  changes.push(...retentionChange(about, part, key, old, now));
  const fields = fieldDifferences(old.object, now.object).filter(({ field }) => !fixed.some(one => isWithin(field, one.field)));
  if (fields.length === 0) return changes;
  const names = fields.slice(0, MAX_FIELDS).map(({ field }) => field);
  const where = {
    part,
    object: key,
    field: [...names, ...(fields.length > MAX_FIELDS ? [`and ${fields.length - MAX_FIELDS} more`] : [])].join(', '),
  };
  const first = fields.length === 1 ? fields[0] : undefined;
  changes.push(
    notice('object-changed', about, where, { before: first?.before, after: first?.after, meaning: meaningOf(old, now), advice: '' }),
  );
  return changes;
}

function isWithin(field: string, outer: string): boolean {
  return field === outer || field.startsWith(`${outer}.`) || field.startsWith(`${outer} `);
}

const IMMUTABLE_ADVICE: Readonly<Record<string, string>> = {
  StatefulSet:
    'Keep it. Larger volumes are made claim by claim, and the StatefulSet is then replaced without its pods (kubectl delete --cascade=orphan).',
  Job: 'Delete the Job first if it must run again.',
  StorageClass: 'Keep it: volumes that are there keep the old values anyway.',
};

function meaningOf({ object: before }: ManifestObject, { kind, object: after }: ManifestObject): string {
  if (isSame(at(before, 'spec', 'template'), at(after, 'spec', 'template'))) {
    return kind === 'Elasticsearch'
      ? 'The operator replaces pods of Elasticsearch one by one if their part of it changed.'
      : 'Applied in place.';
  }
  return kind === 'StatefulSet' ? 'Its pods are replaced one by one.' : 'Its pods are replaced.';
}

function retentionChange(
  about: string,
  part: string,
  key: string,
  { object: old }: ManifestObject,
  { kind, object: now }: ManifestObject,
): Change[] {
  const text = { meaning: 'Volumes are deleted with what uses them, and all data in them.', advice: 'Keep them retained.' };
  const rule = RETENTION[kind];
  const path = rule?.field.split('.') ?? [];
  const [before, after] = [at(old, ...path), at(now, ...path)];
  const changes: Change[] = [];
  if (rule && before === rule.keeps && after !== rule.keeps) {
    changes.push(dangerous('retention-lowered', about, { part, object: key, field: rule.field }, { before, after, ...text }));
  }
  for (const when of ['whenDeleted', 'whenScaled']) {
    const [was, is] = [old, now].map(object => at(object, 'spec', 'persistentVolumeClaimRetentionPolicy', when));
    if (was !== is && is === 'Delete') {
      changes.push(
        dangerous(
          'retention-lowered',
          `${about}/${when}`,
          { part, object: key, field: `spec.persistentVolumeClaimRetentionPolicy.${when}` },
          {
            before: was ?? 'Retain',
            after: is,
            ...text,
          },
        ),
      );
    }
  }
  return changes;
}

/** What both regions have in common is one line. */
function mergedRegions(changes: readonly Change[]): Change[] {
  const withoutRegion = ({ id, where, ...rest }: Change): string =>
    JSON.stringify([id.replace('region1', 'region0'), { ...where, part: '' }, rest]);
  const first = changes.filter(({ danger }) => danger === 'notice');
  const seen = new Map<string, Change[]>();
  for (const one of first) seen.set(withoutRegion(one), [...(seen.get(withoutRegion(one)) ?? []), one]);
  const notices = [...seen.values()].map(([one, other]) =>
    other ? { ...one, id: one.id.replace('region0', 'both'), where: { ...one.where, part: 'manifests of both regions' } } : one,
  );
  return [...changes.filter(({ danger }) => danger === 'dangerous'), ...notices];
}
