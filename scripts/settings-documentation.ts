import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One setting as its source documents it. */
export interface DocumentedSetting {
  /** For example `regions[].vpcCidr`. */
  readonly path: string;
  readonly description: string;
  readonly isOptional: boolean;
  /** The default, where it is a literal. */
  readonly default?: unknown;
  /** What happens without the setting, where the default is no literal. */
  readonly defaultInWords?: string;
}

const FOLDER = join(__dirname, '..', 'constructs', 'topology', 'settings');
const SOURCE = readdirSync(FOLDER)
  .filter(name => /(^|-)settings\.ts$/.test(name) && name !== 'resolved-settings.ts')
  .map(name => readFileSync(join(FOLDER, name), 'utf8'))
  .join('\n');
const MEMBER = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s+readonly (\w+)(\??): ([^;{]+|\{[^}]*\});/g;

/** What the doc comments of the settings say, in the order of the source, with the nested interfaces followed. */
export function documentedSettings(root = 'DualRegionSettings', parent = ''): DocumentedSetting[] {
  const body = new RegExp(`export interface ${root} \\{\\n([^]*?)\\n\\}`).exec(SOURCE)?.[1] ?? '';
  return [...body.matchAll(MEMBER)].flatMap(([, comment, key, optional, type]) => {
    const [text, fallback] = comment
      .replace(/^\s*\* ?/gm, '')
      .split('@default')
      .map(part => part.replace(/\s+/g, ' ').trim());
    const path = parent === '' ? key : `${parent}.${key}`;
    const own = { path, description: text, isOptional: optional === '?', ...defaultOf(fallback) };
    const [, inner, list] = /^(\w+Settings)(\[\])?$/.exec(type) ?? [];
    return [own, ...(inner ? documentedSettings(inner, list ? `${path}[]` : path) : [])];
  });
}

function defaultOf(fallback: string | undefined): Pick<DocumentedSetting, 'default' | 'defaultInWords'> {
  if (fallback === undefined) return {};
  if (fallback.startsWith('-')) return { defaultInWords: fallback.replace(/^-\s*/, '') };
  return { default: JSON.parse(fallback.replaceAll("'", '"')) as unknown };
}
