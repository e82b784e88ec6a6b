/** A piece of an OpenAPI description, or of a JSON schema. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
/** @see Kubernetes documentation, Quantity: serialization format */
const QUANTITY_SCHEMA: Schema = {
  type: ['string', 'number'],
  pattern: '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
};
const INT_OR_STRING: Schema = { type: ['integer', 'string'] };

/** What says something about a value, and means the same in OpenAPI and JSON schema. */
const KEPT = [
  'type',
  'format',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'x-kubernetes-list-map-keys',
];

/**
 * The schema of a value as Kubernetes' API server treats it with strict field validation: an object has no fields but
 * those that are described.
 */
export function strictSchema(source: Schema): Schema {
  if (typeof source.$ref === 'string') return { $ref: source.$ref };
  if (source['x-kubernetes-int-or-string'] || source.format === 'int-or-string') return nullableIf(source, INT_OR_STRING);
  const schema: Record<string, unknown> = plain(source);
  if (source['x-kubernetes-list-type'] === 'set') schema.uniqueItems = true;
  // `kubectl apply` merges such lists by this one key, so a second entry of the same key would replace the first.
  if (source['x-kubernetes-patch-strategy'] === 'merge' && source['x-kubernetes-patch-merge-key']) {
    schema['x-kubernetes-patch-merge-key'] = source['x-kubernetes-patch-merge-key'];
  }
  if (source.properties) schema.properties = mapValues(source.properties as Record<string, Schema>, strictSchema);
  if (source.items) schema.items = strictSchema(source.items as Schema);
  if (isObject(source.additionalProperties)) schema.additionalProperties = strictSchema(source.additionalProperties);
  else if (source.properties && !source['x-kubernetes-preserve-unknown-fields']) schema.additionalProperties = false;
  return nullableIf(source, schema);
}

/** Definitions that a schema needs, directly or not, by name. */
export function definitionsOf(roots: readonly Schema[], definitions: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const queue = roots.flatMap(referencesIn);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    const schema = name === QUANTITY ? QUANTITY_SCHEMA : strictSchema(definitions[name]);
    found.set(name, schema);
    queue.push(...referencesIn(schema));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Keywords that hold in any place, with the conditions of `anyOf` and its kind, which describe no fields of their own. */
function plain(source: Schema): Record<string, unknown> {
  const schema: Record<string, unknown> = Object.fromEntries(KEPT.filter(key => key in source).map(key => [key, source[key]]));
  if (typeof schema.pattern === 'string') schema.pattern = patternOf(schema.pattern);
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    if (Array.isArray(source[key])) schema[key] = (source[key] as Schema[]).map(condition);
  }
  if (isObject(source.not)) schema.not = condition(source.not);
  // In OpenAPI 3.0 these are switches of the limits beside them.
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ]) {
    if (typeof schema[flag] !== 'boolean') continue;
    if (schema[flag]) schema[flag] = schema[limit];
    else delete schema[flag];
  }
  return schema;
}

/** Go takes a flag within a pattern, JavaScript does not: each letter is written in both cases instead. */
function patternOf(pattern: string): string {
  const flag = '^(?i)';
  if (!pattern.startsWith(flag)) return pattern;
  return `^${pattern.slice(flag.length).replace(/[a-z]/gi, letter => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)}`;
}

function condition(source: Schema): Schema {
  const schema = plain(source);
  if (source.properties) schema.properties = mapValues(source.properties as Record<string, Schema>, condition);
  if (isObject(source.items)) schema.items = condition(source.items);
  return schema;
}

function nullableIf(source: Schema, schema: Schema): Schema {
  return source.nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function referencesIn(value: unknown): string[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child.replace('#/definitions/', '')] : referencesIn(child),
  );
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
