import type { ManifestGroup } from '../region-manifests';
import type { StackTemplate } from './template';

/**
 * All that a deployment consists of, as it is handed to CloudFormation and Kubernetes.
 *
 * @internal
 */
export interface Rendered {
  readonly stacks: readonly StackTemplate[];

  /** Manifests, region 0 first. */
  readonly manifests: readonly (readonly ManifestGroup[])[];
}

/**
 * A Kubernetes object with the file that it is in.
 *
 * @internal
 */
export interface PlacedObject {
  /** As `camunda-dual-region manifests` writes it, for example `region0/00-foundation.yaml`. */
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/**
 * The objects of a region.
 *
 * @internal
 */
export function objectsIn({ manifests }: Rendered, regionId: number): PlacedObject[] {
  return manifests[regionId].flatMap(group =>
    group.objects.map(object => ({
      path: pathOf(regionId, group.name),
      kind: String(object.kind),
      name: String((object.metadata as { readonly name?: unknown } | undefined)?.name),
      object,
    })),
  );
}

/**
 * Everything in a group of a region's manifests as one text, to look for what must be there. Empty if there is no such group.
 *
 * @internal
 */
export function textIn({ manifests }: Rendered, regionId: number, group: string): string {
  const objects = manifests[regionId].find(({ name }) => name === group)?.objects;
  return objects ? strings(objects).join('\n') : '';
}

/** @internal */
export function pathOf(regionId: number, group: string): string {
  return `region${regionId}/${group}.yaml`;
}

/** All texts and keys below a value, in their order. */
function strings(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, member]) => (Array.isArray(value) ? strings(member) : [key, ...strings(member)]));
}
