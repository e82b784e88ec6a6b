import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One setting as its source documents it. */
export interface DocumentedSetting {
  /** For example `regions[].vpcCidr`. */
  readonly path: string;
  readonly description: string;
  readonly isOptional: boolean;
  /** The default, where it is a literal. */
  readonly default?: unknown;
}

const SOURCE = [
  'settings',
  'backup-settings',
  'component-settings',
  'delivery-settings',
  'existing-vpc-settings',
  'platform-settings',
  'pod-settings',
  'resource-settings',
  'review-settings',
  'tls-settings',
]
  .map(name => readFileSync(join(__dirname, `../../constructs/topology/${name}.ts`), 'utf8'))
  .join('\n');
const MEMBER = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s+readonly (\w+)(\??): ([^;{]+|\{[^}]*\});/g;

/** What the doc comments of the settings say, with the nested interfaces followed. */
export function documentedSettings(root = 'DualRegionSettings', parent = ''): DocumentedSetting[] {
  const body = new RegExp(`export interface ${root} \\{\\n([^]*?)\\n\\}`).exec(SOURCE)?.[1] ?? '';
  return [...body.matchAll(MEMBER)].flatMap(([, comment, key, optional, type]) => {
    const [text, fallback] = comment
      .replace(/^\s*\* ?/gm, '')
      .split('@default')
      .map(part => part.replace(/\s+/g, ' ').trim());
    const path = parent === '' ? key : `${parent}.${key}`;
    const literal = fallback === undefined || fallback.startsWith('-') ? undefined : (JSON.parse(fallback.replaceAll("'", '"')) as unknown);
    const own = { path, description: text, isOptional: optional === '?', default: literal };
    const [, inner, list] = /^(\w+Settings)(\[\])?$/.exec(type) ?? [];
    return [own, ...(inner ? documentedSettings(inner, list ? `${path}[]` : path) : [])];
  });
}
