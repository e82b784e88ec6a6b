import type { WorkloadName } from '../settings/pod';
import { OWNED_SEARCH_SETTINGS, OWNED_SETTINGS, OWNED_VARIABLES } from './owned-settings';

/**
 * Names that differ only in case and punctuation are one: Spring reads a variable `CAMUNDA_CLUSTER_SIZE` as the setting
 * `camunda.cluster.size`.
 *
 * @see Spring Boot reference, relaxed binding
 *
 * @internal
 */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * The variable by which Spring knows a setting.
 *
 * @see Spring Boot reference, binding from environment variables
 *
 * @internal
 */
export function variableOf(path: string): string {
  return path
    .replaceAll('-', '')
    .replace(/\[(\d+)\]/g, '.$1')
    .replaceAll('.', '_')
    .toUpperCase();
}

/** The same, by what a name is compared by that is one of them, as a path or as a variable. */
const OWNED: ReadonlyMap<string, string> = new Map(
  OWNED_SETTINGS.flatMap(path => [path, variableOf(path)].flatMap(name => comparedNames(name).slice(-1)).map(name => [name, path])),
);

/** The first of them, by what a name is compared by that is one of them or lies above. */
const OWNED_BELOW: ReadonlyMap<string, string> = new Map(
  [...OWNED_SETTINGS].reverse().flatMap(path => [path, variableOf(path)].flatMap(comparedNames).map(name => [name, path])),
);

/** Settings for users whose variable, with `_` for each hyphen, looks like one below a setting of this library. */
const FREE_SETTINGS: readonly string[] = ['camunda.data.secondary-storage.elasticsearch.number-of-replicas-per-index'];

const VARIABLE_BY_CANONICAL_NAME: ReadonlyMap<string, string> = new Map(OWNED_VARIABLES.map(name => [canonicalName(name), name]));

/** Prefixes of what connects pods with their scripts, and of what the image of Elasticsearch turns into settings. */
const OWNED_PREFIXES = /^(K8S|VALUES|DNS_GATE|ZEEBE_RESTORE|ES_SETTING)_/i;

/** Names whose value is no secret, though they speak of one: a place, a length of time, a switch. */
const NO_SECRET = /(name|path|file|url|uri|enabled?|timeout|interval|validity|length|type|method|algorithm|policy)$/;
const SECRET = /(password|passwd|passphrase|secret|token|credentials?|apikey|accesskey|privatekey|licensekey|licencekey)/;

/**
 * The name that this library owns and the given path would replace, or undefined. What lies above or below a setting of this
 * library belongs to it as well. Where a workload takes settings as variables, they are judged as such.
 *
 * @param also settings that this library owns too
 *
 * @internal
 */
export function conflictingSetting(path: string, workload: WorkloadName, also: readonly string[] = []): string | undefined {
  if (workload === 'elasticsearch') return overlapOf(path, [...OWNED_SEARCH_SETTINGS, ...also]);
  const [name] = comparedNames(path).slice(-1);
  return (
    (workload === 'orchestration' ? (OWNED_BELOW.get(name) ?? ownedAbove(path)) : undefined) ?? ownerOfVariable(variableOf(path), also)
  );
}

/**
 * The same for the name of a variable.
 *
 * @param also variables, and settings that may be given as variables, that this library owns too
 *
 * @internal
 */
export function ownerOfVariable(name: string, also: readonly string[] = []): string | undefined {
  if (OWNED_PREFIXES.test(name)) return name;
  const other = overlapOf(name, also);
  if (other !== undefined) return other;
  if (FREE_SETTINGS.some(path => partsBelow(name, path) !== undefined)) return undefined;
  const canonical = canonicalName(name);
  return VARIABLE_BY_CANONICAL_NAME.get(canonical) ?? OWNED.get(canonical) ?? ownedAbove(name);
}

function ownedAbove(name: string): string | undefined {
  return comparedNames(name).flatMap(above => OWNED.get(above) ?? [])[0];
}

/** What a path or a variable is compared by, after what is compared for all that lies above it. */
function comparedNames(name: string): string[] {
  const parts = isPath(name) ? segmentsOf(name).map(segment => `${segment}.`) : name.split('_').map(canonicalName);
  return parts.map((_, i) => parts.slice(0, i + 1).join(''));
}

/**
 * Among settings, the one that is the given one, lies above it or lies below it.
 *
 * @internal
 */
export function overlapOf(path: string, owned: readonly string[]): string | undefined {
  return owned.find(other => partsBelow(path, other) !== undefined || partsBelow(other, path) !== undefined);
}

/**
 * What a setting or a variable has below another one, if it lies there. In a variable, `_` stands for a dot, and for a hyphen or for
 * nothing within a name: so what it says is compared up to each `_`.
 *
 * @internal
 */
export function partsBelow(name: string, parent: string): string[] | undefined {
  if (isPath(name) && isPath(parent)) {
    const parents = segmentsOf(parent);
    return segmentsOf(name).slice(0, parents.length).join('.') === parents.join('.') ? name.split('.').slice(parents.length) : undefined;
  }
  // Case does not matter in a variable; in a file, another spelling would be another exporter.
  const parts = isPath(name) ? name.split('.') : name.toLowerCase().split('_');
  const above = canonicalName(parent);
  const depth = parts.findIndex((_, i) => canonicalName(parts.slice(0, i + 1).join('')) === above);
  return depth === -1 ? undefined : parts.slice(depth + 1);
}

function isPath(name: string): boolean {
  return name.includes('.') || !name.includes('_');
}

/**
 * Whether a name speaks of a password or another secret, so that its value must not be written in clear text.
 *
 * @internal
 */
export function namesSecret(name: string): boolean {
  const letters = canonicalName(name);
  return SECRET.test(letters) && !NO_SECRET.test(letters);
}

/**
 * Whether a value only refers to a secret: a placeholder of Spring, or one of a template of External Secrets.
 *
 * @internal
 */
export function refersToSecret(value: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_.]*\}$/.test(value) || /^\{\{ \.\w+ \}\}$/.test(value);
}

/**
 * The parts of a setting, or of the variable by which Spring knows it, as they compare.
 *
 * @internal
 */
export function segmentsOf(name: string): string[] {
  return name
    .replace(/\[\d+\]/g, '')
    .split(name.includes('.') ? '.' : '_')
    .map(canonicalName);
}
