import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import type { Operation } from '../stand-in/engine-model';
import { applyExporting, applyMembership } from '../stand-in/membership-changes';
import { StandInServer } from '../stand-in/server';
import { beginDisabling, beginPause, type Engine } from '../support/begun-changes';
import { foundBy } from '../support/found';
import { wrongs } from '../support/outcome';
import { QUICK, Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const written = writtenOutput();
const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** Changes that have begun, and that lost brokers would have to carry out. */
const CHANGES: Readonly<Record<string, (engine: Engine) => void>> = {
  'a pause of exporting': beginPause,
  'an exporter that is disabled': engine => beginDisabling(engine, 1),
  'replicas that move': engine => {
    const operations: Operation[] = ['0', '1', '2', '3'].map(brokerId => ({
      operation: 'PARTITION_RECONFIGURE_PRIORITY',
      brokerId,
      partitionId: 1,
    }));
    engine.begin(operations, operation => applyMembership(engine, operation));
  },
  'partitions that are added': engine => {
    const operations: Operation[] = [
      { operation: 'START_PARTITION_SCALE_UP', brokerId: '0' },
      ...['0', '1', '2', '3'].map(brokerId => ({ operation: 'PARTITION_BOOTSTRAP', brokerId })),
    ];
    engine.begin(operations, operation => applyMembership(engine, operation));
  },
};

/** A deployment that loses a region while a change is under way. Each operation takes longer than that. */
function lostDuring(change: string, lost: number, version: string): Scenario {
  const scenario = new Scenario(server, url, { clusterSize: 4, version });
  const { engine } = scenario.deployment;
  CHANGES[change](engine);
  // The first brokers have done their part.
  scenario.clock.pass(QUICK.operation);
  scenario.lose(lost);
  expect(engine.pending?.completed.length).toBeGreaterThan(0);
  return scenario;
}

function commands(scenario: Scenario, options: CommandOptions): Commands {
  return new Commands(foundBy(scenario), { yes: true, ...options }, scenario.clock, new AbortController().signal);
}

const cancellations = (): string[] => server.requests.map(({ line }) => line).filter(line => line.startsWith('DELETE'));

describe.each(['8.9', '8.10'])('Camunda %s, region 1 is lost', version => {
  test.each(Object.keys(CHANGES))('during %s: it is cancelled, and the failover goes on', async change => {
    const scenario = lostDuring(change, 1, version);
    const began = scenario.clock.now();
    expect(await commands(scenario, { lost: 'region1' }).start('failover')).toBe(0);
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
    expect(cancellations()).toEqual(['DELETE /management/actuator/cluster/changes/1']);
    expect(scenario.progress().request.cancels).toBe(1);
    // Lost brokers have to carry it out: nobody waits for it.
    expect(scenario.clock.now() - began).toBeLessThan(60_000);
  });
});

describe('region 1 is lost', () => {
  test('and brokers that live have to end a change: it is given time, for as long as it moves', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, durations: { ...QUICK, operation: 20_000 } });
    const { engine } = scenario.deployment;
    engine.begin(
      Array.from({ length: 8 }, () => ({
        operation: 'EXPORTING_STATE_CHANGE',
        brokerId: '2',
        partitionId: 1,
        exportingState: 'EXPORTING',
      })),
      operation => applyExporting(engine, operation),
    );
    scenario.lose(1);
    const began = scenario.clock.now();
    expect(await commands(scenario, { lost: 'region1', json: true }).start('failover')).toBe(0);
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
    expect(cancellations()).toEqual([]);
    expect(scenario.clock.now() - began).toBeGreaterThan(150_000);
    expect(written.text).toMatch(/"waiting","text":"change 1 is pending.*by brokers 2\): it is given time to end by itself"/);
  });

  test('and a change stands still that needs none of the lost brokers: it is cancelled after a minute', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const { engine } = scenario.deployment;
    // Without a quorum, the partition cannot do it.
    engine.begin([{ operation: 'PARTITION_RECONFIGURE_PRIORITY', brokerId: '0', partitionId: 1 }], () => undefined);
    engine.stuck = true;
    scenario.lose(1);
    scenario.clock.after(70_000, () => (engine.stuck = false));
    const began = scenario.clock.now();
    expect(await commands(scenario, { lost: 'region1' }).start('failover')).toBe(0);
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
    expect(cancellations()).toHaveLength(1);
    expect(scenario.clock.now() - began).toBeGreaterThan(60_000);
  });

  test.each([
    ['data is deleted', 'DELETE_HISTORY'],
    ['nobody knows what is done', 'SOMETHING_NEW'],
  ])('while %s: nothing is cancelled, and it is said how', async (_, operation) => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.deployment.engine.begin([{ operation, brokerId: '3' }], () => undefined);
    scenario.lose(1);
    expect(await commands(scenario, { lost: 'region1' }).start('failover')).toBe(3);
    expect(written.text).toMatch(/a change is in the way: change 1 is pending/);
    expect(written.text.replace(/\s+/g, ' ')).toMatch(
      /curl -X DELETE \$MANAGEMENT\/actuator\/cluster\/changes\/1'.*you must know first what it was for/,
    );
    expect(cancellations()).toEqual([]);
    expect(scenario.deployment.engine.forced).toBe(0);
  });

  test.each(['judge-loss', 'remove-brokers'])('and a change begins at %s: nothing is removed, and who goes on cancels it', async step => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const { engine } = scenario.deployment;
    scenario.lose(1);
    scenario.onEvent = event => {
      if (event.kind === 'step' && event.step.id === step) CHANGES['an exporter that is disabled'](engine);
    };
    const end = await scenario.begin({ direction: 'failover', regionId: 1 }).catch((stop: RecoveryStop) => stop);
    expect(end).toMatchObject({
      kind: step === 'judge-loss' ? 'refused' : 'stopped',
      message: expect.stringContaining('change 1 is pending') as string,
      advice: expect.stringContaining("'recover resume'") as string,
    });
    // Nothing is recorded before a step is done.
    expect(scenario.store.text === undefined).toBe(step === 'judge-loss');
    expect(engine.forced).toBe(0);
    await scenario.leaseOf().release('ada');
    const again = commands(scenario, { lost: 'region1' });
    expect(await (step === 'judge-loss' ? again.start('failover') : again.resume())).toBe(0);
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
    expect(cancellations()).toHaveLength(1);
  });

  test('and alive after all: nothing is cancelled', async () => {
    const scenario = lostDuring('a pause of exporting', 1, '8.10');
    scenario.deployment.reachable.add(1);
    scenario.deployment.cutOff.add('1');
    expect(await commands(scenario, { lost: 'region1' }).start('failover')).toBe(3);
    expect(cancellations()).toEqual([]);
  });

  test('and a dry run says what would be cancelled', async () => {
    const scenario = lostDuring('a pause of exporting', 1, '8.10');
    await commands(scenario, { lost: 'region1', dryRun: true }).start('failover');
    expect(written.text).toContain('would send: DELETE :9600/actuator/cluster/changes/1');
    expect(cancellations()).toEqual([]);
  });
});
