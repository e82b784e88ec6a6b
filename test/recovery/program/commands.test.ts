import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import { UnreadableRecordError, type RecoveryPorts } from '../../../lib/recovery/ports';
import { FaultPlan, LATE_MS } from '../stand-in/faults';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf, type Case } from '../support/cases';
import { endOf, Killed, type Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

describe('the commands', () => {
  const server = new StandInServer();
  let url: string;
  const written = writtenOutput();
  beforeAll(async () => (url = await server.start()));
  afterAll(() => server.stop());

  const affected = 1;
  const CASES: Case[] = [0, 1].map(affected => ({ direction: 'failover', version: '8.9', affected }));

  interface Begun {
    readonly scenario: Scenario;
    readonly affected: number;
  }

  function commands(
    { scenario, affected }: Begun,
    options: Partial<CommandOptions>,
    ports: Partial<RecoveryPorts> = {},
    signal = new AbortController().signal,
  ): Commands {
    const all = { ...scenario.ports(), ...ports };
    const found = {
      topology: scenario.topology,
      portsFor: () => all,
      reachable: () => Promise.resolve(1 - affected),
      hasKubernetes: () => true,
      answers: (regionId: number) => Promise.resolve(regionId !== affected),
      fence: () => Promise.reject(new Error('nobody is fenced here')),
      temporaryBroker: () => Promise.reject(new Error('nobody needs it here')),
    };
    const given: CommandOptions = { lost: `region${affected}`, yes: true, ...options };
    return new Commands(found, given, scenario.clock, signal);
  }

  /** A failover whose process has ended while the removal was sent, which the server carries out 26 s later. */
  async function killedWhileRemoving(one: Case): Promise<Scenario> {
    const scenario = atTheStart(server, url, one);
    scenario.use(new FaultPlan((_, text) => (text.endsWith('force=true') ? 'no answer, acting 26 s later' : undefined)));
    const { management } = scenario.ports();
    const dying: RecoveryPorts['management'] = {
      send: async request => {
        const sending = management.send(request);
        if (!request.path.endsWith('force=true')) return sending;
        await sending.catch(() => undefined);
        throw new Killed('while it was under way');
      },
    };
    expect(await endOf(scenario.begin(requestOf(one), 'ada', { management: dying }))).toBeInstanceOf(Killed);
    scenario.use(new FaultPlan());
    // Nobody has to wait for the lease: the effect comes later than the next run begins.
    await scenario.leaseOf().release('ada');
    return scenario;
  }

  describe.each(CASES)('a failover of region $affected', one => {
    const { affected } = one;

    test('that is not finished stands in the way of another one, and nothing is sent', async () => {
      const scenario = await killedWhileRemoving(one);
      await expect(commands({ scenario, affected }, {}).start('failover')).rejects.toMatchObject({
        kind: 'refused',
        advice: expect.stringContaining('--abandon'),
      });
      expect(scenario.deployment.engine.forced).toBe(0);
    });

    test('that is abandoned before its removal has shown is not sent twice', async () => {
      const scenario = await killedWhileRemoving(one);
      expect(await commands({ scenario, affected }, { abandon: true }).start('failover')).toBe(0);
      scenario.clock.pass(2 * LATE_MS);
      expect(scenario.deployment.engine.forced).toBe(1);
      expect(scenario.progress().steps['remove-brokers'].attempts).toHaveLength(1);
    });

    test('is sent again only by somebody who has been told what that is', async () => {
      const scenario = await killedWhileRemoving(one);
      await expect(commands({ scenario, affected }, { sendAgain: true, yes: false }).resume()).rejects.toThrow(
        'nobody is there to confirm it',
      );
      expect(written.text).toMatch(/Declares as never accepted.*remove-brokers: PATCH .*force=true .*, 20\d\d-.* by ada/s);
      expect(written.text).not.toContain('Gives up');
      expect(await commands({ scenario, affected }, { sendAgain: true, yes: false, dryRun: true }).resume()).toBe(0);
    });

    test('whose record cannot be read is begun anew only with --abandon, and nothing is sent twice', async () => {
      const scenario = await killedWhileRemoving(one);
      const damaged = new UnreadableRecordError('state.json', 'it is not a JSON object', '1');
      const { store } = scenario;
      let isDamaged = true;
      const unreadable: RecoveryPorts['store'] = {
        read: () => (isDamaged ? Promise.reject(damaged) : store.read()),
        write: (progress, version) => {
          if (!isDamaged) return store.write(progress, version);
          expect(version).toBe('1');
          isDamaged = false;
          store.text = undefined;
          return store.write(progress, undefined);
        },
      };
      await expect(commands({ scenario, affected }, {}, { store: unreadable }).start('failover')).rejects.toBe(damaged);
      await expect(commands({ scenario, affected }, {}, { store: unreadable }).resume()).rejects.toBe(damaged);
      expect(await commands({ scenario, affected }, { abandon: true }, { store: unreadable }).start('failover')).toBe(0);
      scenario.clock.pass(2 * LATE_MS);
      expect(scenario.deployment.engine.forced).toBe(1);
    });
  });

  test.each([new TypeError('a mistake'), new Error('the API server refuses')])(
    'gives the lease back whatever it ends with: %s',
    async error => {
      const scenario = atTheStart(server, url, CASES[1]);
      let held = false;
      const { lease } = scenario.ports();
      const watched: RecoveryPorts['lease'] = {
        hold: (operator, seconds) => {
          held = true;
          return lease.hold(operator, seconds);
        },
        release: operator => lease.release(operator),
      };
      const kubernetes: RecoveryPorts['kubernetes'] = { region: () => (held ? Promise.reject(error) : scenario.deployment.region(1)) };
      await expect(commands({ scenario, affected }, {}, { lease: watched, kubernetes }).start('failover')).rejects.toBe(error);
      expect(held).toBe(true);
      expect(await scenario.leaseOf().hold('bob', 30)).toBeUndefined();
    },
  );

  describe('an interruption', () => {
    async function interruptOnceRecorded(scenario: Scenario): Promise<void> {
      const interrupting = new AbortController();
      const { store } = scenario;
      const recorded: RecoveryPorts['store'] = {
        read: () => store.read(),
        write: (progress, version) => {
          interrupting.abort();
          return store.write(progress, version);
        },
      };
      expect(await commands({ scenario, affected }, {}, { store: recorded }, interrupting.signal).start('failover')).toBe(130);
    }

    test('before anything is recorded says that there is nothing to go on with, and so does resume', async () => {
      const scenario = atTheStart(server, url, CASES[1]);
      const interrupting = new AbortController();
      interrupting.abort();
      expect(await commands({ scenario, affected }, {}, {}, interrupting.signal).start('failover')).toBe(130);
      expect(written.text).toContain('this run has sent nothing and recorded nothing: give the same command again');
      expect(scenario.store.text).toBeUndefined();
      await expect(commands({ scenario, affected }, {}).resume()).rejects.toMatchObject({
        kind: 'refused',
        message: 'there is no recovery to go on with',
      });
      expect(await commands({ scenario, affected }, {}).start('failover')).toBe(0);
    });

    test('leaves a record that a recovery of the other region keeps, unless that can begin', async () => {
      const scenario = atTheStart(server, url, CASES[1]);
      await interruptOnceRecorded(scenario);
      const { text } = scenario.store;
      const other = { lost: 'region0', fenced: true, abandon: true };
      await expect(commands({ scenario, affected: 0 }, other).start('failover')).rejects.toMatchObject({
        kind: 'refused',
        advice: expect.stringContaining('The record of the recovery that is not finished is kept'),
      });
      expect(scenario.store.text).toBe(text);
    });

    test('after that says that resume goes on, and it does', async () => {
      const scenario = atTheStart(server, url, CASES[1]);
      await interruptOnceRecorded(scenario);
      expect(written.text).toContain("'recover resume' goes on from here");
      expect(await commands({ scenario, affected }, {}).resume()).toBe(0);
      expect(scenario.deployment.engine.forced).toBe(1);
    });
  });
});
