import { at, find, podTemplates, type Container, type KubernetesObject, type Labels, type PodTemplate } from '../manifests';
import { filesOf, propertiesOf, type Facts } from './properties';

export const ROLES = ['orchestration', 'gateway', 'operate', 'tasklist', 'connectors'] as const;

/** What the pods of each role are, in facts that can be compared with those of the official chart. */
export type RoleFacts = Readonly<Record<string, Facts>>;

/** The order of these lists is free. */
const LISTS = /(INITIALCONTACTPOINTS|PROFILES_ACTIVE|EXPOSURE_INCLUDE)$/;

export function factsOf(objects: readonly KubernetesObject[]): RoleFacts {
  const workloads = podTemplates(objects).filter(({ owner }) => !owner.startsWith('Elasticsearch/'));
  return Object.fromEntries(workloads.map(({ owner, template }) => [roleOf(owner, template), factsOfWorkload(objects, owner, template)]));
}

function roleOf(owner: string, { spec }: PodTemplate): string {
  const image = /([a-z-]+):[^:/]*$/.exec(spec.containers[0].image ?? '')?.[1] ?? '';
  if (image === 'camunda' || (image === 'zeebe' && owner.startsWith('StatefulSet/'))) return 'orchestration';
  return image === 'zeebe' ? 'gateway' : (ROLES.find(role => image.includes(role)) ?? image);
}

function factsOfWorkload(objects: readonly KubernetesObject[], owner: string, template: PodTemplate): Facts {
  const [kind, name] = owner.split('/');
  const workload = find(objects, kind, name);
  const [container] = template.spec.containers;
  const files = filesOf(template, container, objects);
  const yaml = Object.entries(files).filter(([path]) => /application\.ya?ml$/.test(path));
  const { properties, jvm } = propertiesOf(
    container,
    yaml.map(([, text]) => text),
  );
  const facts = new Map<string, string>();
  const put = (fact: string, value: unknown): void => {
    if (value !== undefined && !['', '[]', '{}'].includes(textOf(value))) facts.set(fact, textOf(value));
  };
  const nodeId = nodeIdRule(Object.values(files));
  put('kind', kind);
  put('replicas', at(workload, 'spec', 'replicas'));
  put('podManagementPolicy', at(workload, 'spec', 'podManagementPolicy'));
  put('updateStrategy', at(workload, 'spec', 'updateStrategy', 'type') ?? at(workload, 'spec', 'strategy', 'type'));
  put('nodeIdRule', nodeId);
  put('serviceAccount/automount', find(objects, 'ServiceAccount', template.spec.serviceAccountName!).automountServiceAccountToken);
  put('image', container.image?.replace(/^[^/]*[.:][^/]*\//, ''));
  put('jvm', jvm);
  const apart = at<{ topologyKey: string }[] | undefined>(
    template.spec.affinity,
    'podAntiAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
  put('affinity/required-topology-keys', [...new Set((apart ?? []).map(({ topologyKey }) => topologyKey))].sort());
  for (const [key, value] of Object.entries(properties)) {
    if (key.endsWith('CLUSTER_NODEID') && nodeId !== undefined) continue;
    put(`env/${key}`, LISTS.test(key) ? value.split(',').sort().join(',') : value);
  }
  for (const { containerPort } of container.ports ?? []) put(`port/${containerPort}`, containerPort);
  putProbe(put, container);
  putVolumes(put, workload, template, container);
  for (const [group, values] of Object.entries(container.resources ?? {})) {
    for (const [key, value] of Object.entries(values ?? {})) put(`resources/${group}/${key}`, value);
  }
  for (const [key, value] of Object.entries(template.spec.securityContext ?? {})) put(`security/pod/${key}`, value);
  for (const [key, value] of Object.entries(container.securityContext ?? {})) put(`security/container/${key}`, value);
  putServices(put, objects, template.metadata?.labels ?? {});
  return Object.fromEntries(facts);
}

type Put = (fact: string, value: unknown) => void;

function putProbe(put: Put, container: Container): void {
  for (const name of ['startup', 'readiness', 'liveness']) {
    const probe = container[`${name}Probe`];
    if (!probe) continue;
    const { path, port, scheme = 'HTTP' } = at<{ path: string; port: string | number; scheme?: string }>(probe, 'httpGet');
    const number = (container.ports ?? []).find(one => one.name === port)?.containerPort ?? port;
    put(`probe/${name}/target`, { path, port: number, scheme });
    const timing = { failureThreshold: 3, initialDelaySeconds: 0, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 };
    put(`probe/${name}/timing`, Object.fromEntries(Object.entries(timing).map(([key, usual]) => [key, at(probe, key) ?? usual])));
  }
}

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

function putVolumes(put: Put, workload: KubernetesObject, template: PodTemplate, container: Container): void {
  const claims = at<Claim[] | undefined>(workload, 'spec', 'volumeClaimTemplates') ?? [];
  for (const { name, mountPath } of container.volumeMounts ?? []) {
    const claim = claims.find(({ metadata }) => metadata.name === name);
    if ((template.spec.volumes ?? []).some(volume => volume.name === name && 'emptyDir' in volume)) put(`mount${mountPath}`, 'emptyDir');
    if (!claim) continue;
    put(`mount${mountPath}`, 'pvc');
    put(`pvc${mountPath}/size`, at(claim.spec, 'resources', 'requests', 'storage'));
    put(`pvc${mountPath}/class`, at(claim.spec, 'storageClassName'));
    put(`pvc${mountPath}/modes`, at(claim.spec, 'accessModes'));
  }
}

function putServices(put: Put, objects: readonly KubernetesObject[], labels: Labels): void {
  for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'Service')) {
    const selector = Object.entries(at<Labels | undefined>(spec, 'selector') ?? {});
    if (selector.length === 0 || !selector.every(([key, value]) => labels[key] === value)) continue;
    put(`service/${metadata.name}/type`, at(spec, 'clusterIP') === 'None' ? 'headless' : (at(spec, 'type') ?? 'ClusterIP'));
    put(`service/${metadata.name}/publishNotReadyAddresses`, at(spec, 'publishNotReadyAddresses') ?? false);
    for (const { port, targetPort } of at<{ port: number; targetPort?: number }[]>(spec, 'ports')) {
      put(`service/${metadata.name}/port/${port}`, targetPort ?? port);
    }
  }
}

/** How a script computes the id of a broker, if it does with numbers that can be read. */
function nodeIdRule(files: readonly string[]): string | undefined {
  const lines = files.flatMap(text => text.split('\n')).filter(line => /NODE_?ID/i.test(line) && !/^\s*#/.test(line));
  const rules = lines.flatMap(line => /\*\s*(\d+)\s*\+\s*(\d+)/.exec(line) ?? []);
  return rules.length === 0 ? undefined : `ordinal*${rules[1]}+${rules[2]}`;
}

/** A value as the recorded facts have it: as Python writes it. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' && value !== null ? jsonOf(value) : String(value);
}

function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${jsonOf(inner)}`).join(', ')}}`;
}
