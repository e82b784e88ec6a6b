import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import { changeInConflict } from '../../../lib/recovery/steps/loss/change-in-conflict';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { applyExporter, applyExporting, applyMembership, exporterChange } from '../stand-in/membership-changes';
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

const COORDINATOR = '0';

const CHANGES: Readonly<Record<string, (engine: Engine) => void>> = {
  'a pause of exporting': beginPause,
  'an exporter that is disabled': engine => beginDisabling(engine, 0),
  'a scaling': engine => {
    engine.begin(
      ['1', '0', '2', '3'].map(brokerId => ({ operation: 'PARTITION_RECONFIGURE_PRIORITY', brokerId, partitionId: 1 })),
      operation => applyMembership(engine, operation),
    );
  },
};

/** A deployment that loses region 0, which has the coordinator, while a change is under way. */
function lostDuring(change: string, version: string): Scenario {
  const scenario = new Scenario(server, url, { clusterSize: 4, version });
  CHANGES[change](scenario.deployment.engine);
  scenario.clock.pass(QUICK.operation);
  scenario.lose(0);
  // As whoever asks the surviving cluster alone.
  scenario.deployment.reachable.add(0);
  return scenario;
}

function commands(scenario: Scenario, options: CommandOptions): Commands {
  return new Commands(foundBy(scenario), { yes: true, lost: 'region0', ...options }, scenario.clock, new AbortController().signal);
}

const sent = (): string[] => server.requests.map(({ line }) => line).filter(line => !/^GET|dryRun=true/.test(line));
const text = (): string => written.text.replace(/\s+/g, ' ');

/** A broker that stays away forever is noticed. */
function bringBack(scenario: Scenario, start: (engine: Engine) => void, after = 60_000): void {
  scenario.clock.after(after, () => start(scenario.deployment.engine));
}

describe.each(['8.7', '8.9', '8.10'].flatMap(version => Object.keys(CHANGES).map(change => ({ version, change }))))(
  'Camunda $version, region 0 is lost during $change',
  ({ version, change }) => {
    const known = version !== '8.7' || change !== 'an exporter that is disabled';
    const begun = (): Scenario => {
      if (known) return lostDuring(change, version);
      const scenario = new Scenario(server, url, { clusterSize: 4, version });
      const operations = exporterChange(scenario.deployment.engine, 'elasticsearchregion0', 'PARTITION_DISABLE_EXPORTER');
      scenario.deployment.engine.begin(
        operations,
        operation => void applyExporter(scenario.deployment.engine, operation, operations.length),
      );
      scenario.clock.pass(QUICK.operation);
      scenario.lose(0);
      scenario.deployment.reachable.add(0);
      return scenario;
    };

    test('a failover says within two minutes what is in the way and what leads on, and has sent nothing', async () => {
      const scenario = begun();
      const began = scenario.clock.now();
      expect(await commands(scenario, {}).start('failover')).toBe(3);
      expect(scenario.clock.now() - began).toBeLessThan(120_000);
      expect(text()).toMatch(
        /change 1 is pending .*: no removal can begin before its end, and only broker 0, which is lost too, can cancel it/,
      );
      expect(text()).toMatch(/'recover cancel-change --lost region0' waits for it.*Do not recreate the region before/);
      expect(sent()).toEqual([]);
    });

    test.each(['with its own volume', 'as a temporary one'])(
      'broker 0 comes back alone, %s: the change is cancelled, and the failover goes on',
      async how => {
        const scenario = begun();
        bringBack(scenario, engine => (how === 'as a temporary one' ? engine.startEmpty(COORDINATOR) : engine.start(COORDINATOR)));
        expect(await commands(scenario, {}).cancelChange()).toBe(0);
        expect(text()).toMatch(/broker 0 is not seen yet.*change 1 is cancelled; what it has done stays\. Now take broker 0 away again/);
        expect(sent()).toEqual(['DELETE /management/actuator/cluster/changes/1']);
        // While it runs, nobody is removed.
        expect(await commands(scenario, {}).start('failover')).toBe(3);
        scenario.deployment.engine.stop(COORDINATOR);
        scenario.clock.pass(QUICK.gossip);
        expect(await commands(scenario, {}).start('failover')).toBe(0);
        expect(wrongs(scenario, 0, undefined)).toEqual([]);
      },
    );
  },
);

describe('cancelling a change through a broker that was lost', () => {
  test('waits while more than that broker is seen, and says what to do', async () => {
    const scenario = lostDuring('a pause of exporting', '8.10');
    const { engine } = scenario.deployment;
    engine.start('2');
    engine.stuck = true;
    bringBack(scenario, () => engine.start(COORDINATOR), 10_000);
    bringBack(scenario, () => engine.stop('2'), 120_000);
    const began = scenario.clock.now();
    expect(await commands(scenario, {}).cancelChange()).toBe(0);
    expect(scenario.clock.now() - began).toBeGreaterThan(120_000);
    expect(text()).toMatch(/gateways see brokers 2 of region 0, where broker 0 has to be the only one\. What to do: .*--replicas=1/);
  });

  test('has nothing to do where the change has ended by itself', async () => {
    const scenario = lostDuring('a scaling', '8.9');
    bringBack(scenario, engine => engine.start(COORDINATOR));
    scenario.deployment.engine.pending = undefined;
    expect(await commands(scenario, {}).cancelChange()).toBe(0);
    expect(text()).toContain('no change is pending');
    expect(sent()).toEqual([]);
  });

  test.each([
    ['DELETE_HISTORY', 'you must know first what it was for'],
    ['PARTITION_FORCE_RECONFIGURE', 'change 1 is pending'],
  ])('cancels no %s', async (operation, advice) => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.deployment.engine.begin([{ operation, brokerId: '3', brokers: [] }], () => undefined);
    scenario.deployment.engine.stuck = true;
    scenario.lose(0);
    bringBack(scenario, engine => engine.start(COORDINATOR));
    const stop = await commands(scenario, {})
      .cancelChange()
      .catch((error: RecoveryStop) => error);
    expect(stop).toMatchObject({ kind: 'refused' });
    expect(`${(stop as RecoveryStop).message} ${(stop as RecoveryStop).advice}`).toContain(advice);
    expect(sent()).toEqual([]);
  });

  test('is refused where the coordinator lives: the failover does it', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(1);
    await expect(commands(scenario, { lost: 'region1' }).cancelChange()).rejects.toMatchObject({
      kind: 'refused',
      advice: expect.stringContaining("'recover failover --lost region1'") as string,
    });
  });

  test('is not sent where nobody confirms it', async () => {
    const scenario = lostDuring('a scaling', '8.9');
    bringBack(scenario, engine => engine.start(COORDINATOR));
    await expect(commands(scenario, { yes: false }).cancelChange()).rejects.toThrow('nobody is there to confirm it');
    expect(written.text).toContain('Cancels a change of the cluster');
    expect(sent()).toEqual([]);
  });

  test('ends after half an hour in which the broker does not come', async () => {
    const scenario = lostDuring('a scaling', '8.9');
    await expect(commands(scenario, {}).cancelChange()).rejects.toMatchObject({ kind: 'refused', message: 'broker 0 is not seen yet' });
  });
});

test('a change that ends by itself while the coordinator is lost is waited for', async () => {
  const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.10', durations: { ...QUICK, operation: 6_000 } });
  const { engine } = scenario.deployment;
  engine.begin(
    Array.from({ length: 6 }, () => ({ operation: 'EXPORTING_STATE_CHANGE', brokerId: '1', partitionId: 1, exportingState: 'EXPORTING' })),
    operation => applyExporting(engine, operation),
  );
  scenario.lose(0);
  expect(await commands(scenario, {}).start('failover')).toBe(0);
  expect(wrongs(scenario, 0, undefined)).toEqual([]);
});

describe('what the refusal of a change tells of the other one', () => {
  const of = (message: string): unknown => changeInConflict({ status: 409, text: JSON.stringify({ message }) });

  test('the id alone, from 8.10 on', () => {
    const id = { id: 12, startedAt: '', operations: [] };
    expect(of('Cannot apply configuration change. Another configuration change [12] is in progress.')).toEqual(id);
    expect(of('... Another configuration change [12] targeting an overlapping group is in progress.')).toEqual(id);
  });

  test('what it has still to do, before', () => {
    const plan =
      'ClusterChangePlan[id=4, version=3, status=IN_PROGRESS, startedAt=2026-01-01T00:00:00Z, completedOperations=[CompletedOperation[operation=' +
      'PartitionLeaveOperation[memberId=1, partitionId=2], completedAt=2026-01-01T00:01:00Z]], pendingOperations=[MemberJoinOperation[memberId=0], ' +
      'PartitionDisableExporterOperation[memberId=2, partitionId=1, exporterId=x]]]';
    expect(of(`Another configuration change [ClusterConfiguration[version=2, pendingChanges=Optional[${plan}]]] is in progress.`)).toEqual({
      id: 4,
      startedAt: '2026-01-01T00:00:00Z',
      operations: ['BROKER_ADD', 'PARTITION_DISABLE_EXPORTER'],
      brokerIds: ['0', '2'],
    });
  });

  test('nothing that can be read', () => {
    expect(of('Topology changed while applying the change. Please retry.')).toBeUndefined();
    expect(changeInConflict({ status: 409, text: '<html>' })).toBeUndefined();
  });
});
