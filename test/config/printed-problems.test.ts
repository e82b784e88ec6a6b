import { stripVTControlCharacters } from 'node:util';
import { ConfigurationFileError } from '../../bin/config/configuration-file-error';
import { printedProblems, showsColour } from '../../bin/config/printed-problems';
import { readConfiguration } from '../../bin/config/read-configuration';
import { changed, fileOf, outcomeOf } from '../support/settings/configuration-files';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const path = fileOf(changed(['clusterSize: 8', 'clusterSize: 7'], ['vpcCidr: 10.202', 'vpcCidr: 10.192'], ['eu-west-3', 'eu-west-9']));
const { problems } = outcomeOf(path);

test('prints one line a problem, and a count at the end', () => {
  expect(printedProblems(problems).split('\n')).toEqual([
    `${path}:2:41  error  camunda.clusterSize must be an even number of at least 4, and at most 900, got 7; choose 8: both regions run the same number of brokers [cluster-size]`,
    `${path}:9:16  warning  regions[1].awsRegion should be a region that this version knows, got 'eu-west-9'; check the spelling; if AWS opened the region recently, measure the round-trip time to the other one [aws-region-unknown]`,
    `${path}:10:14  error  regions[1].vpcCidr must not overlap 'regions[0].vpcCidr' (10.192.0.0/16), got '10.192.0.0/16'; give each range its own block: routes between the regions are by address, and VPCs with a range in common cannot be peered [cidr-overlap]`,
    '2 errors, 1 warning',
  ]);
});

test('the error says the same, as its message and as text', () => {
  const error = new ConfigurationFileError(problems);
  expect(error.message).toBe(printedProblems(problems));
  expect(String(error)).toBe(error.message);
  expect(() => readConfiguration(path, WHEN_ALL_WERE_SUPPORTED)).toThrow(
    expect.objectContaining({ name: 'ConfigurationFileError', message: error.message }) as Error,
  );
});

test('colours change nothing but the colour', () => {
  const coloured = printedProblems(problems, { colour: true });
  expect(stripVTControlCharacters(coloured)).toBe(printedProblems(problems));
  expect(coloured).toContain('\u001b[31merror\u001b[39m');
  expect(coloured).toContain('\u001b[33mwarning\u001b[39m');
});

test('counts are in the plural where they should be', () => {
  const [error, warning] = problems;
  expect(printedProblems([error]).split('\n').at(-1)).toBe('1 error');
  expect(printedProblems([warning, warning]).split('\n').at(-1)).toBe('2 warnings');
});

test('a problem of the whole file says so', () => {
  expect(printedProblems(outcomeOf('nowhere.yaml').problems)).toMatch(/^nowhere\.yaml:1:1 {2}error {2}the file must exist, got nothing; /);
});

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, true],
  ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
  ['a pipe', {}, {}, false],
])('%s shows colours: %p %p %p', (_what, stream, environment, expected) => {
  expect(showsColour(stream, environment)).toBe(expected);
});
