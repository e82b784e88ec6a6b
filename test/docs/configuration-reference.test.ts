import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../bin/config/read-configuration';
import { configurationReference } from '../../scripts/configuration-reference';
import { demandsOf, rowAt } from '../../scripts/setting-demands';
import { documentedSettings } from '../../scripts/settings-documentation';

const { settings } = readConfiguration('config/default.yaml');
const committed = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');
const demands = (path: string): string[] => demandsOf(rowAt(path)).map(({ rule, requirement }) => `${requirement} [${rule}]`);

test('the committed reference is the one that the code makes', () => {
  expect(committed).toBe(configurationReference(settings));
});

test('it has each setting once, in the order of the source', () => {
  const rows = [...committed.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path);
  const documented = documentedSettings().map(({ path }) => path);
  const sections = documented.filter(path => !path.includes('.') && !rows.includes(path));
  const expected = documented.filter(path => !sections.includes(path) && !/^\w+\.pod\./.test(path));
  expect(rows.filter(path => path.includes('.') && !path.startsWith('*'))).toEqual(expected.filter(path => path.includes('.')));
  expect(rows.filter(path => path.startsWith('*'))).toEqual(
    documented.filter(path => path.startsWith('tasklist.pod.')).map(path => path.replace('tasklist', '*')),
  );
  expect(sections.filter(path => !committed.includes(`\n## ${path}\n`))).toEqual([]);
  expect(new Set(rows).size).toBe(rows.length);
});

test('each row says more than the name of the setting', () => {
  const empty = [...committed.matchAll(/^\| (`[^`]+`) \| (.*) \| (.*) \| (.*) \| (.*) \|$/gm)].filter(cells =>
    cells.some(cell => cell.trim() === ''),
  );
  expect(empty.map(([, path]) => path)).toEqual([]);
});

test.each([
  ['camunda.clusterSize', ['must be an even number of at least 4, and at most 900 [cluster-size]']],
  ['backup.expiryDays', ['must be a whole number from 1 to 3650 [number]']],
  ['backup.enabled', []],
  ['regions[].account', ['must be the 12 digits of an AWS account [account]']],
  ['patches[].operations[].op', ['must be one of add, replace, test, move, copy, remove [patch]']],
])('the rows say what %s may be', (path, expected) => {
  expect(demands(path)).toEqual(expected);
});

test('a path that leads to no setting is an error', () => {
  expect(() => demands('nothing.of.this[].exists')).toThrow('no setting: nothing.of.this[].exists');
});
