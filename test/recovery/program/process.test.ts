import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { topologyOf } from '../stand-in/deployment';
import { Program } from '../support/program';

jest.setTimeout(30_000);

describe('while no server answers, an interruption ends at once', () => {
  const program = new Program();
  let server: Server;
  let asked: Promise<void>;

  beforeAll(() => program.bundle());
  afterAll(() => program.remove());
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
    const topology = join(program.folder, 'topology.json');
    writeFileSync(topology, recoveryTopologyText(topologyOf('8.9', 4)));
    const ways = ['--management-url', url, '--rest-url', url, '--elasticsearch-url', `region0=${url},region1=${url}`];
    const all = [...args, ...ways, '--topology', topology, '--state', join(program.folder, 'state.json')];
    let interruptedAt = Infinity;
    const interruption = asked.then(() => (interruptedAt = performance.now()));
    const { code, out, err } = await program.run(all, {}, undefined, interruption);
    // The shortest time that a server is given to answer is several seconds.
    expect(performance.now() - interruptedAt).toBeLessThan(3_000);
    expect([code, out, err]).toEqual([
      130,
      '',
      'interrupted while waiting\n  what to do: nothing was changed: the same command looks again\n',
    ]);
  });
});
