import { CLEAR_TEXT, isClearText } from '../plan/clear-text';
import { settingBehind } from '../plan/exporter-arguments';
import { conflictingSetting, ownerOfVariable } from '../plan/owned-names';
import { SNAPSHOT_NAMES } from '../plan/owned-settings';
import { LABEL_NAME, LABEL_VALUE, SECRET_NAME, TEXT, WORKLOADS, type WorkloadName } from '../settings/pod';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/rows/value-kinds';
import { exporterSettingProblems } from './history/exporter-rules';
import { errorOf, type Problem } from './judging/problem';
import { documentNames } from './storage/document-rules';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_.-]{0,252}$/;
const SECRET_KEY = /^[A-Za-z0-9._-]{1,253}$/;
const SETTING_PATH = /^[A-Za-z][A-Za-z0-9_-]*(\[\d+\])?(\.[A-Za-z0-9_-]+(\[\d+\])?)*$/;
const OPERATORS = ['Equal', 'Exists'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/**
 * What pods may be given. Whatever this library sets itself is refused, because one of both would silently lose.
 *
 * @internal
 */
export function podProblems(settings: ResolvedSettings): Problem[] {
  return WORKLOADS.flatMap(workload => {
    const { environment, configuration, tolerations } = settings[workload].pod;
    // A pod that is no mapping has no settings at all, and its own problem.
    if (environment === null) return [];
    const setting = `${workload}.pod`;
    const also = alsoOwned(workload, settings);
    const ofExporters: OwnRule = (at, name, value) =>
      workload === 'orchestration' ? exporterSettingProblems({ setting: at, name, value }, settings) : undefined;
    return [
      ...variableProblems(`${setting}.environment`, environment, also.variables, ofExporters),
      ...configurationProblems(`${setting}.configuration`, configuration, workload, also.settings, ofExporters),
      ...tolerationProblems(`${setting}.tolerations`, tolerations),
    ];
  });
}

/** What this library sets itself with these settings alone. */
function alsoOwned(workload: WorkloadName, settings: ResolvedSettings): { variables: readonly string[]; settings: readonly string[] } {
  if (workload === 'elasticsearch' && settings.backup.enabled === true) return SNAPSHOT_NAMES;
  const names = workload === 'orchestration' ? documentNames(settings) : [];
  return { variables: names, settings: names };
}

/** Judges a name by itself, or has nothing to say about it. */
type OwnRule = (at: string, name: string, value: unknown) => Problem[] | undefined;

const CLEAR_TEXT_FIX = "keep it in a Secret, and name that: { name: ..., secretName: 'my-secret', secretKey: 'password' }";

function variableProblems(setting: string, variables: unknown, alsoOwned: readonly string[], ownRule: OwnRule): Problem[] {
  const rule = 'pod-variable';
  const names = new Set<string>();
  return listProblems(rule, setting, variables, (at, variable) => {
    if (!isMapping(variable)) {
      return [errorOf({ rule, setting: at, value: variable, requirement: 'must be a mapping', fix: 'give it a name and a value' })];
    }
    const { name, value, secretName, secretKey } = variable;
    if (!isTextOf(VARIABLE, name)) {
      const requirement = 'must be the name of a variable';
      return [errorOf({ rule, setting: `${at}.name`, value: name, requirement, fix: "write it like 'CAMUNDA_LOG_LEVEL'" })];
    }
    if (names.has(name)) {
      return [errorOf({ rule, setting: `${at}.name`, value: name, requirement: 'must be given only once', fix: 'remove one of both' })];
    }
    names.add(name);
    const own = ownRule(`${at}.name`, name, name);
    if (own !== undefined && own.length > 0) return own;
    const owner = own === undefined ? ownerOfVariable(name, alsoOwned) : undefined;
    if (owner !== undefined) return [ownedProblem(`${at}.name`, name, owner)];
    if (value !== undefined && secretName === undefined && secretKey === undefined) return valueProblems(at, name, value);
    if (value === undefined && isTextOf(SECRET_NAME, secretName) && isTextOf(SECRET_KEY, secretKey)) return [];
    return [
      errorOf({
        rule,
        setting: at,
        value: variable,
        requirement: "must have either 'value', or both 'secretName' and 'secretKey'",
        fix: 'name the Secret and the key in it, or write the value',
      }),
    ];
  });
}

function valueProblems(at: string, name: string, value: unknown): Problem[] {
  const setting = `${at}.value`;
  if (!isTextOf(TEXT, value)) {
    return [errorOf({ rule: 'pod-variable', setting, value, requirement: 'must be a string', fix: 'put numbers and switches in quotes' })];
  }
  if (!isClearText(name, value)) return [];
  return [clearTextProblem(setting, name)];
}

function configurationProblems(
  setting: string,
  configuration: unknown,
  workload: WorkloadName,
  alsoOwned: readonly string[],
  ownRule: OwnRule,
): Problem[] {
  const rule = 'pod-configuration';
  if (!isMapping(configuration)) {
    return [
      errorOf({ rule, setting, value: configuration, requirement: 'must be a mapping of paths to texts', fix: 'leave it out for none' }),
    ];
  }
  const paths = Object.keys(configuration);
  return Object.entries(configuration).flatMap(([path, value]) => {
    const at = `${setting}.${path}`;
    if (!SETTING_PATH.test(path) || !isTextOf(TEXT, value)) {
      const requirement = 'must be a string under a dotted path';
      return [errorOf({ rule, setting: at, value, requirement, fix: "write it like 'camunda.cluster.raft.heartbeat-interval: 500ms'" })];
    }
    if (isClearText(path, value)) return [clearTextProblem(at, path)];
    const own = ownRule(at, path, value);
    if (own !== undefined && own.length > 0) return own;
    const owner = own === undefined ? conflictingSetting(path, workload, alsoOwned) : undefined;
    if (owner !== undefined) return [ownedProblem(at, value, owner)];
    const above = paths.find(other => path.startsWith(`${other}.`));
    if (above === undefined) return [];
    const requirement = `must not lie below '${above}', which has a value itself`;
    return [errorOf({ rule, setting: at, value, requirement, fix: 'remove one of both' })];
  });
}

/** The value is not shown: a password in a message would end in a log. */
function clearTextProblem(setting: string, name: string): Problem {
  return errorOf({
    rule: 'clear-text-secret',
    setting,
    value: `a string for ${name}`,
    requirement: CLEAR_TEXT,
    fix: CLEAR_TEXT_FIX,
  });
}

function ownedProblem(setting: string, value: unknown, owner: string): Problem {
  const instead = settingBehind(owner);
  return errorOf({
    rule: 'pod-owned',
    setting,
    value,
    requirement: `must not replace '${owner}', which this library sets itself`,
    fix: instead === undefined ? 'use the setting of this library that leads to it, or leave it out' : `use '${instead}'`,
  });
}

function tolerationProblems(setting: string, tolerations: unknown): Problem[] {
  const rule = 'pod-toleration';
  const fix = "write it like { key: 'dedicated', value: 'camunda', effect: 'NoSchedule' }";
  return listProblems(rule, setting, tolerations, (at, toleration) => {
    if (!isMapping(toleration)) return [errorOf({ rule, setting: at, value: toleration, requirement: 'must be a mapping', fix })];
    const { key, operator = 'Equal', value, effect, tolerationSeconds } = toleration;
    const checks: [string, unknown, boolean, string][] = [
      ['operator', operator, OPERATORS.includes(operator as string), `must be one of ${OPERATORS.join(', ')}`],
      ['effect', effect, effect === undefined || EFFECTS.includes(effect as string), `must be one of ${EFFECTS.join(', ')}`],
      [
        'key',
        key,
        key === undefined ? operator === 'Exists' : isTextOf(LABEL_NAME, key),
        "must be a label's name, unless all are tolerated",
      ],
      ['value', value, value === undefined || (operator !== 'Exists' && isTextOf(LABEL_VALUE, value)), 'must be a label, without Exists'],
      [
        'tolerationSeconds',
        tolerationSeconds,
        tolerationSeconds === undefined || (effect === 'NoExecute' && Number.isSafeInteger(tolerationSeconds)),
        'must be a whole number, and only with effect NoExecute',
      ],
    ];
    const wrong = checks.find(([, , holds]) => !holds);
    return wrong ? [errorOf({ rule, setting: `${at}.${wrong[0]}`, value: wrong[1], requirement: wrong[3], fix })] : [];
  });
}

function listProblems(rule: string, setting: string, list: unknown, judge: (at: string, entry: unknown) => Problem[]): Problem[] {
  if (!Array.isArray(list)) {
    return [errorOf({ rule, setting, value: list, requirement: 'must be a list', fix: 'leave it out for none' })];
  }
  return list.flatMap((entry: unknown, i) => judge(`${setting}[${i}]`, entry));
}
