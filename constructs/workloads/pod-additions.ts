import { variableOf } from '../topology/plan/owned-names';
import { planOf } from '../topology/plan-of';
import { ConfigurationError } from '../topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../topology/rules/judging/problem';
import { WORKLOADS, type VariableSettings } from '../topology/settings/pod';
import type { ResolvedPod } from '../topology/settings/resolved-settings';
import type { Topology } from '../topology/topology';
import type { Variable, Workload } from './workload';

/**
 * Gives pods what their section of the settings asks for.
 *
 * Rules have refused what is known to be this library's own. Whatever else a container has already is refused here, by the
 * same rule: of two variables of one name the first would silently lose.
 *
 * @internal
 */
export function addToPods(workload: Workload, topology: Topology): void {
  const pod = podOf(workload.section, topology);
  if (!pod) return;
  const problems = [...addVariables(workload, pod), ...addSearchSettings(workload, pod), ...addNames(workload, pod)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  const { spec } = workload.template;
  if (Object.keys(pod.nodeSelector).length > 0) spec.nodeSelector = { ...spec.nodeSelector, ...pod.nodeSelector };
  if (pod.tolerations.length > 0)
    spec.tolerations = [...(spec.tolerations ?? []), ...pod.tolerations.map(toleration => ({ ...toleration }))];
  if (pod.imagePullSecrets.length > 0) {
    spec.imagePullSecrets = [...(spec.imagePullSecrets ?? []), ...pod.imagePullSecrets.map(name => ({ name }))];
  }
}

/** Workloads of this library that have no section of their own get nothing. */
function podOf(section: string | undefined, topology: Topology): ResolvedPod | undefined {
  const { settings } = planOf(topology);
  const name = WORKLOADS.find(workload => workload === section);
  return name && settings[name].pod;
}

function addVariables({ section, template }: Workload, { environment, configuration }: ResolvedPod): Problem[] {
  // Brokers and Elasticsearch have a file for settings.
  const asVariables = section === 'orchestration' || section === 'elasticsearch' ? {} : configuration;
  const added: [string, Variable][] = [
    ...environment.map((variable, i): [string, Variable] => [`${section}.pod.environment[${i}].name`, variableFrom(variable)]),
    ...Object.entries(asVariables).map(([path, value]): [string, Variable] => [
      `${section}.pod.configuration.${path}`,
      { name: variableOf(path), value },
    ]),
  ];
  if (added.length === 0) return [];
  return template.spec.containers.flatMap(container => {
    const taken = new Set((container.env ?? []).map(({ name }) => name));
    const problems = added.flatMap(([setting, { name }]) => {
      if (taken.has(name)) return [ownedProblem(setting, name)];
      taken.add(name);
      return [];
    });
    container.env = [...(container.env ?? []), ...added.map(([, variable]) => ({ ...variable }))];
    return problems;
  });
}

function variableFrom({ name, value, secretName, secretKey }: VariableSettings): Variable {
  return value === undefined ? { name, valueFrom: { secretKeyRef: { name: secretName, key: secretKey } } } : { name, value };
}

function addSearchSettings({ config }: Workload, { configuration }: ResolvedPod): Problem[] {
  if (!config) return [];
  const problems = Object.keys(configuration)
    .filter(path => path in config)
    .map(path => ownedProblem(`elasticsearch.pod.configuration.${path}`, path));
  Object.assign(config, configuration);
  return problems;
}

function addNames({ section, template }: Workload, { annotations, labels }: ResolvedPod): Problem[] {
  const given = { annotations, labels };
  const metadata = { ...template.metadata };
  const problems: Problem[] = [];
  for (const field of ['annotations', 'labels'] as const) {
    const own = metadata[field] ?? {};
    problems.push(
      ...Object.keys(given[field])
        .filter(name => name in own)
        .map(name => ownedProblem(`${section}.pod.${field}.${name}`, name)),
    );
    if (Object.keys(given[field]).length > 0) metadata[field] = { ...own, ...given[field] };
  }
  if (Object.keys(metadata).length > 0) template.metadata = metadata;
  return problems;
}

function ownedProblem(setting: string, name: string): Problem {
  return errorOf({
    rule: 'pod-owned',
    setting,
    value: name,
    requirement: 'must not replace what this library sets itself',
    fix: 'use the setting of this library that leads to it, or leave it out',
  });
}
