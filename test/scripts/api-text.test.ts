import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  withoutDeclarations,
  withoutEmptySamples,
  withoutInherited,
  withoutPackageName,
  withoutRepeated,
  withoutSecondNames,
} from '../../scripts/api-text';

const API = readFileSync(join(__dirname, '../../API.md'), 'utf8');

const SAMPLE = `# API Reference <a name="API Reference" id="api-reference"></a>

## Constructs <a name="Constructs" id="Constructs"></a>

### Sample <a name="Sample" id="library.Sample"></a>

#### Methods <a name="Methods" id="Methods"></a>

| **Name** | **Description** |
| --- | --- |
| <code><a href="#library.Sample.toString">toString</a></code> | Returns a string representation of this construct. |

---

##### \`toString\` <a name="toString" id="library.Sample.toString"></a>

Returns a string representation of this construct.

#### Properties <a name="Properties" id="Properties"></a>

| **Name** | **Type** | **Description** |
| --- | --- | --- |
| <code><a href="#library.Sample.property.node">node</a></code> | <code>constructs.Node</code> | The tree node. |
| <code><a href="#library.Sample.property.nodes">nodes</a></code> | <code>string</code> | Its own. |

---

##### \`nodes\` <a name="nodes" id="library.Sample.property.nodes"></a>

Its own.
`;

test('leaves out what every construct has, and nothing that is its own', () => {
  const text = withoutInherited(SAMPLE);
  expect(text.match(/^#+ .*?(?= <a)/gm)).toEqual(['# API Reference', '## Constructs', '### Sample', '#### Properties', '##### `nodes`']);
  expect(text.match(/<code><a href="[^"]*"/g)).toEqual(['<code><a href="#library.Sample.property.nodes"']);
  expect(text).toContain('What every construct has is left out here');
});

test('says once what a type has from another one', () => {
  const row = (name: string): string => `| <code><a href="#library.Props.property.${name}">${name}</a></code> | string | . |\n`;
  const detail = (name: string): string =>
    `##### \`${name}\` <a name="${name}" id="library.Props.property.${name}"></a>\n\nAbout ${name}.\n\n`;
  const props = `### Props <a name="Props" id="library.Props"></a>\n\n${row('size')}${row('today')}\n${detail('size')}${detail('today')}`;
  const text = withoutRepeated(props, new Map([['library.Props', { base: 'library.Settings', own: ['today'] }]]));
  expect(text).toContain('It has the settings of <a href="#library.Settings">Settings</a>, and what is listed here.');
  expect(text).toContain(`${row('today')}\n${detail('today')}`);
  expect(text).not.toContain('size');
});

test('leaves out what name and type say already', () => {
  const property = '##### `size`\n\n```typescript\npublic readonly size: number;\n```\n\n- *Type:* number\n\n---\n\n##### `next`\n';
  expect(withoutDeclarations(property)).toBe('##### `size`\n\n- *Type:* number\n\n##### `next`\n');
});

test('leaves out samples of settings without any setting, and no constructor', () => {
  const sample = (code: string): string =>
    `#### Initializer <a name="Initializer" id="i"></a>\n\n\`\`\`typescript\nimport { Size } from 'library'\n\n${code}\n\`\`\`\n\n`;
  const constructor = sample('new Size(props: SizeProps)');
  expect(withoutEmptySamples(`${sample('const size: Size = { ... }')}#### Properties\n${constructor}`)).toBe(
    `#### Properties\n${constructor}`,
  );
});

test('gives each place its one id', () => {
  expect(withoutSecondNames('##### `size` <a name="size" id="library.Size.property.size"></a>')).toBe(
    '##### `size` <a id="library.Size.property.size"></a>',
  );
});

test('names no package in places and links', () => {
  const text = '<a href="#library.Size.property.size">size</a> <a id="library.Size"></a> library.Size other.library.Size';
  expect(withoutPackageName(text, 'library')).toBe(
    '<a href="#Size.property.size">size</a> <a id="Size"></a> library.Size other.library.Size',
  );
});

describe('API.md', () => {
  test('can be opened in a browser: below 320 kB', () => {
    expect(Buffer.byteLength(API)).toBeLessThan(320_000);
  });

  test('leads nowhere that is left out', () => {
    const places = new Set([...API.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...API.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(500);
    expect(links.filter(id => !places.has(id))).toEqual([]);
  });

  test('has no stacks: they are internal', () => {
    expect(API).not.toMatch(/^### \w*Stack /m);
  });
});
