import { resolveSettings } from '../constructs/topology/settings/resolve-settings';
import type { Needed } from '../constructs/topology/settings/rows/row';
import { isMapping } from '../constructs/topology/settings/rows/value-kinds';
import type { DualRegionSettings } from '../constructs/topology/settings/settings';
import { laterOf } from '../lib/review/changes/later-of';
import { configurationJsonSchema } from './json-schema';
import { demandsOf, rowAt } from './setting-demands';
import { documentedSettings, type DocumentedSetting } from './settings-documentation';

interface Schema {
  readonly type?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** The same for every workload that has it, so it is described once. */
const POD = /^\w+\.pod\./;
const POD_OF = 'orchestration.pod.';

/**
 * The text of docs/configuration.md: every setting with its kind, default, and what is allowed. Descriptions and defaults are
 * those of the doc comments, all else that of the rows.
 *
 * @param settings a deployment with hardly more than what is required
 */
export function configurationReference(settings: DualRegionSettings): string {
  const documented = documentedSettings();
  const isSection = ({ path }: DocumentedSetting): boolean => documented.some(other => other.path.startsWith(`${path.split('[]')[0]}.`));
  const top = documented.filter(({ path }) => !path.includes('.'));
  const sections = top.filter(setting => isSection(setting) || documented.some(({ path }) => path.startsWith(`${setting.path}[]`)));
  const single = top.filter(setting => !sections.includes(setting));
  const table = (rows: readonly DocumentedSetting[]): string => tableOf(rows, settings);
  const within = (name: string): DocumentedSetting[] =>
    documented.filter(({ path }) => path !== name && path.split(/[.[]/)[0] === name && !POD.test(path));
  return `${[
    ...INTRODUCTION,
    '## Contents',
    [
      '- [At the top](#at-the-top)',
      ...sections.map(({ path, description }) => `- [${path}](#${path.toLowerCase()}): ${firstSentence(description)}`),
      '- [Pods of a workload](#pods-of-a-workload)',
    ].join('\n'),
    '## At the top',
    table(single),
    ...sections.flatMap(section => [`## ${section.path}`, introductionOf(section), table(within(section.path))]),
    '## Pods of a workload',
    `The same below each \`pod\`: ${listed(podOwners(documented))}. [Escape hatches](escape-hatches.md) shows them at work.`,
    table(documented.filter(({ path }) => path.startsWith(POD_OF))).replaceAll(`\`${POD_OF}`, '`*.pod.'),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = [
  '<!-- Made by `npm run configuration-reference` from the settings and their rows. Do not edit. -->',
  '# Configuration',
  [
    'Every setting of a configuration file, and of the props of `CamundaDualRegion`: names, defaults and rules are the same. A file',
    'is YAML; [config/default.yaml](../config/default.yaml) is the shortest one that makes sense, and',
    '[config/production.yaml](../config/production.yaml) shows what operations teams usually decide. Only `regions` is required.',
  ].join('\n'),
  [
    'Editors that know YAML schemas complete and check a file that begins with',
    '`# yaml-language-server: $schema=./schema.json` ([config/schema.json](../config/schema.json)). `npm run synth -- --config FILE`',
    'and `npm run review -- --config FILE` tell all mistakes at once.',
  ].join('\n'),
  [
    'What a single value must be is quoted with the id that messages about it end with. A default with a value in brackets follows',
    'other settings, and the value is that of the default configuration. Rules about several settings at once, such as memory for',
    'partitions or room on the nodes, speak up when they are broken:',
    '[mistakes in a configuration](troubleshooting.md#a-configuration-is-refused).',
  ].join('\n'),
  [
    'The last column says what changing a setting does to a system that runs, from the mildest to the harshest:',
    '[changing a running system](changes.md). A [review](review-changes.md) says it of each change. A default that follows',
    'another setting changes with it: more memory for brokers may need other nodes.',
  ].join('\n'),
];

function introductionOf({ path, description, isOptional, defaultInWords }: DocumentedSetting): string {
  const fallback = isOptional ? `Without it: ${defaultInWords ?? 'nothing'}.` : 'Required.';
  return [description, [fallback, ...allowedFor(path)].join(' ')].join('\n\n');
}

function tableOf(rows: readonly DocumentedSetting[], settings: DualRegionSettings): string {
  const schema = configurationJsonSchema() as Schema;
  const defaults = resolveSettings(settings);
  const lines = rows.map(row => {
    const own = schemaAt(schema, row.path);
    const said = row.path.endsWith('.pod')
      ? 'See [pods of a workload](#pods-of-a-workload).'
      : [row.description, ...allowedFor(row.path)].join(' ');
    return [`\`${row.path}\``, kindAndUnit(row.path, own), defaultOf(row, own, defaults), said, laterCell(row.path)]
      .map(cell => cell.replaceAll('|', '\\|'))
      .join(' | ');
  });
  return [
    '| setting | kind | default | what it is, and what is allowed | what a later change does |',
    '|---|---|---|---|---|',
    ...lines.map(line => `| ${line} |`),
  ].join('\n');
}

/** A section has no value of its own. */
function laterCell(path: string): string {
  const row = rowAt(path);
  const later = row.kind === 'section' ? undefined : laterOf(path);
  if (later === undefined) return '-';
  const page = later.page === undefined ? [] : [`[What to do](${later.page}).`];
  return [`**${later.effect}**.`, ...(later.note === undefined ? [] : [later.note]), ...page].join(' ');
}

function schemaAt(schema: Schema, path: string): Schema {
  return path.split('.').reduce((at, part) => {
    const property = at.properties?.[part.replace('[]', '')] ?? {};
    return part.endsWith('[]') ? (property.items ?? {}) : property;
  }, schema);
}

/** The name of a setting ends with its unit. */
const UNITS: Readonly<Record<string, string>> = {
  MiB: 'MiB',
  GiB: 'GiB',
  Millis: 'millicores',
  Ms: 'milliseconds',
  Seconds: 'seconds',
  Days: 'days',
};

function kindAndUnit(path: string, own: Schema): string {
  const unit = Object.keys(UNITS).find(ending => path.endsWith(ending));
  return unit === undefined ? kindOf(own) : `${kindOf(own)}, ${UNITS[unit]}`;
}

function kindOf({ type, items, additionalProperties, properties }: Schema): string {
  if (type === 'array') return items?.type === 'string' ? 'list of strings' : 'list of mappings';
  if (type === 'object') return properties ? 'mapping' : additionalProperties ? 'mapping of strings' : 'mapping';
  return { string: 'string', integer: 'whole number', number: 'number', boolean: '`true` or `false`' }[type ?? ''] ?? 'any value';
}

function defaultOf({ path, isOptional, defaultInWords }: DocumentedSetting, own: Schema, defaults: unknown): string {
  if (!isOptional) return 'required';
  const { follows = [] } = rowAt(path);
  const leader = follows.length > 0 ? `, following \`${follows[0]}\`` : '';
  if (defaultInWords === undefined || defaultInWords === 'depends on the workload') {
    return `${code(own.default ?? valueAt(defaults, path))}${leader}`;
  }
  const resolved = path.includes('[]') ? undefined : valueAt(defaults, path);
  const value = isPlain(resolved) && resolved !== 0 ? ` (${code(resolved)})` : '';
  return `${defaultInWords}${value}`;
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isMapping(at) ? at[key] : undefined), value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function code(value: unknown): string {
  if (!isPlain(value)) throw new Error(`no default to show: ${JSON.stringify(value)}`);
  return `\`${value}\``;
}

function allowedFor(path: string): string[] {
  const row = rowAt(path);
  const demands = demandsOf(row).map(({ rule, requirement }) => {
    const sentence = `${requirement.charAt(0).toUpperCase()}${requirement.slice(1)}`.replaceAll('*', '\\*');
    return `*${sentence}* (\`${rule}\`).`;
  });
  return [
    ...demands,
    ...(row.until ? [`Before version ${row.until.version} only.`] : []),
    ...(row.needs === undefined ? [] : [neededText(row.needs)]),
  ];
}

function neededText(needs: string | Needed): string {
  return typeof needs === 'string'
    ? `Does nothing while \`${needs}\` is false.`
    : `Does nothing unless \`${needs.setting}\` is \`${needs.value}\`.`;
}

function podOwners(documented: readonly DocumentedSetting[]): string[] {
  return documented.filter(({ path }) => path.endsWith('.pod')).map(({ path }) => `\`${path}\``);
}

function listed(items: readonly string[]): string {
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.)\s/)[0];
}
