import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema } from '../../bin/config/schema';
import { scripts } from '../../package.json';
import { documentedSettings } from '../../scripts/settings-documentation';
import { brokenLinks, markdownFiles, ROOT, userDocuments } from '../support/documents';
import { fencesIn, inlineCodeIn, tableRowsIn, type Piece } from '../support/markdown';
import { allRules } from '../support/rows/all-rules';

const FILE_NAME = /\.(md|html|json|sarif|yaml)$/;
/** Stands for a name that somebody chooses. */
const PLACEHOLDER = /\/NN-/;

const all = markdownFiles();
/** Its links are those of the generator, which makes anchors for what it does not describe. */
const linking = all.filter(({ path }) => path !== 'API.md');
const documents = userDocuments();
const codeIn = (text: string): Piece[] => [...inlineCodeIn(text), ...fencesIn(text)];
/** What is wrong, with its place, in any of the documents. */
const offences = (judge: (code: string) => string[], files = documents): string[] =>
  files.flatMap(({ path, text }) =>
    codeIn(text).flatMap(({ text: code, line }) => judge(code).map(offence => `${path}:${line}: ${offence}`)),
  );

test('links lead to files and headings that there are', () => {
  expect(linking.length).toBeGreaterThan(30);
  expect(brokenLinks(linking, all)).toEqual([]);
});

test('each document can be found from the table of contents', () => {
  const contents = all.find(({ path }) => path === 'docs/README.md')!.text;
  const folders = ['decisions', 'parity', 'runbook'];
  const pagesIn = (folder: string): string[] => readdirSync(join(ROOT, 'docs', folder)).filter(name => name.endsWith('.md'));
  const pages = [
    ...pagesIn('').filter(name => name !== 'README.md'),
    ...folders.flatMap(folder => pagesIn(folder).map(name => `${folder}/${name}`)),
  ];
  expect(pages.filter(name => !contents.includes(`](${name})`))).toEqual([]);
});

test('commands of npm that are named exist', () => {
  // The changelog tells of commands that were renamed.
  const current = linking.filter(({ path }) => path !== 'CHANGELOG.md');
  const found = current.flatMap(({ path, text }) =>
    codeIn(text).flatMap(({ text: code }) => [...code.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => ({ path, name }))),
  );
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(({ name }) => !(name in scripts))).toEqual([]);
});

test('settings that are named by their path exist', () => {
  const known = new Set(documentedSettings().map(({ path }) => path.replaceAll('[]', '')));
  const sections = Object.keys(configurationSchema.shape).filter(key => [...known].some(path => path.startsWith(`${key}.`)));
  let count = 0;
  const unknown = offences(code => {
    const [path, section] = /^(\w+)(?:\[[01]?\])?\.[\w.[\]]+$/.exec(code) ?? [];
    if (path === undefined || !sections.includes(section) || FILE_NAME.test(path)) return [];
    const plain = path.replaceAll(/\[\d*\]/g, '');
    // Camunda's own settings begin with its name, too, and are longer.
    if (section === 'camunda' && plain.split('.').length > 2) return [];
    count += 1;
    return known.has(plain) ? [] : [`${path} is no setting`];
  });
  expect(unknown).toEqual([]);
  expect(count).toBeGreaterThan(50);
});

test('each dangerous change has its row', () => {
  const folder = join(ROOT, 'lib/review/changes');
  const sources = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'));
  const kinds = sources.flatMap(source => [...source.matchAll(/(?:dangerous|[a-z]+Danger)\(\s*'([a-z-]+)'/g)].map(([, kind]) => kind));
  expect(kinds.length).toBeGreaterThan(20);
  const page = readFileSync(join(ROOT, 'docs/review-changes.md'), 'utf8');
  expect(kinds.filter(kind => !tableRowsIn(page, 'id').some(([ids]) => ids.includes(kind)))).toEqual([]);
});

test('rules that a table or a message names exist', () => {
  const folders = ['constructs/topology/plan', 'constructs/workloads', 'lib', 'bin/config'];
  const source = folders
    .flatMap(folder => readdirSync(join(ROOT, folder)).map(name => join(ROOT, folder, name)))
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
  const inTables = documents.flatMap(({ path, text }) =>
    tableRowsIn(text, 'rule').flatMap(([cell]) => inlineCodeIn(cell).map(({ text: rule }) => ({ path, rule }))),
  );
  const inMessages = documents.flatMap(({ path, text }) =>
    fencesIn(text).flatMap(fence =>
      [...fence.text.matchAll(/(?:error|warning) .*\[([a-z0-9-]+)\]$/gm)].map(([, rule]) => ({ path, rule })),
    ),
  );
  expect(inTables.length).toBeGreaterThan(3);
  expect(inMessages.length).toBeGreaterThan(0);
  expect([...inTables, ...inMessages].filter(({ rule }) => !allRules().has(rule) && !source.includes(`'${rule}'`))).toEqual([]);
});

test('files that are named by their path exist', () => {
  const missing = offences(code => {
    const isPath = /^(bin|lib|constructs|config|docs|examples|scripts|test|bench)\/[\w./-]+$/.test(code);
    return !isPath || PLACEHOLDER.test(code) || existsSync(join(ROOT, code)) ? [] : [`${code} does not exist`];
  });
  expect(missing).toEqual([]);
});
