import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { topologyOf } from '../stand-in/deployment';
import { Program } from '../support/program';

jest.setTimeout(30_000);

const program = new Program();
const topology = join(program.folder, 'topology.json');
const described = ['--topology', topology, '--state', join(program.folder, 'state.json')];
const PLAN = ['plan', '--lost', 'region1', ...described];
beforeAll(() => {
  writeFileSync(topology, recoveryTopologyText(topologyOf('8.9', 4)));
  return program.bundle();
});
afterAll(() => program.remove());

test('does what it is told, and says why it does not', async () => {
  expect(await program.run(PLAN)).toEqual({ code: 0, out: expect.stringContaining('{"brokers":{"remove":[1,3]}}'), err: '' });
  expect(await program.run(['failover'])).toEqual({ code: 2, out: '', err: 'these options are needed too: --lost <region>\n' });
});

test('a reader that has seen enough does not end a run', async () => {
  const nowhere = ['--management-url', 'http://127.0.0.1:9', '--rest-url', 'http://127.0.0.1:9'];
  const { child, ended } = program.start(['verify', '--lost', 'region1', '--wait', '1', ...described, ...nowhere]);
  child.stdout.destroy();
  expect(await ended).toEqual({ code: 1, out: '', err: '' });
});

test('a mistake of the program itself is never silent', async () => {
  const file = join(program.folder, 'mistake.js');
  writeFileSync(file, `process.stdout.write = () => { throw new TypeError('a mistake'); };`);
  const { code, err } = await program.run(PLAN, { NODE_OPTIONS: `--require ${file}` });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/TypeError[\s\S]*recover status/) });
});

describe('while no server answers, an interruption ends at once', () => {
  let server: Server;
  let asked: Promise<void>;

  beforeEach(async () => {
    asked = new Promise(resolve => (server = createServer(() => resolve())));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  test.each([
    [['status']],
    [['verify']],
    [['verify', '--wait']],
    [['verify', '--lost', 'region1']],
    [['failover', '--lost', 'region1', '--dry-run']],
    [['failback', '--recreated', 'region1', '--dry-run', '--repository-setting', 'bucket=snapshots']],
  ])('%j', async args => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ways = ['--management-url', url, '--rest-url', url, '--elasticsearch-url', `region0=${url},region1=${url}`];
    const { child, ended } = program.start([...args, ...ways, ...described]);
    await asked;
    const interruptedAt = performance.now();
    child.kill('SIGINT');
    const { code, out, err } = await ended;
    // The shortest time that a server is given to answer is several seconds.
    expect(performance.now() - interruptedAt).toBeLessThan(3_000);
    expect([code, out, err]).toEqual([
      130,
      '',
      'interrupted while waiting\n  what to do: nothing was changed: the same command looks again\n',
    ]);
  });
});
