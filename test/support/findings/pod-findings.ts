import { at, leaves, type Container, type KubernetesObject, type Labels } from '../manifests';
import { runsToAnEnd, workloadsOf, type Workload } from '../workloads';
import { restrictedViolations } from './pod-security';

/** What in the pods breaks the rules of this project, or the level `restricted` of Pod Security. */
export function podFindings(objects: readonly KubernetesObject[]): string[] {
  return [
    ...imageFindings(objects),
    ...workloadsOf(objects).flatMap(workload =>
      [
        ...restrictedViolations(workload.template),
        ...accessFindings(workload),
        ...[...(workload.template.spec.initContainers ?? []), ...workload.template.spec.containers].flatMap(container =>
          [...resourceFindings(container), ...isolationFindings(container)].map(finding => `container ${container.name}: ${finding}`),
        ),
        ...probeFindings(workload),
      ].map(finding => `${workload.owner}: ${finding}`),
    ),
  ];
}

function accessFindings({ template }: Workload): string[] {
  return [
    ...(template.spec.automountServiceAccountToken === false ? [] : ['gets a token of the Kubernetes API']),
    // They begin with the names of Services, hence of the release, and some programs read variables as settings.
    ...(template.spec.enableServiceLinks === false ? [] : ['gets variables for every Service of the namespace']),
  ];
}

function resourceFindings({ resources }: Container): string[] {
  const { requests = {}, limits = {} } = resources ?? {};
  const unsaid = ['cpu', 'memory'].flatMap(resource => [
    ...(requests[resource] ? [] : [`requests no ${resource}`]),
    ...(limits[resource] ? [] : [`has no limit of ${resource}`]),
  ]);
  if (unsaid.length > 0) return unsaid;
  return [
    ...(requests.memory === limits.memory ? [] : [`requests ${requests.memory} of memory with a limit of ${limits.memory}`]),
    ...(millis(requests, 'cpu') <= millis(limits, 'cpu') ? [] : [`requests ${requests.cpu} of cpu with a limit of ${limits.cpu}`]),
  ];
}

function millis(resources: Labels, name: string): number {
  const match = /^(\d+)(m?)$/.exec(resources[name]);
  return match ? Number(match[1]) * (match[2] === 'm' ? 1 : 1000) : NaN;
}

function isolationFindings({ securityContext }: Container): string[] {
  return securityContext?.readOnlyRootFilesystem === true ? [] : ['may write to its image'];
}

/**
 * A broker of a recreated region is not ready until it is added to its cluster again: a probe that restarts it would work
 * against a failback.
 */
function probeFindings(workload: Workload): string[] {
  const { initContainers = [], containers } = workload.template.spec;
  const killing = [...initContainers, ...containers].flatMap(container =>
    ['livenessProbe', 'startupProbe'].filter(probe => container[probe]).map(probe => `container ${container.name}: has a ${probe}`),
  );
  // The operator of Elasticsearch adds its own.
  const exempt = runsToAnEnd(workload) || workload.owner.startsWith('Elasticsearch/');
  const unready = exempt ? [] : containers.filter(container => !container.readinessProbe);
  return [...killing, ...unready.map(({ name }) => `container ${name}: has no readinessProbe`)];
}

/** Images without an exact tag. A digest after the tag is fine. */
function imageFindings(objects: readonly KubernetesObject[]): string[] {
  const named = leaves(objects)
    .filter(({ path }) => /(^|\.)image$/.test(path))
    .map(({ value }) => String(value));
  const unnamed = workloadsOf(objects).flatMap(({ owner, template }) => {
    const [kind, name] = owner.split('/');
    const custom = objects.find(object => object.kind === kind && object.metadata.name === name && at(object, 'spec', 'image'));
    return [...(template.spec.initContainers ?? []), ...template.spec.containers]
      .filter(({ image }) => image === undefined && !custom)
      .map(container => `${owner}: container ${container.name}: has no image`);
  });
  return [
    ...named
      .filter(image => !/:(?!latest$)[\w][\w.-]*(@sha256:[0-9a-f]{64})?$/.test(image))
      .map(image => `image ${image} has no exact tag`),
    ...unnamed,
  ];
}
