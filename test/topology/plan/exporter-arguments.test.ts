import { insteadOfUnread } from '../../../constructs/topology/plan/exporter-arguments';
import { conflictingSetting, ownerOfVariable, variableOf } from '../../../constructs/topology/plan/owned-names';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { DOCUMENTED_STORAGE, type Reach } from '../../support/rows/documented-storage';

/** What becomes of a setting of brokers, in words that do not depend on how it is written. */
function verdictOn(name: string): string {
  const instead = insteadOfUnread(name, CAMUNDA_VERSIONS['8.9']);
  if (instead !== undefined) return /^remove it/.exec(instead)?.[0] ?? instead;
  return (name.includes('.') ? conflictingSetting(name, 'orchestration') : ownerOfVariable(name)) ? 'owned' : 'has an effect';
}

/** The other variable by which Spring knows a setting. */
const dashedVariableOf = (path: string): string => path.replace(/[-.]/g, '_').toUpperCase();

function expectedOf(reaches: Reach): string {
  switch (reaches.kind) {
    case 'exporters alone': {
      const [first, second] = [0, 1].map(id => `'camunda.data.exporters.camundaregion${id}.args.${reaches.argument}'`);
      return `give it to both exporters, as ${first} and ${second}`;
    }
    case 'a setting':
      return `use '${reaches.setting}', which both exporters are told`;
    case 'nothing':
      return 'remove it';
    case 'this library':
      return 'owned';
    case 'applications':
      return 'has an effect';
  }
}

describe('documented', () => {
  test.each(Object.entries(DOCUMENTED_STORAGE))('%s is refused, or has an effect', (name, { reaches }) => {
    const expected = expectedOf(reaches);
    expect([name, variableOf(name), dashedVariableOf(name)].map(verdictOn)).toEqual([expected, expected, expected]);
  });
});

test('what is documented for the exporter that configures itself is all judged', () => {
  const kinds = Object.values(DOCUMENTED_STORAGE).map(({ reaches }) => reaches.kind);
  expect(new Set(kinds)).toEqual(new Set(['exporters alone', 'a setting', 'nothing', 'this library', 'applications']));
  expect(kinds.filter(kind => kind === 'exporters alone').length).toBeGreaterThan(10);
});

test.each([
  [
    '8.8',
    'camunda.data.secondary-storage.elasticsearch.post-export.batch-size',
    /zeebe\.broker\.exporters\.camundaregion1\.args\.postExport\.batchSize'$/,
  ],
  ['8.7', 'camunda.data.secondary-storage.elasticsearch.bulk.size', /^use 'history\.bulk\.size'/],
  ['8.7', 'camunda.data.secondary-storage.elasticsearch.post-export.batch-size', /^remove it/],
  ['8.9', 'camunda.tasklist.archiver.rolloverBatchSize', /^use 'history\.archiving\.batchSize'/],
])('in %s, instead of %s', (version, name, expected) => {
  expect(insteadOfUnread(name, CAMUNDA_VERSIONS[version])).toMatch(expected);
});

test.each(['camunda.data', 'camunda.data.secondary-storage.retentions.enabled', 'CAMUNDA_DATA_SECONDARYSTORAGE_TYPE', 'my.history'])(
  'has nothing to say about %s',
  name => {
    expect(insteadOfUnread(name, CAMUNDA_VERSIONS['8.9'])).toBeUndefined();
  },
);
