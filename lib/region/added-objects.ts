import { ConfigurationError } from '../../constructs/topology/rules/judging/configuration-error';
import { errorOf, warningOf, type Problem } from '../../constructs/topology/rules/judging/problem';
import type { Topology } from '../../constructs/topology/topology';
import { MANIFEST_LIMIT } from '../manifest-limits';
import { regionManifests } from '../region-manifests';

/**
 * A Kubernetes object that somebody adds.
 *
 * @internal
 */
export interface AddedObject {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

const KINDS_WITH_PODS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'];

/**
 * Refuses objects that would take the place of Camunda's own, or that cannot be deployed.
 *
 * @param name what the objects are called in messages
 *
 * @internal
 */
export function assertAddable(objects: readonly AddedObject[], name: string, topology: Topology, regionId: number): void {
  const own = new Set(regionManifests(topology, regionId).flatMap(group => group.objects.map(object => keyOf(object as AddedObject))));
  const problems = objects
    .map(keyOf)
    .filter(key => own.has(key))
    .map(key =>
      errorOf({
        rule: 'added-object',
        setting: name,
        value: key,
        requirement: 'must not hold an object of Camunda',
        fix: "give it another name, or change Camunda's with 'patches'",
      }),
    );
  const size = Buffer.byteLength(JSON.stringify(objects));
  if (size > MANIFEST_LIMIT) {
    problems.push(
      errorOf({
        rule: 'manifest-size',
        setting: name,
        value: size,
        requirement: `must have at most ${MANIFEST_LIMIT} bytes`,
        fix: 'divide it into several charts',
      }),
    );
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/**
 * What is said of pods that Camunda's network policies would keep silent. Policies of their own open what they need.
 *
 * @internal
 */
export function deniedPods(objects: readonly AddedObject[], name: string, namespace: string): Problem[] {
  const inside = objects.filter(({ metadata }) => metadata?.namespace === namespace);
  if (inside.some(({ kind }) => kind === 'NetworkPolicy')) return [];
  const pods = inside.filter(({ kind = '' }) => KINDS_WITH_PODS.includes(kind)).map(keyOf);
  return pods.length === 0 ? [] : [deniedIn(namespace, name, pods.join(', '))];
}

/** @internal */
export function deniedIn(namespace: string, name: string, value: string): Problem {
  return warningOf({
    rule: 'added-pods',
    setting: name,
    value,
    requirement: `should make no pods in '${namespace}', where network policies deny all that Camunda does not need`,
    fix: "take a namespace of your own and 'allowClientsFrom', or bring a NetworkPolicy for these pods",
  });
}

function keyOf({ kind, metadata }: AddedObject): string {
  return [kind, metadata?.namespace, metadata?.name].filter(part => part !== undefined).join(' ');
}
