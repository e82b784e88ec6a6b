import { brokenLinks } from '../support/documents';
import { anchorsIn, fencesIn, inlineCodeIn, linksIn, tableRowsIn } from '../support/markdown';

const PAGE = `# A page of \`code\`, [links](b.md#two) and *more*

Text with [a link](a.md#one "title"), ![a picture](images/p.svg), \`[no link](x.md)\` and [one
over two lines](c.md). [![a badge](images/b.svg)](https://example.com).

## Twice

\`\`\`sh
# no heading, [no link](y.md)
npm run synth
\`\`\`

- a list
  \`\`\`yaml
  name: camunda
  list:
    - 1
  \`\`\`

## Twice

<!-- [no link](z.md) -->
<details id="by-hand"><a href="d.md">d</a></details>

[ref]: e.md
`;

test('blocks of code are found, with their language, and without their indentation', () => {
  expect(fencesIn(PAGE)).toEqual([
    { language: 'sh', text: '# no heading, [no link](y.md)\nnpm run synth\n', line: 9 },
    { language: 'yaml', text: 'name: camunda\nlist:\n  - 1\n', line: 15 },
  ]);
});

test('links are found where a reader sees one, with their lines', () => {
  expect(linksIn(PAGE).map(({ text, line }) => `${line} ${text}`)).toEqual([
    '1 b.md#two',
    '3 a.md#one',
    '3 images/p.svg',
    '3 c.md',
    '4 https://example.com',
    '25 e.md',
    '23 d.md',
    '3 images/p.svg',
    '4 images/b.svg',
  ]);
});

test('anchors are those that GitHub makes', () => {
  expect([...anchorsIn(PAGE)]).toEqual(['by-hand', 'a-page-of-code-links-and-more', 'twice', 'twice-1']);
});

test.each([
  ['What `npm test` knows, and more', 'what-npm-test-knows-and-more'],
  ['8.7 to 8.8', '87-to-88'],
  ['A - b_c', 'a---b_c'],
  ['Größe & Maß', 'größe--maß'],
])('the anchor of the heading %j is %s', (heading, anchor) => {
  expect([...anchorsIn(`## ${heading}\n`)]).toEqual([anchor]);
});

test('code within the text is found, blocks are not', () => {
  expect(inlineCodeIn('`a` and ``b ` c``\n`two\nlines`\n```\n`d`\n```\n')).toEqual([
    { text: 'a', line: 1 },
    { text: 'b ` c', line: 1 },
    { text: 'two lines', line: 2 },
  ]);
});

test('rows are those of tables with the title', () => {
  const tables = '| rule | what |\n|---|---|\n| `a` | x \\| y |\n| `b` | z |\n\n| other | what |\n|---|---|\n| `c` | z |\n';
  expect(tableRowsIn(tables, 'rule')).toEqual([
    ['`a`', 'x \\| y'],
    ['`b`', 'z'],
  ]);
});

describe('a link', () => {
  const other = { path: 'docs/other.md', text: '## There\n' };
  const broken = (target: string): string[] =>
    brokenLinks([{ path: 'docs/page.md', text: `\n[x](${target})\n## Own heading\n` }], [other], path =>
      ['docs', 'docs/page.md', 'docs/other.md', 'docs/data.json'].includes(path),
    );

  test.each(['other.md', './other.md', '../docs/other.md#there', 'other.md#there', 'data.json', '../docs/', 'https://example.com/x#y'])(
    'to %s is fine',
    target => {
      expect(broken(target)).toEqual([]);
    },
  );

  test.each([
    ['missing.md', 'leads to no file'],
    ['docs/other.md', 'leads to no file'],
    ['../../elsewhere.md', 'leads to no file'],
    ['other.md#here', 'leads to no heading'],
    ['other.md#There', 'leads to no heading'],
    ['#missing', 'leads to no heading'],
    ['data.json#L7', 'leads to no heading'],
  ])('to %s %s', (target, what) => {
    expect(broken(target)).toEqual([`docs/page.md:2: ${target} ${what}`]);
  });
});
