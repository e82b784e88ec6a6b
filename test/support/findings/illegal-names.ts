import { at, type KubernetesObject, type Labels } from '../manifests';
import { workloadsOf } from '../workloads';

interface Form {
  readonly what: string;
  readonly pattern: RegExp;
  readonly longest: number;
}

/** @see Kubernetes documentation, Object Names and IDs */
const LABEL: Form = { what: 'DNS label (RFC 1123)', pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, longest: 63 };
const LABEL_1035: Form = { what: 'DNS label (RFC 1035)', pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/, longest: 63 };
/** The label controller-revision-hash of its pods has ten characters of a hash, and a hyphen, more. */
const STATEFUL_SET: Form = { ...LABEL, what: 'name of a StatefulSet', longest: 52 };
/** Its Jobs have eleven digits of a time more. */
const CRON_JOB: Form = { ...LABEL, what: 'name of a CronJob', longest: 52 };
const LABEL_VALUE: Form = { what: 'value of a label', pattern: /^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$/, longest: 63 };
const KEY_NAME: Form = { what: 'name of a key', pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/, longest: 63 };
const DOMAIN: Form = { what: 'DNS name', pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, longest: 253 };
/** @see RFC 6335: IANA service names */
const PORT: Form = { what: 'name of a port', pattern: /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, longest: 15 };
const FILE: Form = { what: 'key of a ConfigMap or Secret', pattern: /^[A-Za-z0-9_.-]+$/, longest: 253 };
const VARIABLE: Form = { what: 'name of a variable', pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, longest: Infinity };

const NAMES: Readonly<Record<string, Form>> = { Service: LABEL_1035, StatefulSet: STATEFUL_SET, CronJob: CRON_JOB };

/** Names that Kubernetes would refuse, of the objects and of what comes of them. */
export function illegalNames(objects: readonly KubernetesObject[]): string[] {
  const findings: string[] = [];
  const check = (where: string, name: string, { what, pattern, longest }: Form): void => {
    if (!pattern.test(name) || name.length > longest) findings.push(`${where}: '${name}' is no ${what}`);
  };
  for (const object of objects) {
    const where = `${object.kind}/${object.metadata.name}`;
    check(where, object.metadata.name, NAMES[object.kind] ?? LABEL);
    if (object.metadata.namespace !== undefined) check(where, object.metadata.namespace, LABEL);
    for (const { field, entries } of labelsIn(object)) {
      for (const [key, value] of Object.entries(entries)) {
        const [name, prefix] = key.split('/').reverse();
        check(where, name, KEY_NAME);
        if (prefix !== undefined) check(where, prefix, DOMAIN);
        if (field !== 'annotations') check(`${where} ${key}`, value, LABEL_VALUE);
      }
    }
    if (['ConfigMap', 'Secret'].includes(object.kind)) {
      for (const key of Object.keys({ ...(object.data as Labels), ...(object.stringData as Labels) })) check(where, key, FILE);
    }
    if (object.kind === 'Service') {
      for (const { name } of at<{ name: string }[]>(object, 'spec', 'ports')) check(where, name, PORT);
    }
  }
  for (const { owner, kind, name, template, claims, replicas, serviceName } of workloadsOf(objects)) {
    for (const volume of [...(template.spec.volumes ?? []).map(volume => volume.name), ...claims]) check(owner, volume, LABEL);
    for (const container of [...(template.spec.initContainers ?? []), ...template.spec.containers]) {
      check(owner, container.name, LABEL);
      for (const port of container.ports ?? []) check(owner, port.name, PORT);
      for (const variable of container.env ?? []) check(owner, variable.name, VARIABLE);
    }
    if (kind !== 'StatefulSet') continue;
    const pod = `${name}-${replicas - 1}`;
    const namespace = objects.find(object => object.kind === 'Namespace')!.metadata.name;
    check(owner, name, STATEFUL_SET);
    check(owner, pod, LABEL);
    check(owner, `${pod}.${serviceName}.${namespace}.svc.cluster.local`, DOMAIN);
    for (const claim of claims) check(owner, `${claim}-${pod}`, DOMAIN);
  }
  return findings;
}

/** Labels, selectors by labels, and annotations, wherever they are. */
function labelsIn(value: unknown): { readonly field: string; readonly entries: Labels }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([field, child]) =>
    ['labels', 'matchLabels', 'annotations'].includes(field) ? [{ field, entries: child as Labels }] : labelsIn(child),
  );
}
