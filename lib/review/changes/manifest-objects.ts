import type { DeploymentState } from './deployment-state';
import { at, type Data } from './plain-data';

/** @internal */
export interface ManifestObject {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly object: Data;
}

/**
 * Objects of a region by kind and name. The namespace is left out: it is the region's, or that of a controller.
 *
 * @internal
 */
export function objectsOf({ manifests }: DeploymentState, regionId: number): Map<string, ManifestObject> {
  const all = manifests[regionId].flatMap(group =>
    group.objects.map((object): ManifestObject => ({
      group: group.name,
      kind: String(object.kind),
      name: String(at(object, 'metadata', 'name')),
      object,
    })),
  );
  return new Map(all.map(one => [keyOf(one), one]));
}

/** @internal */
export function keyOf({ kind, name, object }: ManifestObject): string {
  const namespace = at(object, 'metadata', 'namespace');
  return `${kind}/${name}${kind === 'RoleBinding' && typeof namespace === 'string' ? `/${namespace}` : ''}`;
}

/** @internal */
export function manifestPart(regionId: number): string {
  return `manifests of region ${regionId}`;
}
