import { capacityShortage } from '../plan/capacity';
import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { ZONE_COUNT } from '../plan/subnets';
import type { HelmSource, ResolvedSettings, Resources } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/value-kinds';
import { capacityOf } from '../versions/instance-types';
import { KUBERNETES_VERSIONS } from '../versions/kubernetes-versions';
import { booleanProblems } from './boolean-rule';
import { isClusterSize } from './camunda-rules';
import { integerProblems } from './integer-rule';
import { errorOf, ProblemSeverity, warningOf, type Problem } from './problem';
import { isKnownVersion } from './version-rules';

/** `@see` Amazon CloudWatch Logs API reference, PutRetentionPolicy */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;
const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/.+$/;
const REPOSITORY = /^(https?|oci):\/\/\S+$/;
const EXACT_VERSION = /^v?\d+\.\d+\.\d+([-+][\w.-]+)?$/;
const REGISTRY = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9._-]+)*$/;
/** `@see` AWS Resource Groups Tagging API reference, Tag */
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
/** Largest volume of type gp3. */
const MAX_VOLUME_GIB = 16384;
/** Settings that the capacity depends on. While one of them is wrong, nothing can be said about it. */
const CAPACITY_INPUTS = /^(nodes\.(instanceType|perZone)|connectors\.|gateway\.|elasticsearch\.nodesPerRegion|\w+\.resources\.)/;

/** @internal */
export function platformProblems(settings: ResolvedSettings): Problem[] {
  const basic = [
    ...kubernetesProblems(settings),
    ...nodeProblems(settings),
    ...workloadProblems(settings),
    ...imageProblems(settings),
    ...Object.entries(settings.controllers).flatMap(([key, source]) => helmProblems(`controllers.${key}`, source)),
    ...tagProblems(settings),
  ];
  const unsure = basic.some(problem => problem.severity === ProblemSeverity.ERROR && CAPACITY_INPUTS.test(problem.setting));
  return unsure || !isClusterSize(settings.camunda.clusterSize) || !isKnownVersion(settings.camunda.version)
    ? basic
    : [...basic, ...capacityProblems(settings)];
}

function kubernetesProblems({ kubernetes }: ResolvedSettings): Problem[] {
  const problems: Problem[] = [];
  if (typeof kubernetes.version !== 'string' || !Object.hasOwn(KUBERNETES_VERSIONS, kubernetes.version)) {
    const known = Object.keys(KUBERNETES_VERSIONS).map(version => `'${version}'`);
    problems.push(
      errorOf({
        rule: 'kubernetes-version',
        setting: 'kubernetes.version',
        value: kubernetes.version,
        requirement: `must be a version of EKS that this library knows: ${known.join(', ')}`,
        fix: `write ${known[known.length - 1]}, in quotes`,
      }),
    );
  }
  if (!RETENTION_DAYS.includes(kubernetes.logRetentionDays)) {
    problems.push(
      errorOf({
        rule: 'log-retention',
        setting: 'kubernetes.logRetentionDays',
        value: kubernetes.logRetentionDays,
        requirement: `must be one of ${RETENTION_DAYS.join(', ')}`,
        fix: 'choose the next larger one',
      }),
    );
  }
  return [...problems, ...adminRoleProblems(kubernetes.adminRoleArns), ...recoveryRoleProblems(kubernetes)];
}

function adminRoleProblems(arns: readonly string[]): Problem[] {
  const rule = 'admin-role';
  return notRoles(arns).map(({ at, ...finding }) => errorOf({ rule, setting: `kubernetes.adminRoleArns${at}`, ...finding }));
}

function recoveryRoleProblems({ adminRoleArns, recoveryRoleArns }: ResolvedSettings['kubernetes']): Problem[] {
  const rule = 'recovery-role';
  const setting = 'kubernetes.recoveryRoleArns';
  const problems = notRoles(recoveryRoleArns).map(({ at, ...finding }) => errorOf({ rule, setting: `${setting}${at}`, ...finding }));
  if (problems.length > 0) return problems;
  const admins: readonly string[] = Array.isArray(adminRoleArns) ? adminRoleArns : [];
  return recoveryRoleArns.flatMap((arn, i) => {
    const others = [...admins, ...recoveryRoleArns.slice(0, i)];
    if (!others.includes(arn)) return [];
    return [
      errorOf({
        rule,
        setting: `${setting}[${i}]`,
        value: arn,
        requirement: "must be in one of 'kubernetes.adminRoleArns' and 'kubernetes.recoveryRoleArns', and there once",
        fix: 'leave it out here: EKS knows a role once in each cluster, and an administrator may carry out a recovery anyway',
      }),
    ];
  });
}

/** What in a list is not the ARN of a role, and where in the list. */
function notRoles(arns: unknown): { readonly at: string; readonly value: unknown; readonly requirement: string; readonly fix: string }[] {
  const fix = "write it like 'arn:aws:iam::123456789012:role/Operators'";
  if (!Array.isArray(arns)) return [{ at: '', value: arns, requirement: 'must be a list of ARNs', fix }];
  return arns.flatMap((value: unknown, i) =>
    isTextOf(ROLE_ARN, value) ? [] : [{ at: `[${i}]`, value, requirement: 'must be the ARN of an IAM role', fix }],
  );
}

function nodeProblems({ nodes }: ResolvedSettings): Problem[] {
  const problems = [
    ...integerProblems('nodes.perZone', nodes.perZone, { min: 1, max: MAX_NODES_PER_ZONE }),
    ...integerProblems('nodes.maxPerZone', nodes.maxPerZone, {
      min: atLeast(1, nodes.perZone, MAX_NODES_PER_ZONE),
      max: MAX_NODES_PER_ZONE,
    }),
    ...integerProblems('nodes.volumeGiB', nodes.volumeGiB, { min: 20, max: MAX_VOLUME_GIB }),
  ];
  if (!isTextOf(INSTANCE_TYPE, nodes.instanceType)) {
    problems.push(
      errorOf({
        rule: 'instance-type',
        setting: 'nodes.instanceType',
        value: nodes.instanceType,
        requirement: 'must be an EC2 instance type',
        fix: "write it like 'm6i.xlarge'",
      }),
    );
  } else if (!capacityOf(nodes.instanceType)) {
    problems.push(
      warningOf({
        rule: 'capacity-unknown',
        setting: 'nodes.instanceType',
        value: nodes.instanceType,
        requirement: 'should be a type of the families c, m or r, of which the capacity is known',
        fix: 'check yourself that the nodes hold the pods, with one zone gone too',
      }),
    );
  }
  return problems;
}

function workloadProblems({
  orchestration,
  gateway,
  operate,
  tasklist,
  connectors,
  elasticsearch,
  retainVolumes,
}: ResolvedSettings): Problem[] {
  return [
    ...resourceProblems('orchestration.resources', orchestration.resources, 2048),
    ...integerProblems('orchestration.volumeGiB', orchestration.volumeGiB, { min: 8, max: MAX_VOLUME_GIB }),
    ...integerProblems('orchestration.dnsGateTimeoutSeconds', orchestration.dnsGateTimeoutSeconds, { min: 0, max: 3600 }),
    ...integerProblems('gateway.replicas', gateway.replicas, { min: 1, max: 50 }),
    ...resourceProblems('gateway.resources', gateway.resources, 512),
    ...resourceProblems('operate.resources', operate.resources, 1024),
    ...resourceProblems('tasklist.resources', tasklist.resources, 1024),
    ...booleanProblems('connectors.enabled', connectors.enabled),
    ...booleanProblems('connectors.inbound', connectors.inbound),
    ...booleanProblems('retainVolumes', retainVolumes),
    ...integerProblems('connectors.replicas', connectors.replicas, { min: 1, max: 50 }),
    ...resourceProblems('connectors.resources', connectors.resources, 512),
    ...integerProblems('elasticsearch.nodesPerRegion', elasticsearch.nodesPerRegion, { min: ZONE_COUNT, max: 60 }),
    ...resourceProblems('elasticsearch.resources', elasticsearch.resources, 2048),
    ...integerProblems('elasticsearch.volumeGiB', elasticsearch.volumeGiB, { min: 8, max: MAX_VOLUME_GIB }),
  ];
}

function resourceProblems(setting: string, resources: Resources, minMemoryMiB: number): Problem[] {
  return [
    ...integerProblems(`${setting}.cpuMillis`, resources.cpuMillis, { min: 100 }),
    ...integerProblems(`${setting}.cpuLimitMillis`, resources.cpuLimitMillis, { min: atLeast(100, resources.cpuMillis) }),
    ...integerProblems(`${setting}.memoryMiB`, resources.memoryMiB, { min: minMemoryMiB }),
  ];
}

/** A lower limit that follows another setting, unless that one is wrong itself. */
function atLeast(least: number, leader: unknown, most = Number.MAX_SAFE_INTEGER): number {
  return typeof leader === 'number' && Number.isInteger(leader) && leader <= most ? Math.max(least, leader) : least;
}

function imageProblems({ images }: ResolvedSettings): Problem[] {
  if (images.registry === undefined || isTextOf(REGISTRY, images.registry)) return [];
  return [
    errorOf({
      rule: 'image-registry',
      setting: 'images.registry',
      value: images.registry,
      requirement: 'must be a host, with an optional port and path, without scheme or slash at the end',
      fix: "write it like '123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror'",
    }),
  ];
}

function helmProblems(setting: string, source: HelmSource): Problem[] {
  const problems: Problem[] = [];
  if (!isTextOf(REPOSITORY, source.repository)) {
    problems.push(
      errorOf({
        rule: 'helm-repository',
        setting: `${setting}.repository`,
        value: source.repository,
        requirement: 'must be the https:// or oci:// address of a chart repository',
        fix: "write it like 'https://helm.elastic.co'",
      }),
    );
  }
  if (!isTextOf(EXACT_VERSION, source.version)) {
    problems.push(
      errorOf({
        rule: 'helm-version',
        setting: `${setting}.version`,
        value: source.version,
        requirement: 'must be an exact version, not a range',
        fix: "write all three numbers in quotes, for example '2.9.0'",
      }),
    );
  }
  return problems;
}

function tagProblems({ tags }: ResolvedSettings): Problem[] {
  if (!isMapping(tags)) {
    return [
      errorOf({
        rule: 'tag',
        setting: 'tags',
        value: tags,
        requirement: 'must be a mapping of keys to texts',
        fix: 'leave it out for no tags',
      }),
    ];
  }
  return Object.entries(tags).flatMap(([key, value]) => {
    if (isTextOf(TAG_KEY, key) && isTextOf(TAG_VALUE, value)) return [];
    return [
      errorOf({
        rule: 'tag',
        setting: `tags.${key}`,
        value,
        requirement:
          "must have a key of 1 to 128 characters that does not start with 'aws:', and a text of at most 256; both of letters, digits, spaces and _ . : / = + - @",
        fix: 'shorten or rename it; put numbers in quotes',
      }),
    ];
  });
}

function capacityProblems(settings: ResolvedSettings): Problem[] {
  const shortage = capacityShortage(settings);
  if (shortage === undefined) return [];
  return [
    errorOf({
      rule: 'capacity',
      setting: 'nodes.perZone',
      value: settings.nodes.perZone,
      requirement: `must be enough ${settings.nodes.instanceType} nodes in each of ${ZONE_COUNT} zones for the pods of a region: ${shortage}`,
      fix: "raise 'nodes.perZone', choose a larger 'nodes.instanceType', or lower the resources",
    }),
  ];
}
