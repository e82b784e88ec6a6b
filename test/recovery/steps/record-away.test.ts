import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import { UnreachableError } from '../../../bin/recover/exit-code';
import { failed } from '../../../bin/recover/failure';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

describe('a record that cannot be reached', () => {
  const server = new StandInServer();
  let url: string;
  const written = writtenOutput();
  beforeAll(async () => (url = await server.start()));
  afterAll(() => server.stop());

  const FAILURES: [string, Error][] = [
    ['is silent', new UnreachableError('the Kubernetes API gave no answer within 8 s')],
    ['fails', Object.assign(new Error('HTTP-Code: 500'), { code: 500 })],
    ['no longer knows who asks', Object.assign(new Error('HTTP-Code: 401'), { code: 401 })],
  ];

  describe.each(FAILURES)('the Kubernetes API that keeps the record %s', (_, error) => {
    let scenario: Scenario;
    /** Of the survivor, from that request on. */
    let goneFrom: RegExp;
    beforeEach(() => {
      scenario = new Scenario(server, url, { clusterSize: 4 });
      scenario.lose(1);
    });

    /** The exit code, as the program would end. */
    async function run(what: (commands: Commands) => Promise<number>, options: CommandOptions): Promise<number> {
      const ports = scenario.ports();
      let gone = goneFrom.test('the beginning');
      const unlessGone = <T>(act: () => Promise<T>): Promise<T> => (gone ? Promise.reject(error) : act());
      const cut: RecoveryPorts = {
        ...ports,
        management: {
          send: async request => {
            const answer = await ports.management.send(request);
            gone ||= goneFrom.test(request.path);
            return answer;
          },
        },
        store: {
          read: () => unlessGone(() => ports.store.read()),
          write: (progress, version) => unlessGone(() => ports.store.write(progress, version)),
        },
        lease: {
          hold: (operator, seconds) => unlessGone(() => ports.lease.hold(operator, seconds)),
          release: operator => unlessGone(() => ports.lease.release(operator)),
        },
      };
      const found = { ...foundBy(scenario), portsFor: (regionId: number) => (regionId === 0 ? cut : ports) };
      try {
        return await what(new Commands(found, { yes: true, ...options }, scenario.clock, new AbortController().signal));
      } catch (thrown) {
        return failed(thrown, options.json ?? false);
      }
    }

    test.each([false, true])('after the removal was sent: the stop says where, and that resume goes on. JSON: %p', async json => {
      goneFrom = /force=true$/;
      expect(await run(commands => commands.start('failover'), { lost: 'region1', json })).toBe(1);
      expect(written.text).toMatch(/record of this recovery is kept in region 0 \(eu-west-2\).*(no answer|HTTP-Code)/);
      expect(written.text).toContain("then 'recover resume' goes on");
      goneFrom = /never/;
      scenario.clock.pass(60_000);
      expect(await run(commands => commands.resume(), {})).toBe(0);
      expect(scenario.deployment.engine.forced).toBe(1);
    });

    test('before anything was recorded: there is nothing to go on with, and the same command begins', async () => {
      goneFrom = /^the beginning$/;
      expect(await run(commands => commands.start('failover'), { lost: 'region1' })).toBe(5);
      expect(written.text).toContain('kept in region 0');
      expect(written.text).toContain('give the same command again');
      expect(written.text).not.toContain('recover resume');
    });

    test('when somebody wants to go on: nobody says that there is nothing', async () => {
      goneFrom = /^the beginning$/;
      expect(await run(commands => commands.resume(), {})).toBe(5);
      expect(written.text).toMatch(/no recovery to go on with where the record can be read \(region 0: .*\)\n.*once that region answers/);
    });

    test('when somebody looks: the rest is shown', async () => {
      goneFrom = /^the beginning$/;
      expect(await run(commands => commands.status(), { surviving: 'region0' })).toBe(0);
      expect(written.text).toMatch(/brokers {4}0, 2 are seen[\s\S]*recovery {3}cannot be read: /);
    });
  });
});
