import { parseAllDocuments } from 'yaml';

/** A value that looks like a password, and where it stands. */
export interface ClearText {
  readonly path: string;
  readonly value: string;
}

/** Names of values that are secret. */
const SECRET_NAME = /(password|passwd|passphrase|secret|token|credentials?|api_?key|access_?key|private_?key|licen[cs]e_?key)$/i;
/** The function behind a custom resource, by the name that CloudFormation gave it. */
const HARMLESS_NAME = /^ServiceToken$/;
/** Users and passwords that Camunda or Elasticsearch have out of the box. */
const DEFAULT_CREDENTIALS =
  /\bdemo\s*[:/]\s*demo\b|\bconnectors?\s*[:/]\s*connectors?\b|\belastic\s*[:/]\s*(elastic|changeme)\b|^(demo|changeme)$/i;
/** `PASSWORD=literal` in an option, a script or an address. */
const ASSIGNED = /\b[\w.-]*(?:password|passwd|secret|api_?key)\s*=\s*(?!["']?\$)["']?[^\s"'$&;]+|:\/\/[^\s:/@$]+:[^\s@/$]+@/i;
/** A reference to where the secret is: Spring's, that of a template of External Secrets, a resolved one of CloudFormation. */
const REFERENCE = /^\$\{[A-Za-z_][\w.]*\}$|^\{\{ \.[\w-]+ \}\}$|^\{\{resolve:/;

/**
 * Everything in a value that looks like a password in clear text. Texts that hold JSON or YAML are read as such, since manifests
 * travel as text in templates, and files as text in ConfigMaps.
 */
export function clearTextIn(value: unknown, path = ''): ClearText[] {
  if (typeof value === 'string') return inText(value, path);
  if (Array.isArray(value)) return value.flatMap((entry, i) => clearTextIn(entry, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  const variable =
    typeof members.name === 'string' && 'value' in members ? inMember(members.name, members.value, `${path}(${members.name})`) : [];
  return [
    ...variable,
    ...Object.entries(members).flatMap(([key, member]) => [
      ...inMember(key, member, `${path}.${key}`),
      ...clearTextIn(member, `${path}.${key}`),
    ]),
  ];
}

/** A secret under its name. Anything but a string is a reference, or has names of its own. */
function inMember(name: string, value: unknown, path: string): ClearText[] {
  const isSecret = SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
  return isSecret && typeof value === 'string' && value !== '' && !REFERENCE.test(value) ? [{ path, value }] : [];
}

function inText(text: string, path: string): ClearText[] {
  const inner = structureOf(text);
  if (inner !== undefined) return clearTextIn(inner, `${path}»`);
  return DEFAULT_CREDENTIALS.test(text) || ASSIGNED.test(text) ? [{ path, value: text }] : [];
}

/** What a string holds if it is JSON or YAML of more than one value. */
function structureOf(text: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
  if (!/^[\w."'-]+:(\s|$)/m.test(text) || text.startsWith('#!')) return undefined;
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const values = documents.map(document => document.toJS() as unknown);
  return values.every(value => typeof value === 'object') ? values : undefined;
}
