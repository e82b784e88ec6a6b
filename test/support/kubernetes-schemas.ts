import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { KubernetesObject } from './manifests';

const FOLDER = join(__dirname, '..', 'schemas');
const POD_TEMPLATE = 'io.k8s.api.core.v1.PodTemplateSpec';
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

export interface SchemaFile {
  readonly source: string;
  readonly license: string;
  readonly kinds: Readonly<Record<string, object>>;
  readonly definitions: Readonly<Record<string, object>>;
}

/** The committed schemas, by the name of the file without its ending. */
export const SCHEMA_FILES: Readonly<Record<string, SchemaFile>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter(name => name.endsWith('.json'))
    .map(name => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as SchemaFile]),
);

const ajv = ajvOf();

/**
 * What an API server of that version, with strict field validation, has against an object. Rules in CEL are not evaluated.
 */
export function schemaViolations(object: KubernetesObject, kubernetesVersion: string): string[] {
  const { apiVersion, kind, metadata } = object;
  const builtIn = `kubernetes-${kubernetesVersion}`;
  const key = `${apiVersion} ${kind}`;
  const owner = [builtIn, ...Object.keys(SCHEMA_FILES).filter(name => !name.startsWith('kubernetes-'))].find(
    name => key in (SCHEMA_FILES[name]?.kinds ?? {}),
  );
  if (!owner) {
    return [`no schema of ${key} for Kubernetes ${kubernetesVersion} in test/schemas; run: npx tsx scripts/write-kubernetes-schemas.ts`];
  }
  const findings = violationsOf(`${owner}#/kinds/${pointer(key)}`, object, '');
  if (owner !== builtIn) {
    // A custom resource's schema says nothing of the metadata, and leaves pod templates to its controller.
    findings.push(...violationsOf(`${builtIn}#/definitions/${OBJECT_META}`, metadata, '/metadata'));
    for (const { path, template } of podTemplatesIn(object)) {
      findings.push(...violationsOf(`${builtIn}#/definitions/${POD_TEMPLATE}`, template, path));
    }
  }
  return findings.map(finding => `${kind}/${metadata.name}${finding}`);
}

function violationsOf(schema: string, value: unknown, path: string): string[] {
  const validate = ajv.getSchema(schema) as ValidateFunction;
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${path}${instancePath} ${message} ${JSON.stringify(params)}`);
}

function podTemplatesIn(value: unknown, path = ''): { readonly path: string; readonly template: unknown }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'podTemplate' ? [{ path: `${path}/${key}`, template: child as unknown }] : podTemplatesIn(child, `${path}/${key}`),
  );
}

function ajvOf(): Ajv {
  // `required` may name fields that the same place does not describe, and conditions need not repeat the type.
  const instance = new Ajv({
    inlineRefs: false,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateSchema: false,
    code: { optimize: false },
  });
  instance.addFormat('int32', { type: 'number', validate: value => Number.isInteger(value) && Math.abs(value) <= 2 ** 31 });
  instance.addFormat('int64', { type: 'number', validate: value => Number.isSafeInteger(value) });
  instance.addFormat('double', { type: 'number', validate: value => Number.isFinite(value) });
  instance.addFormat('byte', text => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text));
  instance.addFormat('date-time', text => !Number.isNaN(Date.parse(text)));
  for (const keyword of ['x-kubernetes-list-map-keys', 'x-kubernetes-patch-merge-key']) {
    instance.addKeyword({
      keyword,
      type: 'array',
      schemaType: ['array', 'string'],
      error: { message: `must not have two entries with the same key (${keyword})` },
      validate: (keys: string | string[], list: Record<string, unknown>[]) => {
        const entries = list.map(entry => JSON.stringify([keys].flat().map(key => entry[key])));
        return new Set(entries).size === entries.length;
      },
    });
  }
  // The frame of a file is ours and no schema; its parts are found by their place in it.
  instance.addVocabulary(['source', 'license', 'kinds']);
  for (const [name, file] of Object.entries(SCHEMA_FILES)) instance.addSchema({ ...file }, name);
  return instance;
}

function pointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
