import { at, isSame, type Data } from './plain-data';

/** Of a StatefulSet everything else is fixed. */
const MUTABLE_OF_STATEFUL_SET = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const FIXED: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  Job: ['spec.selector', 'spec.template', 'spec.completionMode'],
  PersistentVolumeClaim: ['spec'],
  PriorityClass: ['value', 'preemptionPolicy'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  Service: ['spec.clusterIP'],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
};

/** @internal */
export interface FixedFieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Fields that Kubernetes refuses to change, by which a whole group of manifests is not applied.
 *
 * @internal
 */
export function fixedFieldChanges(kind: string, before: Data, after: Data): FixedFieldChange[] {
  return fixedFields(kind, before, after).flatMap(field => {
    const [old, now] = [before, after].map(object => at(object, ...field.split('.')));
    return isSame(old, now) ? [] : [{ field, before: old, after: now }];
  });
}

function fixedFields(kind: string, before: Data, after: Data): readonly string[] {
  if (kind !== 'StatefulSet') return FIXED[kind] ?? [];
  const keys = new Set([before, after].flatMap(({ spec }) => Object.keys(spec ?? {})));
  return [...keys].filter(key => !MUTABLE_OF_STATEFUL_SET.includes(key)).map(key => `spec.${key}`);
}
