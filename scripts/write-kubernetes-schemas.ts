/**
 * Writes test/schemas: what the API servers of the supported versions, and the controllers' custom resources, accept of the
 * kinds that are rendered. The sources are Go modules, so this needs Go; the tests need the written files alone.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KUBERNETES_VERSIONS } from '../constructs/topology/versions/kubernetes-versions';
import { renderedKinds } from '../test/support/settings/rendered-kinds';
import { definitionsOf, strictSchema, type Schema } from './strict-json-schema';

const FOLDER = join(__dirname, '..', 'test', 'schemas');

/** The newest patch of each version that is published as a module. */
const KUBERNETES: Readonly<Record<string, string>> = { '1.34': 'v1.34.4', '1.35': 'v1.35.4', '1.36': 'v1.36.3' };

/** The same modules and files as in test/e2e/bed/charts/package.sh, which says how they differ from the charts' own. */
const CUSTOM_RESOURCES = [
  {
    file: 'aws-load-balancer-controller.json',
    module: 'sigs.k8s.io/aws-load-balancer-controller@v0.0.0-20221203001353-edeb4f1c1312',
    path: 'config/crd/bases/elbv2.k8s.aws_targetgroupbindings.yaml',
    license: 'Apache-2.0',
  },
  {
    file: 'elastic-cloud-on-kubernetes.json',
    module: 'github.com/elastic/cloud-on-k8s/v3@v3.5.0',
    path: 'config/crds/v1/all-crds.yaml',
    license: 'Elastic-2.0',
  },
  {
    file: 'external-secrets.json',
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    path: 'deploy/crds/bundle.yaml',
    license: 'Apache-2.0',
  },
  {
    file: 'cert-manager.json',
    module: 'github.com/cert-manager/cert-manager@v1.21.2',
    path: 'deploy/crds',
    license: 'Apache-2.0',
  },
  {
    file: 'prometheus-operator.json',
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    path: 'example/prometheus-operator-crd',
    license: 'Apache-2.0',
  },
] as const;

interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: { readonly name: string; readonly served: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

interface SchemaFile {
  readonly file: string;
  readonly source: string;
  readonly license: string;
  readonly kinds: Readonly<Record<string, Schema>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

function moduleText(module: string, path: string): string {
  // Outside of any module, so that none of the project's can change what is fetched.
  const json = execFileSync('go', ['mod', 'download', '-json', module], { cwd: tmpdir(), encoding: 'utf8' });
  const place = join((JSON.parse(json) as { Dir: string }).Dir, path);
  const files = statSync(place).isDirectory()
    ? readdirSync(place)
        .filter(name => name.endsWith('.yaml'))
        .map(name => join(place, name))
    : [place];
  return files.map(file => readFileSync(file, 'utf8')).join('\n---\n');
}

function kubernetesSchemas(version: string, wanted: ReadonlySet<string>): SchemaFile {
  const source = `k8s.io/kubernetes@${KUBERNETES[version]}`;
  const { definitions } = JSON.parse(moduleText(source, 'api/openapi-spec/swagger.json')) as { definitions: Record<string, Schema> };
  const kinds = Object.entries(definitions).flatMap(([name, schema]) =>
    ((schema['x-kubernetes-group-version-kind'] ?? []) as { group: string; version: string; kind: string }[])
      .map(of => `${of.group ? `${of.group}/` : ''}${of.version} ${of.kind}`)
      .filter(kind => wanted.has(kind))
      .map(kind => [kind, { $ref: `#/definitions/${name}` }] as const),
  );
  const roots = kinds.map(([, reference]) => reference);
  return {
    file: `kubernetes-${version}.json`,
    source,
    license: 'Apache-2.0',
    kinds: Object.fromEntries(kinds.sort()),
    definitions: definitionsOf(roots, definitions),
  };
}

function customResourceSchemas(
  { file, module, path, license }: (typeof CUSTOM_RESOURCES)[number],
  wanted: ReadonlySet<string>,
): SchemaFile {
  const definitions = parseAllDocuments(moduleText(module, path)).map(document => document.toJS() as CustomResourceDefinition | null);
  const kinds = definitions.flatMap(definition => {
    if (definition?.kind !== 'CustomResourceDefinition') return [];
    const { group, names, versions } = definition.spec;
    return versions
      .filter(({ name, served }) => served && wanted.has(`${group}/${name} ${names.kind}`))
      .map(({ name, schema }) => [`${group}/${name} ${names.kind}`, strictSchema(schema.openAPIV3Schema)] as const);
  });
  return { file, source: module, license, kinds: Object.fromEntries(kinds.sort()), definitions: {} };
}

/** One line for each kind and definition, so that a change shows where it is. */
function textOf({ source, license, kinds, definitions }: SchemaFile): string {
  const block = (record: Readonly<Record<string, Schema>>): string =>
    Object.entries(record)
      .map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`)
      .join(',\n');
  return `{"source":${JSON.stringify(source)},"license":${JSON.stringify(license)},"kinds":{\n${block(kinds)}\n},"definitions":{\n${block(definitions)}\n}}\n`;
}

const wanted = renderedKinds();
const unnamed = Object.keys(KUBERNETES_VERSIONS).filter(version => !KUBERNETES[version]);
if (unnamed.length > 0) throw new Error(`name the module of Kubernetes ${unnamed.join(', ')} in scripts/write-kubernetes-schemas.ts`);
const files = [
  ...Object.keys(KUBERNETES_VERSIONS).map(version => kubernetesSchemas(version, wanted)),
  ...CUSTOM_RESOURCES.map(resources => customResourceSchemas(resources, wanted)),
];
const missing = [...wanted].filter(kind => !files.some(({ kinds }) => kind in kinds));
if (missing.length > 0) throw new Error(`no source has ${missing.join(', ')}: add the module of its custom resource definition`);
for (const file of files) writeFileSync(join(FOLDER, file.file), textOf(file));
