import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Commands } from '../../../bin/recover/commands';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { topologyOf } from '../stand-in/deployment';
import { ProgramHere } from '../support/program-here';

const program = new ProgramHere();
afterAll(() => program.remove());

/** Options that lead to a deployment of which only the description is there. */
const TOPOLOGY_FILE = join(program.folder, 'topology.json');
const NOWHERE = [
  ...['--topology', TOPOLOGY_FILE, '--management-url', 'http://127.0.0.1:9'],
  ...['--rest-url', 'http://127.0.0.1:9', '--state', join(program.folder, 'none.json')],
];
beforeAll(() => writeFileSync(TOPOLOGY_FILE, recoveryTopologyText(topologyOf('8.9', 4))));

describe('before the deployment is looked for', () => {
  test.each<[string, string[], string]>([
    [
      'a region that does not exist is told',
      ['failover', '--lost', 'region2'],
      "there is no region 'region2'; regions are region0, region1",
    ],
    ['so is a failover of two minds', ['plan', '--lost', 'region0', '--recreated', 'region1'], 'name one of --lost, --recreated and --to'],
    [
      'all options that are needed are told together',
      ['failback', '--topology', 'nowhere.json', '--rest-url', 'http://localhost:8080'],
      'these options are needed too: --recreated <region>, --management-url <url>, --state <file>, --elasticsearch-url <list>',
    ],
    [
      'so are those of a look at both regions',
      ['verify', '--topology', 'nowhere.json', '--rest-url', 'http://localhost:8080'],
      'these options are needed too: --management-url <url>, --state <file>, --elasticsearch-url <list>',
    ],
    [
      'so is an option that is given twice',
      ['failover', '--lost', 'region0', '--lost', 'region1'],
      '--lost is given twice: give it once, with what is meant',
    ],
    [
      'also with the same value',
      ['status', '--context=region0=a', '--context', 'region0=a'],
      '--context is given twice: give it once, with what is meant',
    ],
    [
      'also with a value that may be left out',
      ['verify', '--wait', '5', '--wait'],
      '--wait is given twice: give it once, with what is meant',
    ],
    [
      'so is a region that a list has twice',
      ['status', ...NOWHERE, '--elasticsearch-url', 'region0=http://a,region0=http://b'],
      '--elasticsearch-url names region0 twice',
    ],
    ...[
      ['--context', 'region9=london'],
      ['--elasticsearch-user', 'region9=elastic:secret'],
      [...NOWHERE, '--elasticsearch-url', 'region9=http://a'],
      [...NOWHERE, '--elasticsearch-user', 'region9=elastic:secret'],
    ].map((options): [string, string[], string] => [
      `so is a list with a region that does not exist: ${options.slice(-2).join(' ')}`,
      ['status', ...options],
      `${options.at(-2)}: there is no region 'region9'; regions are region0, region1`,
    ]),
    [
      'so is that fencing needs the Kubernetes API',
      ['fence', '--region', 'region1', '--topology', 'nowhere.json'],
      'fencing needs the Kubernetes API of the region: name contexts with --context, and leave --topology out',
    ],
    [
      'so is a setting of the repository that is given twice',
      [
        ...['plan', '--recreated', 'region1', ...NOWHERE.slice(0, 2)],
        ...['a', 'b'].flatMap(one => ['--repository-setting', `bucket=${one}`]),
      ],
      "--repository-setting says twice what 'bucket' is",
    ],
  ])('%s', async (_, args, err) => {
    expect(await program.run(args)).toEqual({ code: 2, out: '', err: `${err}\n` });
  });

  test('whoever names no command is shown all, and nothing else', async () => {
    const { code, err } = await program.run([]);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^Usage: camunda-dual-region recover [\s\S]*fence \[options\][\s\S]*'recover resume' goes on\.\n$/),
    ]);
  });
});

test('a status of what nobody can reach says so, and ends with 5', async () => {
  const { code, out, err } = await program.run(['status', ...NOWHERE]);
  expect([code, out, err]).toEqual([5, expect.stringMatching(/brokers {4}\/v2\/topology gave no answer/), '']);
  const json = await program.run(['status', '--json', ...NOWHERE]);
  expect([json.code, JSON.parse(json.out)]).toEqual([5, expect.objectContaining({ kind: 'status', recovery: 'none' })]);
});

test('whether one region works alone can be asked without the address of an Elasticsearch', async () => {
  const { code, out, err } = await program.run(['verify', '--lost', 'region1', ...NOWHERE]);
  expect([code, out, err]).toEqual([1, expect.stringMatching(/^not as it should be \(unknown\): \/v2\/topology gave no answer/), '']);
});

test('the description may be the ConfigMap as it is deployed', async () => {
  const file = join(program.folder, 'topology.yaml');
  const text = recoveryTopologyText(topologyOf('8.9', 4));
  writeFileSync(file, stringify({ kind: 'ConfigMap', data: { 'topology.json': text } }));
  const plan = ['plan', '--lost', 'region1', '--topology'];
  const [described, deployed] = [await program.run([...plan, TOPOLOGY_FILE]), await program.run([...plan, file])];
  expect(deployed).toEqual({ ...described, code: 0 });
  writeFileSync(file, stringify({ kind: 'ConfigMap' }));
  expect(await program.run([...plan, file])).toMatchObject({
    code: 5,
    out: '',
    err: expect.stringMatching(/topology\.yaml is not a recovery topology[\s\S]*not JSON/),
  });
});

test('a mistake of the program is told with its place and what to do', async () => {
  const mistaken = jest.spyOn(Commands.prototype, 'plan').mockImplementation(() => {
    throw new TypeError('a mistake');
  });
  const { code, out, err } = await program.run(['plan', '--lost', 'region1', '--topology', TOPOLOGY_FILE]);
  mistaken.mockRestore();
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(
    /^TypeError: a mistake\n +at [\s\S]*\n {2}what to do: look with 'recover status'; 'recover resume' goes on where this has ended\n$/,
  );
});

test('what is newer than the program is told', async () => {
  const file = join(program.folder, 'topology.json');
  writeFileSync(file, recoveryTopologyText({ ...topologyOf('8.9', 4), camundaVersion: '8.99' }));
  const { err } = await program.run(['plan', '--lost', 'region1', '--topology', file]);
  expect(err).toContain('warning: the deployment was made by a release that knows Camunda 8.99');
});

test('so that a program reads it, too', async () => {
  const file = join(program.folder, 'newer.json');
  writeFileSync(file, recoveryTopologyText({ ...topologyOf('8.9', 4), camundaVersion: '8.99' }));
  const { out, err } = await program.run(['plan', '--lost', 'region1', '--topology', file, '--json']);
  const [warning, plan] = out.split('\n').map(line => JSON.parse(line || '{}') as { kind: string; text?: string });
  expect([err, warning.kind, plan.kind]).toEqual(['', 'warning', 'plan']);
  expect(warning.text).toMatch(
    /^the deployment was made by a release that knows Camunda 8\.99; this program is \d+\.\d+\.\d+\S* and knows 8\.7, 8\.8, 8\.9(, [\d.]+)*: use that of the release that deployed it$/,
  );
});

test.each([
  [['fence'], '--region <region>'],
  [['plan'], 'one of --lost <region>, --recreated <region> and --to <region>'],
  [['failback'], '--recreated <region>'],
  [['status', ...NOWHERE.slice(0, 2)], '--management-url <url>, --rest-url <url>, --state <file>'],
])('%j needs more', async (args, options) => {
  expect(await program.run(args)).toEqual({ code: 2, out: '', err: `these options are needed too: ${options}\n` });
});
