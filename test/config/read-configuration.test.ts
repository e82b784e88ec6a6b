import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { BASE, changed, fileOf, outcomeOf, problemsIn, problemsOf, unmarked } from '../support/settings/configuration-files';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

type Change = readonly [was: string, is: string];
/** What trips a rule: its id, the setting, and the change, with a mark where the problem is expected. */
type Row = readonly [rule: string, setting: string, change: Change];

const RULES: Row[] = [
  ['cidr-overlap', 'regions[0].serviceCidr', ['serviceCidr: 10.190.0.0/16', 'serviceCidr: »10.192.0.0/16']],
  ['cidr-overlap', 'regions[1].vpcCidr', ['vpcCidr: 10.202.0.0/16', 'vpcCidr: »10.192.0.0/16']],
  ['cidr-overlap', 'regions[1].serviceCidr', ['serviceCidr: 10.200.0.0/16', 'serviceCidr: »10.192.0.0/16']],
  ['cidr-overlap', 'regions[1].vpcCidr', ['vpcCidr: 10.202.0.0/16', 'vpcCidr: »10.190.128.0/17']],
  ['cidr-overlap', 'regions[1].serviceCidr', ['serviceCidr: 10.200.0.0/16', 'serviceCidr: »10.190.0.0/16']],
  ['cidr-overlap', 'regions[1].serviceCidr', ['serviceCidr: 10.200.0.0/16', 'serviceCidr: »10.202.128.0/17']],
  ['region-same', 'regions[1].awsRegion', ['awsRegion: eu-west-3', 'awsRegion: »eu-west-2']],
  ['namespace-same', 'regions[1].namespace', ['camunda-paris', '»camunda-london']],
  ['namespace-system', 'regions[0].namespace', ['camunda-london', '»kube-system']],
  ['cidr-valid', 'regions[0].vpcCidr', ['10.192.0.0/16', '»10.192.0.300/16']],
  ['cidr-valid', 'regions[0].vpcCidr', ['10.192.0.0/16', '»10.192.0.1/16']],
  ['cidr-size', 'regions[0].vpcCidr', ['10.192.0.0/16', '»10.192.0.0/24']],
  ['cidr-size', 'regions[0].vpcCidr', ['10.192.0.0/16', '»10.192.0.0/15']],
  ['cidr-size', 'regions[0].serviceCidr', ['10.190.0.0/16', '»10.190.0.0/28']],
  ['cidr-private', 'regions[0].serviceCidr', ['10.190.0.0/16', '»8.8.0.0/16']],
  ['cluster-size', 'camunda.clusterSize', ['clusterSize: 8', 'clusterSize: »7']],
  ['cluster-size', 'camunda.clusterSize', ['clusterSize: 8', 'clusterSize: »2']],
  ['cluster-size', 'camunda.clusterSize', ['clusterSize: 8', 'clusterSize: »0']],
  ['cluster-size', 'camunda.clusterSize', ['clusterSize: 8', 'clusterSize: »-4']],
  ['wrong-kind', 'camunda.clusterSize', ['clusterSize: 8', 'clusterSize: »eight']],
  ['replication-factor', 'camunda.replicationFactor', ['replicationFactor: 4', 'replicationFactor: »3']],
  ['number', 'camunda.partitionCount', ['partitionCount: 8', 'partitionCount: »0']],
  ['camunda-version', 'camunda.version', ['"8.9"', '»"8.3"']],
  ['round-trip', 'regions[1].awsRegion', ['awsRegion: eu-west-3', 'awsRegion: »us-west-2']],
  ['capacity', 'nodes.perZone', ['activeRegion: 0', 'nodes: { perZone: »1 }']],
  ['capacity', 'nodes.perZone', ['activeRegion: 0', 'nodes: { instanceType: »m6i.large }']],
];

test('reads the settings of a file without mistakes', () => {
  const { configuration } = outcomeOf(fileOf(BASE));
  expect(configuration).toEqual({
    settings: {
      name: 'camunda',
      camunda: { version: '8.9', clusterSize: 8, partitionCount: 8, replicationFactor: 4 },
      activeRegion: 0,
      ...DEFAULT_SETTINGS,
    },
    warnings: [],
    rendered: expect.any(Function) as unknown,
  });
});

test('shows a mistake that only rendering finds at its line, with the warnings', () => {
  const patches = 'patches:\n  - kind: Service\n    name: none\n    operations: [{ op: remove, path: /spec/type }]\n';
  const { configuration } = outcomeOf(fileOf(`${changed(['awsRegion: eu-west-3', 'awsRegion: eu-west-9'])}${patches}`));
  const problems = problemsOf(() => {
    configuration!.rendered(settings => regionManifests(Topology.of(settings), 0));
    return [];
  });
  expect(problems.map(({ rule, severity, setting, line }) => [rule, severity, setting, line])).toEqual([
    ['aws-region-unknown', 'warning', 'regions[1].awsRegion', 9],
    ['patch-target', 'error', 'patches[0]', 14],
  ]);
});

test('leaves a bug of what renders as it is', () => {
  const { configuration } = outcomeOf(fileOf(BASE));
  const bug = new TypeError('a bug');
  expect(() =>
    configuration!.rendered(() => {
      throw bug;
    }),
  ).toThrow(bug);
});

test('reads JSON, with tabs too', () => {
  const { configuration } = outcomeOf(fileOf(JSON.stringify(DEFAULT_SETTINGS, undefined, '\t'), 'test.json'));
  expect(configuration?.settings).toEqual(DEFAULT_SETTINGS);
});

test.each([
  ['Windows line ends', BASE.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${BASE}`],
  ['a document start', `---\n${BASE}...\n`],
])('reads a file with %s', (_what, text) => {
  expect(outcomeOf(fileOf(text)).configuration?.settings.regions).toEqual(DEFAULT_SETTINGS.regions);
});

test.each(['config/default.yaml', 'config/production.yaml', 'config/camunda-8.7.yaml'])(
  'the committed %s has neither mistakes nor warnings',
  path => {
    expect(outcomeOf(path).problems).toEqual([]);
  },
);

test.each(RULES)('fails with %s at the place of %s', (rule, setting, change) => {
  const { text, line, column } = unmarked(changed(change));
  const [problem, ...others] = problemsIn(text);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ rule, setting, line, column, severity: ProblemSeverity.ERROR });
});

test('the message holds file, line, column, key, value, rule and fix', () => {
  const path = fileOf(changed(['clusterSize: 8', 'clusterSize: 7']));
  expect(() => outcomeOf(path)).not.toThrow();
  expect(outcomeOf(path).problems[0]).toEqual({
    file: path,
    line: 2,
    column: 41,
    setting: 'camunda.clusterSize',
    value: '7',
    rule: 'cluster-size',
    severity: ProblemSeverity.ERROR,
    requirement: 'must be an even number of at least 4, and at most 900',
    fix: 'choose 8: both regions run the same number of brokers',
  });
});

test('an unknown AWS region is a warning, and the settings are used', () => {
  const { text, line, column } = unmarked(changed(['awsRegion: eu-west-3', 'awsRegion: »eu-west-9']));
  const { configuration } = outcomeOf(fileOf(text));
  expect(configuration?.settings.regions[1].awsRegion).toBe('eu-west-9');
  expect(configuration?.warnings).toMatchObject([{ rule: 'aws-region-unknown', severity: ProblemSeverity.WARNING, line, column }]);
});

test('a pair of regions that is far apart is accepted once it is acknowledged', () => {
  const text = changed(['awsRegion: eu-west-3', 'awsRegion: us-west-2'], ['activeRegion: 0', 'acknowledgedRoundTripMs: 150.5']);
  expect(outcomeOf(fileOf(text)).configuration?.warnings.map(warning => warning.rule)).toEqual(['round-trip-long']);
});

describe('several mistakes', () => {
  test('are reported all at once, in the order of the lines, errors and warnings together', () => {
    const text = changed(
      ['name: camunda', 'name: Camunda'],
      ['version: "8.9"', 'version: 8.9'],
      ['partitionCount: 8', 'partitionCount: 4'],
      ['activeRegion: 0', 'activRegion: 0'],
      ['vpcCidr: 10.202.0.0/16', 'vpcCidr: 10.192.0.0/16\n    vpcCidr: 10.192.0.0/16'],
      ['    serviceCidr: 10.200.0.0/16\n', ''],
      ['camunda-paris', 'default'],
    );
    expect(problemsIn(text).map(({ line, rule, setting }) => `${line} ${rule} ${setting}`)).toEqual([
      '1 name name',
      '2 wrong-kind camunda.version',
      '2 idle-brokers camunda.partitionCount',
      '3 unknown-key activRegion',
      '9 missing-key regions[1].serviceCidr',
      '11 duplicate-key regions[1].vpcCidr',
      '11 cidr-overlap regions[1].vpcCidr',
      '12 namespace-system regions[1].namespace',
    ]);
  });

  test('a value of the wrong kind does not also break the rule about it, nor one that depends on it', () => {
    const text = `${changed(['clusterSize: 8', 'clusterSize: many'])}nodes: { perZone: 1 }\n`;
    expect(problemsIn(text).map(problem => problem.rule)).toEqual(['wrong-kind']);
  });

  test('one account in quotes and one without is one mistake', () => {
    const text = changed(
      ['namespace: camunda-london', 'namespace: camunda-london\n    account: 123456789012'],
      ['namespace: camunda-paris', 'namespace: camunda-paris\n    account: "123456789012"'],
    );
    expect(problemsIn(text).map(({ rule, setting }) => `${rule} ${setting}`)).toEqual(['wrong-kind regions[0].account']);
  });
});

describe('the place of a setting that is not in the file', () => {
  test('is the region, for a key that every region must have', () => {
    const { text, line, column } = unmarked(
      changed(['  - awsRegion: eu-west-3', '  - »awsRegion: eu-west-3'], ['    namespace: camunda-paris\n', '']),
    );
    expect(problemsIn(text)).toMatchObject([{ rule: 'missing-key', setting: 'regions[1].namespace', value: 'nothing', line, column }]);
  });

  test('is the setting that a default follows, which the message names as well', () => {
    const { text, line, column } = unmarked(changed(['partitionCount: 8', 'partitionCount: »2000']));
    expect(problemsIn(text).find(problem => problem.rule === 'capacity')).toMatchObject({
      setting: 'nodes.perZone',
      line,
      column,
      fix: expect.stringContaining("its value follows 'camunda.partitionCount'") as string,
    });
  });

  test('is the start of the file, also before an empty first line', () => {
    expect(problemsIn('\nname: camunda\n')).toMatchObject([{ rule: 'missing-key', setting: 'regions', line: 1, column: 1 }]);
  });
});

describe('files that are no configuration', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['an empty file', '', 'file-empty', 'nothing'],
    ['a blank file', ' \n\n', 'file-empty', 'nothing'],
    ['a file with comments only', '# nothing yet\n  # at all\n', 'file-empty', 'only comments'],
    ['a document without content', '---\n', 'file-empty', 'nothing'],
    ['a list', '- a\n- b\n', 'wrong-kind', "['a', 'b']"],
    ['a single string', 'camunda\n', 'wrong-kind', "'camunda'"],
    ['a number', '42', 'wrong-kind', '42'],
    ['UTF-16', Buffer.from('\uFEFFname: camunda', 'utf16le'), 'file-encoding', 'other bytes'],
    ['Latin-1', Buffer.from('name: Jürgen', 'latin1'), 'file-encoding', 'other bytes'],
    ['a binary file', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0]), 'file-encoding', 'other bytes'],
    ['a huge file', '# \n'.repeat(100_000), 'file-too-large', 'more than 65536 bytes'],
  ])('fails for %s', (_what, content, rule, value) => {
    const problems = problemsIn(content);
    expect(problems).toMatchObject([{ rule, value, setting: '', line: 1, column: 1 }]);
    expect(problems[0].fix).not.toBe('');
  });

  test('fails for several documents, and still checks the first', () => {
    const problems = problemsIn(`${changed(['clusterSize: 8', 'clusterSize: 7'])}---\nname: other\n`);
    expect(problems).toMatchObject([
      { rule: 'cluster-size', line: 2 },
      { rule: 'yaml-documents', line: 13, column: 1 },
    ]);
  });

  test('fails for a missing file, and names one that was probably meant', () => {
    expect(outcomeOf('config/defualt.yml').problems).toMatchObject([
      { rule: 'file-missing', file: 'config/defualt.yml', fix: 'did you mean config/default.yaml?' },
    ]);
    expect(outcomeOf('nowhere/at/all.yaml').problems).toMatchObject([
      { rule: 'file-missing', fix: expect.stringContaining('check the path') as string },
    ]);
  });

  test.each([
    ['a folder', 'config', 'a folder'],
    ['a path below a file', 'config/default.yaml/x', 'nothing'],
    ['no path', '', 'nothing'],
    ['a path that no system allows', 'a\0b', 'ERR_INVALID_ARG_VALUE'],
  ])('fails for %s', (_what, path, value) => {
    expect(outcomeOf(path).problems).toMatchObject([{ value, line: 1 }]);
  });
});
