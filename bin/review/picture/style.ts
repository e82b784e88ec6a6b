import { FONTS } from './text-width';

/** Each colour is named for what it paints, with its value on a light and on a dark page. */
const COLOURS: { readonly [name: string]: readonly [light: string, dark: string] } = {
  ink: ['#16202c', '#e8eef6'],
  soft: ['#4a5869', '#a9b7c8'],
  region: ['#f4f6fa', '#141b26'],
  'region-line': ['#b9c4d2', '#3b4a5f'],
  vpc: ['#ffffff', '#0f1520'],
  'vpc-line': ['#8b9bb0', '#55677f'],
  public: ['#e6f4ea', '#12291d'],
  'public-line': ['#5f9c76', '#3f7d5a'],
  private: ['#e8f0fb', '#13223a'],
  'private-line': ['#9db6dc', '#3a557f'],
  forwarder: ['#f1eafb', '#251a3a'],
  'forwarder-line': ['#9a7cce', '#7558ac'],
  cluster: ['#ffffff', '#0f1520'],
  'cluster-line': ['#5a7fb8', '#54739f'],
  namespace: ['#f7f9fc', '#151d2a'],
  'namespace-line': ['#a4b2c4', '#45566d'],
  engine: ['#dbe9fd', '#15305a'],
  'engine-line': ['#3d70bd', '#5d8fdc'],
  broker: ['#1d57b4', '#86b4fa'],
  'broker-ink': ['#ffffff', '#08152b'],
  search: ['#fdf1d3', '#3a2b08'],
  'search-line': ['#b88a1f', '#b18a35'],
  data: ['#7a5200', '#f0c868'],
  'data-ink': ['#ffffff', '#241900'],
  workload: ['#ffffff', '#1d2838'],
  'workload-line': ['#7187a3', '#6a809d'],
  badge: ['#e3e8ef', '#263244'],
  active: ['#1c6b3f', '#7fd6a2'],
  'active-ink': ['#ffffff', '#06200f'],
  tunnel: ['#fdf3ec', '#221a17'],
  'tunnel-line': ['#e0b08f', '#6b4a34'],
  flow: ['#b0440a', '#f79a5e'],
};

/** Outline and filling of each part. */
const PARTS: readonly (readonly [part: string, fill: string, line: string, more?: string])[] = [
  ['region', 'region', 'region-line'],
  ['vpc', 'vpc', 'vpc-line'],
  ['subnet[data-purpose="public"]', 'public', 'public-line'],
  ['subnet[data-purpose="private"]', 'private', 'private-line'],
  ['subnet[data-purpose="forwarder"]', 'forwarder', 'forwarder-line'],
  ['cluster', 'cluster', 'cluster-line', 'stroke-width: 1.5px;'],
  ['namespace', 'namespace', 'namespace-line', 'stroke-dasharray: 4 3;'],
  ['engine', 'engine', 'engine-line'],
  ['search', 'search', 'search-line'],
  ['workload', 'workload', 'workload-line'],
  ['bucket', 'workload', 'workload-line'],
  ['copies-label', 'region', 'region-line'],
  ['peering', 'tunnel', 'tunnel-line'],
];

/** Styles of a picture, all of them below its own class: a page may hold more than one. */
export function pictureStyle(): string {
  const variables = (side: 0 | 1): string =>
    Object.entries(COLOURS)
      .map(([name, values]) => `--${name}: ${values[side]};`)
      .join(' ');
  const rules = [
    `.topology { ${variables(0)} font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }`,
    `@media screen and (prefers-color-scheme: dark) { .topology { ${variables(1)} } }`,
    '.topology text { fill: var(--ink); }',
    ...Object.values(FONTS).map(
      ({ className, size, bold }) => `.topology .${className} { font-size: ${size}px; font-weight: ${bold ? 600 : 400}; }`,
    ),
    '.topology .small, .topology .tiny { fill: var(--soft); }',
    '.topology rect { stroke-width: 1px; fill: none; stroke: none; }',
    ...PARTS.map(([part, fill, line, more = '']) => `.topology .${part} > rect { fill: var(--${fill}); stroke: var(--${line}); ${more} }`),
    '.topology .zone-border { stroke: var(--region-line); stroke-dasharray: 2 4; fill: none; }',
    '.topology .zone-group > rect { stroke: var(--soft); stroke-dasharray: 3 3; }',
    ...chipRules('broker', 'broker', 'broker-ink'),
    ...chipRules('elasticsearch-node', 'data', 'data-ink'),
    ...chipRules('badge', 'badge', 'ink'),
    ...chipRules('badge-active', 'active', 'active-ink'),
    '.topology .line { stroke: var(--flow); stroke-width: 2px; fill: none; }',
    '.topology .head { fill: var(--flow); }',
    '.topology .flow .heading { fill: var(--flow); }',
    '.topology .copies .line { stroke: var(--soft); stroke-width: 1.5px; stroke-dasharray: 5 4; }',
    '.topology .copies .head { fill: var(--soft); }',
  ];
  return `\n${rules.join('\n')}\n`;
}

function chipRules(part: string, fill: string, ink: string): string[] {
  return [`.topology .${part} > rect { fill: var(--${fill}); }`, `.topology .${part} > text { fill: var(--${ink}); }`];
}
