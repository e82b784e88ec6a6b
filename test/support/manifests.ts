import { parse } from 'yaml';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { DEFAULT_SETTINGS } from './settings/settings';

/** A rendered object, with the fields that all kinds have. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly [field: string]: unknown;
}

export interface Labels {
  readonly [key: string]: string;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly readinessProbe?: unknown;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly ports?: { readonly name: string; readonly containerPort: number; readonly hostPort?: number; readonly protocol?: string }[];
  readonly volumeMounts?: { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  readonly securityContext?: { readonly [field: string]: unknown };
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly [field: string]: unknown;
}

export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: {
    readonly containers: Container[];
    readonly initContainers?: Container[];
    readonly volumes?: { readonly name: string; readonly [source: string]: unknown }[];
    readonly serviceAccountName?: string;
    readonly securityContext?: { readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
}

/** All objects of a region. Settings are added to the default ones. */
export function objectsOf(regionId: number, settings: Partial<DualRegionSettings> = {}): KubernetesObject[] {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
  return regionManifests(topology, regionId).flatMap(group => group.objects) as unknown as KubernetesObject[];
}

/** The one object of a kind and name. */
export function find(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.filter(object => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects are ${kind}/${name}`);
  return found[0];
}

/** The value under a path of keys and indexes, as the caller knows it. */
export function at<T>(object: unknown, ...path: (string | number)[]): T {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], object) as T;
}

/** Every pod template, whoever runs it, with the name of its owner. */
export function podTemplates(objects: readonly KubernetesObject[]): { readonly owner: string; readonly template: PodTemplate }[] {
  return objects.flatMap(object => {
    const owner = `${object.kind}/${object.metadata.name}`;
    const places: Readonly<Record<string, (string | number)[]>> = {
      StatefulSet: ['spec', 'template'],
      Deployment: ['spec', 'template'],
      DaemonSet: ['spec', 'template'],
      Job: ['spec', 'template'],
      CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
    };
    if (object.kind in places) return [{ owner, template: at<PodTemplate>(object, ...places[object.kind]) }];
    const nodeSets = object.kind === 'Elasticsearch' ? at<{ podTemplate: PodTemplate }[]>(object, 'spec', 'nodeSets') : [];
    return nodeSets.map(({ podTemplate }) => ({ owner, template: podTemplate }));
  });
}

/** Every container of every pod, those that run first included. */
export function containers(objects: readonly KubernetesObject[]): { readonly owner: string; readonly container: Container }[] {
  return podTemplates(objects).flatMap(({ owner, template }) =>
    [...(template.spec.initContainers ?? []), ...template.spec.containers].map(container => ({ owner, container })),
  );
}

/** Every value in an object that is neither a list nor a mapping, with its path. */
export function leaves(value: unknown): { readonly path: string; readonly value: unknown }[] {
  const found: { path: string; value: unknown }[] = [];
  const visit = (child: unknown, path: string): void => {
    if (child === null || typeof child !== 'object') found.push({ path, value: child });
    else for (const [key, grandchild] of Object.entries(child)) visit(grandchild, path === '' ? key : `${path}.${key}`);
  };
  visit(value, '');
  return found;
}

/** The files of all ConfigMaps that are YAML, parsed. */
export function yamlFiles(objects: readonly KubernetesObject[]): unknown[] {
  return objects
    .filter(object => object.kind === 'ConfigMap')
    .flatMap(object => Object.entries(object.data as Labels))
    .filter(([name]) => name.endsWith('.yaml'))
    .map(([, text]) => parse(text) as unknown);
}
