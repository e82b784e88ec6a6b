import { Commands } from '../../../bin/recover/commands';
import { confirm, consequences } from '../../../bin/recover/terminal/confirmation';
import type { HttpTransport } from '../../../lib/recovery/calls/http';
import { topologyOf } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { foundBy, SILENT } from '../support/found';
import { Scenario } from '../support/scenario';

describe('nobody is asked', () => {
  const server = new StandInServer();
  let url: string;
  beforeAll(async () => (url = await server.start()));
  afterAll(() => server.stop());

  /** As whoever has opened tunnels begins a failover. */
  async function end(rest: (ordinary: HttpTransport) => HttpTransport): Promise<unknown> {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(1);
    const ports = scenario.ports();
    const found = { ...foundBy(scenario), hasKubernetes: () => false, portsFor: () => ({ ...ports, rest: rest(ports.rest) }) };
    const commands = new Commands(found, { lost: 'region1', fenced: true }, scenario.clock, new AbortController().signal);
    return commands.start('failover').catch((error: unknown) => error);
  }

  const answering = (status: number): HttpTransport => ({ send: () => Promise.resolve({ status, text: '' }) });

  test('where nobody answers', async () => {
    expect(await end(() => SILENT)).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('gave no answer') });
  });

  test('where the login is refused', async () => {
    expect(await end(() => answering(401))).toMatchObject({ kind: 'refused', advice: expect.stringContaining('--rest-user') });
  });

  test('before a gateway that is being replaced is back', async () => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    let looks = 0;
    const back = (ordinary: HttpTransport): HttpTransport => ({ send: request => ((looks += 1) < 5 ? SILENT : ordinary).send(request) });
    expect(await end(back)).toMatchObject({ message: expect.stringContaining('nobody is there to confirm it') });
    expect(looks).toBeGreaterThan(5);
    jest.restoreAllMocks();
  });
});

describe('a question', () => {
  const terminal = process.stdin.isTTY;
  let written: jest.SpyInstance;
  beforeEach(() => {
    process.stdin.isTTY = true;
    written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    process.stdin.isTTY = terminal;
    written.mockRestore();
  });

  test('whoever interrupts instead of confirming is told that nothing was done', async () => {
    const interruption = new AbortController();
    const asked = confirm('', [], 1, interruption.signal);
    interruption.abort();
    await expect(asked).rejects.toMatchObject({
      name: 'RecoveryStop',
      kind: 'interrupted',
      advice: expect.stringContaining('nothing was done'),
    });
  });

  test('an interruption from before the question counts as well', async () => {
    await expect(confirm('', [], 1, AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' });
  });

  test.each([
    ['region1\n', true],
    ['  region1 \n', true],
    ['region0\n', false],
    ['yes\n', false],
    ['\n', false],
  ])('is answered by the name of the region: %j', async (answer, isConfirmed) => {
    const asked = confirm('Gives up region1.', ['gateways gone'], 1, new AbortController().signal);
    process.stdin.emit('data', Buffer.from(answer));
    expect(await asked).toBe(isConfirmed);
    expect(written.mock.calls.join('')).toMatch(
      /^Gives up region1\.\nWhat is seen:\n {2}gateways gone\n[\s\S]*Type the name of the region to go on \(region1\): /,
    );
  });
});

test('an operator who brings a region back is told what is added, and from where it is copied', () => {
  const request = { direction: 'failback', regionId: 1, snapshotName: 's', repository: { type: 's3', settings: {} } } as const;
  expect(consequences(topologyOf('8.9', 4), request)).toBe(
    [
      'Brings region1 (eu-west-3, namespace camunda-paris) back.',
      '  added      brokers 1, 3, to 0, 2',
      '  meanwhile  exporting is paused; Operate and Tasklist show nothing new until it is resumed',
      '  copied     the data of region 0 to region 1, whose Elasticsearch must be empty',
    ].join('\n'),
  );
});

test('an operator who fails over is told which exporters are disabled, those of the user too', () => {
  const furtherExporters = [{ exporterId: 'kafka', regionId: 1 }, { exporterId: 'audit', regionId: 0 }, { exporterId: 'other' }];
  const topology = { ...topologyOf('8.9', 4), furtherExporters };
  expect(consequences(topology, { direction: 'failover', regionId: 1 })).toMatch(/^ {2}disabled {3}exporters camundaregion1, kafka$/m);
});
