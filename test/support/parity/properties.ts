import { parseAllDocuments } from 'yaml';
import { at, type Container, type KubernetesObject, type Labels, type PodTemplate } from '../manifests';

export type Facts = Readonly<Record<string, string>>;

/** Variables that only carry a value into a file. */
const PLUMBING = /^(K8S_|VALUES_)/;
/** Variables that are settings even where another value refers to them. */
const SETTING = /^(CAMUNDA|ZEEBE|SPRING|SERVER|MANAGEMENT|LOGGING)_/;
const JVM_VARIABLES = ['JAVA_TOOL_OPTIONS', 'JAVA_OPTS', 'JDK_JAVA_OPTIONS'];

/** The settings of a container in the form of variables, wherever they come from: its variables win over its files. */
export function propertiesOf(
  container: Container,
  files: readonly string[],
): { readonly properties: Facts; readonly jvm: readonly string[] } {
  const used = new Set<string>();
  const given = new Map((container.env ?? []).map(variable => [variable.name, sourceOf(variable)]));
  const variables = new Map([...given].map(([name, value]) => [name, resolved(value, given, used)]));
  const properties = new Map(
    files
      .flatMap(text => parseAllDocuments(text).flatMap(document => flattened(document.toJS())))
      .map(([k, v]) => [k, resolved(v, variables, used)]),
  );
  for (const [name, value] of variables) {
    if (JVM_VARIABLES.includes(name) || PLUMBING.test(name) || (used.has(name) && !SETTING.test(name))) continue;
    properties.set(variableForm(name), value);
  }
  const jvm = JVM_VARIABLES.flatMap(name => (variables.get(name) ?? '').split(/\s+/).filter(Boolean));
  return { properties: joined(properties), jvm: [...new Set(jvm)].sort() };
}

/** The YAML files of ConfigMaps that a container sees, and all its files. */
export function filesOf(
  template: PodTemplate,
  container: Container,
  objects: readonly KubernetesObject[],
): { readonly [path: string]: string } {
  const volumes = new Map((template.spec.volumes ?? []).map(volume => [volume.name, at<string | undefined>(volume, 'configMap', 'name')]));
  const found = (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }) => {
    const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === volumes.get(name));
    const text = map && subPath ? (map.data as Labels)[subPath] : undefined;
    return text === undefined ? [] : [[mountPath, text] as const];
  });
  return Object.fromEntries(found);
}

function sourceOf({ value, valueFrom }: { readonly value?: string; readonly valueFrom?: unknown }): string {
  if (!valueFrom) return scalar(value ?? '');
  const field = at<string | undefined>(valueFrom, 'fieldRef', 'fieldPath');
  const secret = at<{ name: string; key: string } | undefined>(valueFrom, 'secretKeyRef');
  return field ? `<field:${field}>` : `<secret:${secret?.name}/${secret?.key}>`;
}

function scalar(value: unknown): string {
  return String(value)
    .trim()
    .replace(/\s*,\s*/g, ',')
    .replace(/^,+|,+$/g, '');
}

function variableForm(path: string): string {
  return path
    .replaceAll('-', '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

function flattened(node: unknown, path = ''): [string, string][] {
  if (Array.isArray(node)) {
    if (node.every(entry => typeof entry !== 'object')) return node.length === 0 ? [] : [[variableForm(path), node.map(scalar).join(',')]];
    return node.flatMap((entry, i) => flattened(entry, `${path}.${i}`));
  }
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node).flatMap(([key, value]) => flattened(value, path === '' ? key : `${path}.${key}`));
  }
  return node === null || node === undefined ? [] : [[variableForm(path), scalar(node)]];
}

function resolved(text: string, variables: ReadonlyMap<string, string>, used: Set<string>): string {
  let now = text;
  for (let round = 0; round < 3; round++) {
    now = now.replace(/\$\((\w+)\)|\$\{(\w+)\}/g, (reference, kubernetes?: string, spring?: string) => {
      const name = (kubernetes ?? spring)!;
      const value = variables.get(name);
      if (value === undefined) return reference;
      used.add(name);
      return value;
    });
  }
  return now;
}

/** `A_0` and `A_1` are one list `A`. */
function joined(properties: ReadonlyMap<string, string>): Facts {
  const lists = new Map<string, string[]>();
  for (const key of properties.keys()) {
    const [, base] = /^(.*)_\d+$/.exec(key) ?? [];
    if (base !== undefined) lists.set(base, [...(lists.get(base) ?? []), key]);
  }
  const result = new Map(properties);
  for (const [base, keys] of lists) {
    const inOrder = keys.map((_, i) => `${base}_${i}`);
    if (properties.has(base) || !inOrder.every(key => properties.has(key))) continue;
    result.set(base, inOrder.map(key => properties.get(key)!).join(','));
    keys.forEach(key => result.delete(key));
  }
  return Object.fromEntries(result);
}
