import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoveryTopologyText } from '../../constructs/topology/plan/recovery-topology-document';
import { version } from '../../package.json';
import { VERSIONS } from '../support/versions';
import { topologyOf } from './stand-in/deployment';
import { Program } from './support/program';

jest.setTimeout(30_000);

const program = new Program();
beforeAll(() => program.bundle());
afterAll(() => program.remove());

describe('before the deployment is looked for', () => {
  test.each<[string, string[], string]>([
    [
      'a region that does not exist is told',
      ['failover', '--lost', 'region2'],
      "there is no region 'region2'; regions are region0, region1",
    ],
    [
      'so is a failover of two minds',
      ['plan', '--lost', 'region0', '--recreated', 'region1'],
      'name either --lost or --recreated, not both',
    ],
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
  ])('%s', async (_, args, err) => {
    expect(await program.run(args)).toEqual({ code: 2, out: '', err: `${err}\n` });
  });

  test('whoever names no command is shown all, and nothing else', async () => {
    const { code, err } = await program.run([]);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^Usage: recover [\s\S]*completion <shell>[\s\S]*'recover resume' goes on\.\n$/),
    ]);
  });
});

test.each(['bash', 'zsh', 'fish'])('completes in %s', async shell => {
  const { code, out } = await program.run(['completion', shell]);
  expect(code).toBe(0);
  for (const word of ['failover', 'fence', 'new-snapshot', 'region1', 'isolate']) expect(out).toContain(word);
});

test('a shell completes commands, options and regions', async () => {
  const { out } = await program.run(['completion', 'bash']);
  const complete = (...words: string[]): string[] => {
    const script = `${out}\nCOMP_WORDS=(recover ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _recover; echo "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script]).toString().trim().split(' ');
  };
  expect(complete('fail')).toEqual(['failover', 'failback']);
  expect(complete('resume', '--send')).toEqual(['--send-again']);
  expect(complete('failover', '--lost', '')).toEqual(['region0', 'region1']);
});

test('fencing needs the Kubernetes API, and says so before anything else is asked', async () => {
  const file = join(program.folder, 'topology.json');
  writeFileSync(file, recoveryTopologyText(topologyOf('8.9', 4)));
  const nowhere = ['--management-url', 'http://127.0.0.1:9', '--rest-url', 'http://127.0.0.1:9', '--state', 'none.json'];
  const { code, err } = await program.run(['fence', '--region', 'region1', '--yes', '--topology', file, ...nowhere]);
  expect([code, err]).toEqual([2, expect.stringContaining('fencing needs the Kubernetes API of the region')]);
});

test('the version says which versions of Camunda it knows, and what is newer is told', async () => {
  expect((await program.run(['--version'])).out).toBe(`recover ${version}, for Camunda ${VERSIONS.join(', ')}\n`);
  const file = join(program.folder, 'topology.json');
  writeFileSync(file, recoveryTopologyText({ ...topologyOf('8.9', 4), camundaVersion: '8.99' }));
  const { err } = await program.run(['plan', '--lost', 'region1', '--topology', file]);
  expect(err).toContain('warning: the deployment was made by a release that knows Camunda 8.99');
});
