import { capacityShortage } from './capacity';
import { capacityOf } from './instance-types';
import { integerProblems } from './integer-rule';
import { KUBERNETES_VERSIONS } from './kubernetes-versions';
import { errorOf, warningOf, type Problem } from './problem';
import type { HelmSource, ResolvedSettings, Resources } from './resolved-settings';
import { ZONE_COUNT } from './subnets';

/** `@see` Amazon CloudWatch Logs API reference, PutRetentionPolicy */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;
const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/.+$/;
const REPOSITORY = /^(https?|oci):\/\/\S+$/;
const EXACT_VERSION = /^v?\d+\.\d+\.\d+([-+][\w.-]+)?$/;
const REGISTRY = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9._-]+)*$/;
/** Largest volume of type gp3. */
const MAX_VOLUME_GIB = 16384;

/** @internal */
export function platformProblems(settings: ResolvedSettings): Problem[] {
  const basic = [
    ...kubernetesProblems(settings),
    ...nodeProblems(settings),
    ...workloadProblems(settings),
    ...imageProblems(settings),
    ...Object.entries(settings.controllers).flatMap(([key, source]) => helmProblems(`controllers.${key}`, source as HelmSource)),
    ...tagProblems(settings),
  ];
  return [...basic, ...capacityProblems(settings)];
}

function kubernetesProblems({ kubernetes }: ResolvedSettings): Problem[] {
  const problems: Problem[] = [];
  if (!Object.hasOwn(KUBERNETES_VERSIONS, kubernetes.version)) {
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
  kubernetes.adminRoleArns.forEach((arn, i) => {
    if (ROLE_ARN.test(arn)) return;
    problems.push(
      errorOf({
        rule: 'admin-role',
        setting: `kubernetes.adminRoleArns[${i}]`,
        value: arn,
        requirement: 'must be the ARN of an IAM role',
        fix: "write it like 'arn:aws:iam::123456789012:role/Operators'",
      }),
    );
  });
  return problems;
}

function nodeProblems({ nodes }: ResolvedSettings): Problem[] {
  const problems = [
    ...integerProblems('nodes.perZone', nodes.perZone, { min: 1, max: 150 }),
    ...integerProblems('nodes.maxPerZone', nodes.maxPerZone, { min: Math.max(1, nodes.perZone) || 1, max: 150 }),
    ...integerProblems('nodes.volumeGiB', nodes.volumeGiB, { min: 20, max: MAX_VOLUME_GIB }),
  ];
  if (!INSTANCE_TYPE.test(nodes.instanceType)) {
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

function workloadProblems({ orchestration, connectors, elasticsearch }: ResolvedSettings): Problem[] {
  return [
    ...resourceProblems('orchestration.resources', orchestration.resources, 2048),
    ...integerProblems('orchestration.volumeGiB', orchestration.volumeGiB, { min: 8, max: MAX_VOLUME_GIB }),
    ...integerProblems('orchestration.dnsGateTimeoutSeconds', orchestration.dnsGateTimeoutSeconds, { min: 0, max: 3600 }),
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
    ...integerProblems(`${setting}.cpuLimitMillis`, resources.cpuLimitMillis, { min: Math.max(100, resources.cpuMillis) || 100 }),
    ...integerProblems(`${setting}.memoryMiB`, resources.memoryMiB, { min: minMemoryMiB }),
  ];
}

function imageProblems({ images }: ResolvedSettings): Problem[] {
  if (images.registry === undefined || REGISTRY.test(images.registry)) return [];
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
  if (!REPOSITORY.test(source.repository)) {
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
  if (!EXACT_VERSION.test(source.version)) {
    problems.push(
      errorOf({
        rule: 'helm-version',
        setting: `${setting}.version`,
        value: source.version,
        requirement: 'must be an exact version, not a range',
        fix: "write all three numbers in quotes, for example '1.3.2'",
      }),
    );
  }
  return problems;
}

function tagProblems({ tags }: ResolvedSettings): Problem[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    if (/^(?!aws:).{1,128}$/i.test(key) && typeof value === 'string' && value.length <= 256) return [];
    return [
      errorOf({
        rule: 'tag',
        setting: `tags.${key}`,
        value,
        requirement: "must have a key of 1 to 128 characters that does not start with 'aws:', and a text of at most 256",
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
