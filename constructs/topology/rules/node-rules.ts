import type { NodeGroupSettings, TaintSettings } from '../settings/node-groups';
import type { TolerationSettings } from '../settings/pod';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { isGraviton } from '../versions/instance-types';
import { listOf } from './existing-range-rules';
import type { Judged } from './judging/judged';
import { errorOf, ProblemSeverity, warningOf, type Problem } from './judging/problem';
import { isKnownVersion } from './versions/version-rules';

const INPUTS = /^(nodes|orchestration|elasticsearch)($|\.(instanceType|groups|pod$))/;
const ON_VOLUMES = ['orchestration', 'elasticsearch'] as const;

/**
 * What runs on which nodes.
 *
 * @internal
 */
export function nodeProblems(settings: ResolvedSettings, _today: Date, { single, pods }: Judged): Problem[] {
  if (single.some(({ severity, setting }) => severity === ProblemSeverity.ERROR && INPUTS.test(setting))) return [];
  const unfit = groupProblems(settings.nodes.groups);
  // Tolerations that are none have their own problem.
  const onSpot = unfit.length === 0 && pods.length === 0 ? spotProblems(settings) : [];
  return [...unfit, ...onSpot, ...gravitonProblems(settings)];
}

function groupProblems(groups: readonly NodeGroupSettings[]): Problem[] {
  return groups.flatMap(({ name, taints }, i) => [
    ...(groups.findIndex(other => other.name === name) === i
      ? []
      : [
          errorOf({
            rule: 'node-group',
            setting: `nodes.groups[${i}].name`,
            value: name,
            requirement: 'must be given only once',
            fix: 'choose another name',
          }),
        ]),
    ...(taints.some(keepsAway)
      ? []
      : [
          errorOf({
            rule: 'node-group-taint',
            setting: `nodes.groups[${i}].taints`,
            value: taints.map(({ effect }) => effect),
            requirement:
              "must have one with the effect 'NoSchedule' or 'NoExecute', so that Camunda stays on nodes that were counted for it",
            fix: "add { key: 'dedicated', value: 'workers', effect: 'NoSchedule' }, and tolerate it in your pods",
          }),
        ]),
  ]);
}

function keepsAway({ effect }: TaintSettings): boolean {
  return effect !== 'PreferNoSchedule';
}

/** A Spot node is taken back after two minutes, and those of several zones at once. */
function spotProblems(settings: ResolvedSettings): Problem[] {
  const spot = settings.nodes.groups.filter(({ capacityType }) => capacityType === 'SPOT');
  return ON_VOLUMES.flatMap(workload => {
    const tolerations: readonly TolerationSettings[] = settings[workload].pod.tolerations;
    if (listOf(tolerations).length === 0) return [];
    const group = spot.find(({ taints }) => taints.filter(keepsAway).every(taint => tolerations.some(one => tolerates(one, taint))));
    if (!group) return [];
    return [
      errorOf({
        rule: 'spot-tolerated',
        setting: `${workload}.pod.tolerations`,
        value: tolerations,
        requirement: `must not tolerate the taints of Spot nodes '${group.name}': AWS takes them back after two minutes, those of several zones at once`,
        fix: 'tolerate taints of nodes on demand alone',
      }),
    ];
  });
}

/** `@see` Kubernetes documentation, taints and tolerations */
function tolerates({ key, operator = 'Equal', value = '', effect }: TolerationSettings, taint: TaintSettings): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key === undefined) return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
}

function gravitonProblems({ nodes: { instanceType }, camunda: { version } }: ResolvedSettings): Problem[] {
  if (!isKnownVersion(version) || CAMUNDA_VERSIONS[version].supports.graviton || !isGraviton(instanceType)) return [];
  return [
    warningOf({
      rule: 'graviton',
      setting: 'nodes.instanceType',
      value: instanceType,
      requirement: `should be a type with an x86 processor: Camunda means its images of ${version} for Graviton for development alone`,
      fix: 'choose a type like m6i.xlarge, or upgrade to 8.9',
    }),
  ];
}
