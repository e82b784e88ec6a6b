import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { resolveSettings } from '../../constructs/topology/settings/resolve-settings';
import type { TrafficSettings } from '../../constructs/topology/settings/traffic/traffic';
import type { OidcSettings } from '../../constructs/topology/settings/users/oidc';
import { configurationJsonSchema, configurationJsonSchemaText } from '../../scripts/json-schema';
import { documentedSettings } from '../../scripts/settings-documentation';
import { BASE } from '../support/settings/configuration-files';
import { FULL_SETTINGS } from '../support/settings/full-settings';

interface Node {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly additionalProperties?: unknown;
}

const schema = configurationJsonSchema() as Node;
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** All nodes of the schema that have a setting, by its path. */
function nodesIn(node: Node, path = ''): [string, Node, boolean][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]): [string, Node, boolean][] => {
    const at = path === '' ? key : `${path}.${key}`;
    const own: [string, Node, boolean] = [at, child, node.required?.includes(key) ?? false];
    return [own, ...nodesIn(child, at), ...(child.items ? nodesIn(child.items, `${at}[]`) : [])];
  });
}
const nodes = nodesIn(schema);

test('the committed schema is the one that the code makes', () => {
  expect(readFileSync('config/schema.json', 'utf8')).toBe(configurationJsonSchemaText());
});

test.each(['config/default.yaml', 'config/production.yaml', 'config/camunda-8.7.yaml'])('%s satisfies the schema', path => {
  validate(parse(readFileSync(path, 'utf8')));
  expect(validate.errors).toBeNull();
});

test('a file with every setting satisfies it', () => {
  validate(FULL_SETTINGS);
  expect(validate.errors).toBeNull();
});

test.each([
  ['an unknown key', `${BASE}nme: x\n`, '', 'additionalProperties'],
  ['a version without quotes', BASE.replace('"8.9"', '8.9'), '/camunda/version', 'type'],
  ['a fraction', BASE.replace('clusterSize: 8', 'clusterSize: 8.5'), '/camunda/clusterSize', 'type'],
  ['a region without a namespace', BASE.replace('    namespace: camunda-paris\n', ''), '/regions/1', 'required'],
  ['no regions', 'name: camunda\n', '', 'required'],
  ['a tag that is no text', `${BASE}tags: { a: 1 }\n`, '/tags/a', 'type'],
  ['a version that nobody knows', BASE.replace('"8.9"', '"8.11"'), '/camunda/version', 'enum'],
  ['an odd number of brokers', BASE.replace('clusterSize: 8', 'clusterSize: 7'), '/camunda/clusterSize', 'multipleOf'],
  ['an address beyond 255', BASE.replace('10.192.0.0/16', '300.1.1.1/16'), '/regions/0/vpcCidr', 'pattern'],
  ['a range that is too large', BASE.replace('10.192.0.0/16', '10.0.0.0/8'), '/regions/0/vpcCidr', 'pattern'],
  ['three regions', `${BASE}${BASE.slice(BASE.lastIndexOf('  - awsRegion'))}`, '/regions', 'maxItems'],
  ['a single region', BASE.slice(0, BASE.lastIndexOf('  - awsRegion')), '/regions', 'minItems'],
  ['no nodes', `${BASE}nodes: { perZone: 0 }\n`, '/nodes/perZone', 'minimum'],
  ['more days than S3 counts', `${BASE}backup: { expiryDays: 4000 }\n`, '/backup/expiryDays', 'maximum'],
  ['a tag of AWS', `${BASE}tags: { "aws:team": x }\n`, '/tags', 'propertyNames'],
])('fails for %s', (_what, text, instancePath, keyword) => {
  expect(validate(parse(text))).toBe(false);
  expect(validate.errors).toContainEqual(expect.objectContaining({ instancePath, keyword }));
});

test('editors show the documentation of each setting, and which are required', () => {
  const documented = documentedSettings().map(({ path, description, isOptional }) => ({ path, description, isRequired: !isOptional }));
  const shown = nodes.map(([path, { description }, isRequired]) => ({ path, description, isRequired }));
  const byPath = (a: { path: string }, b: { path: string }): number => a.path.localeCompare(b.path);
  expect(shown.sort(byPath)).toEqual(documented.sort(byPath));
});

test('no mapping takes unknown keys, tags, labels of nodes and arguments of exporters and additions to pods aside', () => {
  const open = nodes.filter(([, node]) => node.type === 'object' && node.additionalProperties !== false).map(([path]) => path);
  const own = open.filter(path => !/\.pod\.(configuration|nodeSelector|annotations|labels)$/.test(path));
  expect(own.sort()).toEqual([
    'monitoring.prometheus.objectLabels',
    'monitoring.prometheus.podLabels',
    'nodes.groups[].labels',
    'nodes.labels',
    'orchestration.exporters[].arguments',
    'tags',
  ]);
  expect(schema.additionalProperties).toBe(false);
});

test('a default that editors show is the one that counts, whatever the other settings say', () => {
  // Each of these is far from its default, so that a default that follows another setting would move.
  const others = {
    regions: [],
    camunda: { clusterSize: 20, partitionCount: 100 },
    nodes: { perZone: 9 },
    // A section that is not there has no defaults.
    users: { oidc: {} as OidcSettings },
    traffic: {} as TrafficSettings,
    ...Object.fromEntries(['orchestration', 'connectors', 'elasticsearch'].map(key => [key, { resources: { cpuMillis: 9000 } }])),
  };
  const given = ['camunda.clusterSize', 'nodes.perZone'];
  const shown = nodes.filter(([path, node]) => node.default !== undefined && !given.includes(path) && !path.endsWith('.cpuMillis'));
  const resolved = shown.map(([path]) =>
    path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], resolveSettings(others)),
  );
  expect(resolved).toEqual(shown.map(([, node]) => node.default));
  expect(shown.length).toBeGreaterThan(20);
});
