import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { allProofs } from '../e2e/runner/proofs';
import { ROOT } from '../support/documents';
import { inlineCodeIn, tableRowsIn } from '../support/markdown';

const page = readFileSync(join(ROOT, 'docs/real-readers.md'), 'utf8');
const rows = tableRowsIn(page, 'value');
const named = new Set(inlineCodeIn(page).map(({ text }) => text));

/** The three answers that a row may give. Whoever has no real reader says who is missing. */
const ANSWERS = [/^proof `[\w-]+`/, /^one real end: \S.*; not real: \S/, /^no real end: \S.*; not real: \S/];

/** Names after "proof", as `--only` takes them. */
const proofsOf = (cell: string): string[] =>
  [...cell.matchAll(/proof ((?:`[\w-]+`(?:, )?)+)/g)].flatMap(([, names]) => names.match(/[\w-]+/g) ?? []);

test('each row says in which proof both ends are real, or which end is not', () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter(cells => cells.length !== 4 || !ANSWERS.some(answer => answer.test(cells[3])))).toEqual([]);
});

test('the proofs that are named exist', () => {
  const proofs = allProofs().map(({ name }) => name);
  const found = rows.flatMap(cells => proofsOf(cells[3]));
  expect(new Set(found).size).toBeGreaterThan(8);
  expect([...new Set(found)].filter(name => !proofs.includes(name))).toEqual([]);
});

test('each file that renders or makes something says who reads it', () => {
  const folders = readdirSync(join(ROOT, 'constructs')).filter(folder => folder !== 'topology');
  const files = folders
    .flatMap(folder =>
      readdirSync(join(ROOT, 'constructs', folder), { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
    )
    .filter(file => extname(file) !== '')
    .map(file => `constructs/${file}`);
  expect(files.length).toBeGreaterThan(70);
  expect(files.filter(file => !named.has(file) && !named.has(dirname(file)) && !named.has(dirname(dirname(file))))).toEqual([]);
});
