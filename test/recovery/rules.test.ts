import { PAUSE_EXPORTING, readExportingAnswer } from '../../lib/recovery/calls/management-calls';
import { failbackPlan } from '../../lib/recovery/plans/failback-plan';
import { failoverPlan } from '../../lib/recovery/plans/failover-plan';
import { outcomeOf } from '../../lib/recovery/run/attempt-outcome';
import { changeFinding, OPERATIONS } from '../../lib/recovery/run/changes';
import { pauseBeforeLook } from '../../lib/recovery/run/pace';
import { mayBeSent } from '../../lib/recovery/run/resend';
import type { Action } from '../../lib/recovery/run/step';
import { type RecoveryStop } from '../../lib/recovery/stop';
import { UNSEEN_MS } from '../../lib/recovery/view/absence';
import { topologyOf } from './stand-in/deployment';
import { FaultPlan } from './stand-in/faults';
import { StandInServer } from './stand-in/server';
import { attempt } from './support/answering-view';
import { atTheStart, requestOf } from './support/cases';
import { InterruptedPorts } from './support/interrupted-ports';
import { endOf, peopleDeploy, REPOSITORY, Scenario } from './support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const failover = (regionId: number) => ({ direction: 'failover' as const, regionId });

test('1: with region 0 lost, reads the picture from the gateways and takes 502 and 504 for "not yet"', async () => {
  const scenario = new Scenario(server, url, { durations: { operation: 5_000, gossip: 2_000, snapshot: 100 } });
  scenario.lose(0);
  expect(await endOf(scenario.begin(failover(0)))).toBeUndefined();
  const sent = server.requests.findIndex(({ line }) => line.startsWith('PATCH'));
  const configurationReads = server.requests.filter(({ line }) => line === 'GET /management/actuator/cluster');
  expect(server.requests.slice(0, sent).map(({ line }) => line)).toContain('GET /rest/v2/topology');
  expect(configurationReads.length).toBeGreaterThan(3);
  const looks = scenario.events.filter(event => event.kind === 'check' && event.step.id === 'remove-brokers');
  expect(looks.some(event => event.kind === 'check' && /not yet: .*HTTP 504/.test(event.finding.why))).toBe(true);
});

describe('2: what was sent', () => {
  const force = failoverPlan(topologyOf('8.9', 8), 1).steps[1].action as Action;

  test.each([
    [[], 'send'],
    [[attempt('accepted')], 'wait'],
    [[attempt('undelivered')], 'send'],
    [[attempt('intended', { at: 3_590_000 })], 'wait'],
    [[attempt('unknown', { at: 3_590_000 })], 'wait'],
    [[attempt('unknown', { at: 3_500_000 })], 'send'],
  ] as const)('%j lets a forced removal, which is still not to be seen: %s', (attempts, expected) => {
    expect(mayBeSent(force, attempts, 3_600_000)).toBe(expected);
  });

  test.each([
    [[attempt('accepted', { at: 3_580_000 })], 'wait'],
    [[attempt('accepted', { at: 3_560_000 })], 'send'],
    [[attempt('unknown', { at: 3_590_000 })], 'wait'],
    [[attempt('unknown', { at: 3_570_000 })], 'send'],
  ] as const)('%j lets a snapshot, of whose name there is none: %s', (attempts, expected) => {
    const { steps } = failbackPlan(topologyOf('8.9', 8), 1, { snapshotName: 's', repository: REPOSITORY });
    for (const id of ['take-snapshot', 'restore']) {
      expect(mayBeSent(steps.find(step => step.id === id)!.action!, attempts, 3_600_000)).toBe(expected);
    }
  });

  test('is asked for before anything is sent again: 504 means that the outcome is unknown', async () => {
    const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: 1 });
    scenario.use(new FaultPlan((_, text) => (text.includes('force') ? '504 after acting' : undefined)));
    expect(await endOf(scenario.begin(failover(1)))).toBeUndefined();
    expect(scenario.deployment.engine.forced).toBe(1);
    expect(server.requests.filter(({ line }) => line.includes('force'))).toHaveLength(1);
  });

  test('is never sent again while nobody can tell what became of it', async () => {
    const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: 0 });
    let sent = false;
    scenario.use(
      new FaultPlan((_, text) => {
        // From the request on, a dry run tells nothing either.
        sent ||= text.endsWith('force=true');
        return sent && text.includes('force') ? '504 before acting' : undefined;
      }),
    );
    const end = (await endOf(scenario.begin(failover(0)))) as RecoveryStop;
    expect(end.kind).toBe('stopped');
    expect(end.advice).toContain('--send-again');
    await endOf(scenario.resume('bob'));
    expect(server.requests.filter(({ line }) => line.endsWith('force=true'))).toHaveLength(1);
  });
});

test('3: removes brokers before exporters, resumes exporting before it adds brokers, and pauses hard only', () => {
  for (const version of ['8.7', '8.8', '8.9']) {
    const topology = topologyOf(version, 8);
    const over = failoverPlan(topology, 1).steps.map(({ id }) => id);
    expect(over.indexOf('remove-brokers')).toBeLessThan(over.findIndex(id => id.startsWith('disable-')));
    const back = failbackPlan(topology, 1, { snapshotName: 's', repository: REPOSITORY }).steps;
    const ids = back.map(({ id }) => id);
    const enable = ids.findIndex(id => id.startsWith('enable-'));
    expect(ids.indexOf('restore')).toBeLessThan(enable);
    expect(enable).toBeLessThan(ids.indexOf('resume-exporting'));
    expect(ids.indexOf('resume-exporting')).toBeLessThan(ids.indexOf('add-brokers'));
    expect(back.flatMap(({ action }) => (action ? [JSON.stringify(action.call)] : [])).join()).not.toMatch(/soft|"force"|DELETE/);
    // With the older version, Operate and Tasklist return before exporters are enabled; with the newer ones last.
    expect(ids.indexOf('await-steady-state') < enable).toBe(version === '8.7');
  }
});

test('3: never enables an exporter whose partitions disagree', async () => {
  const scenario = atTheStart(server, url, { direction: 'failback', version: '8.9', affected: 1 });
  const people = peopleDeploy(scenario, 1);
  scenario.onEvent = event => {
    people(event);
    if (event.kind === 'step' && event.step.id.startsWith('enable-'))
      scenario.deployment.engine.exporters.set('camundaregion1', 'UNKNOWN' as never);
  };
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))) as RecoveryStop;
  expect(end.message).toContain('its partitions disagree');
  expect(server.requests.map(({ line }) => line).join()).not.toContain('enable');
});

test('3: restores once more after the indices of a failed restore were deleted, as it says', async () => {
  const scenario = atTheStart(server, url, { direction: 'failback', version: '8.9', affected: 1 });
  const { indices } = scenario.deployment.search[1];
  const people = peopleDeploy(scenario, 1);
  scenario.onEvent = event => {
    people(event);
    if (event.kind === 'sent' && event.step.id === 'restore') indices.get('records')!.broken = true;
  };
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))) as RecoveryStop;
  expect(end.message).toContain('shards of records are not restored');
  const [, named] = /by name: (.*?)\. Then 'recover resume' restores once more/.exec(end.advice)!;
  expect(named.split(', ').sort()).toEqual([...indices.keys()].filter(name => !name.startsWith('.')).sort());
  named.split(', ').forEach(name => indices.delete(name));
  scenario.clock.pass(31_000);
  scenario.onEvent = people;
  const before = scenario.clock.now();
  expect(await endOf(scenario.resume('bob'))).toBeUndefined();
  expect(server.requests.filter(({ line }) => line.endsWith('_restore'))).toHaveLength(2);
  expect(scenario.clock.now() - before).toBeLessThan(120_000);
});

test.each([
  [204, '', 'accepted'],
  [200, '', 'accepted'],
  [200, '{"body":null,"status":204,"contentType":null}', 'accepted'],
  [200, '{"body":{"message":"Leader is not known"},"status":500}', 'unknown'],
  [200, '{"status":200}', 'unknown'],
  [500, '{"message":"x"}', 'unknown'],
] as const)('4: HTTP %i with %j to a pause is %s', (status, text, outcome) => {
  const action: Action = { description: 'pause', call: PAUSE_EXPORTING, repeat: 'safe', read: readExportingAnswer };
  expect(outcomeOf(action, { status, text }).outcome).toBe(outcome);
});

test.each([
  ['our change is pending', { pendingChange: { id: 4, startedAt: '', operations: ['PARTITION_FORCE_RECONFIGURE'] } }, 'running'],
  ['it does not show yet', { lastChange: { id: 3, status: 'COMPLETED' } }, 'running'],
  ['it is completed', { lastChange: { id: 4, status: 'COMPLETED' } }, undefined],
  ['a later one is, too', { lastChange: { id: 5, status: 'CANCELLED' } }, undefined],
  ['it was cancelled', { lastChange: { id: 4, status: 'CANCELLED' } }, 'blocked'],
  ['it has failed', { lastChange: { id: 4, status: 'FAILED' } }, 'blocked'],
] as const)('5: after change 4 was accepted, and %s', (_, configuration, state) => {
  expect(changeFinding({ members: [], ...configuration }, [attempt('accepted', { changeId: 4 })], OPERATIONS.removal)?.state).toBe(state);
});

test('5: a change that never ends meets the time-out of the program', async () => {
  const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: 1 });
  scenario.deployment.engine.stuck = true;
  const end = (await endOf(scenario.begin(failover(1)))) as RecoveryStop;
  expect(end.message).toMatch(
    /: change 1 is pending since 2026-.* \(brokers are removed by force: PARTITION_FORCE_RECONFIGURE, BROKER_REMOVE, by brokers 0\); waited 30\d s for this: /,
  );
  expect(scenario.deployment.engine.forced).toBe(1);
});

test.each([0, 1])('6: with region %i lost, says which change is in the way, and what can be done', async lost => {
  const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: lost });
  scenario.deployment.engine.begin([{ operation: 'PARTITION_JOIN', brokerId: String(lost), partitionId: 1 }], () => undefined);
  const end = (await endOf(scenario.begin(failover(lost)))) as RecoveryStop;
  expect(`${end.message} ${end.advice}`).toMatch(
    lost === 1
      ? /change 1 is pending since 2026-.*PARTITION_JOIN.*'recover resume'.* cancels it/s
      : /change 1 is pending since 2026-.*PARTITION_JOIN, by brokers 0\).*only broker 0, which is lost too.*recover cancel-change --lost region0/s,
  );
  expect(scenario.deployment.engine.forced).toBe(0);
});

test('7: refuses while brokers of the region run, unless they are confirmed to be cut off', async () => {
  const scenario = new Scenario(server, url, { clusterSize: 4 });
  scenario.lose(1);
  scenario.deployment.reachable.add(1);
  scenario.deployment.cutOff.add('1');
  const end = (await endOf(scenario.begin(failover(1)))) as RecoveryStop;
  expect(end.kind).toBe('refused');
  expect(`${end.message} ${end.advice}`).toMatch(/camunda-zeebe-0.*recover fence.*--fenced/s);
  expect(server.requests.map(({ line }) => line).join()).not.toContain('force');
  expect(await endOf(scenario.begin({ ...failover(1), fenced: true }))).toBeUndefined();
  expect(scenario.progress().warnings.join()).toContain('confirmed to be cut off by --fenced');
});

test('7: refuses while gateways see them', async () => {
  const scenario = new Scenario(server, url, { clusterSize: 4 });
  scenario.lose(1);
  scenario.deployment.engine.start('3');
  const end = (await endOf(scenario.begin(failover(1)))) as RecoveryStop;
  expect([end.kind, end.message]).toEqual(['refused', expect.stringContaining('gateways still see brokers 3 of region 1')]);
});

test('8: sends no forced removal while brokers are being replaced, and warns of the missing strength', async () => {
  const scenario = new Scenario(server, url, { clusterSize: 8 });
  scenario.lose(1);
  scenario.deployment.rolloutOpen = '1 of 4 pods are replaced';
  const end = (await endOf(scenario.begin(failover(1)))) as RecoveryStop;
  expect(end.message).toContain('1 of 4 pods are replaced');
  expect(server.requests.map(({ line }) => line).join()).not.toContain('force');
  scenario.deployment.rolloutOpen = undefined;
  scenario.deployment.engine.stop('2');
  scenario.clock.pass(3_000);
  await endOf(scenario.begin(failover(1)));
  await endOf(scenario.resume());
  expect(scenario.progress().steps['remove-brokers'].finishedAt).toBeDefined();
});

test('9: looks early, and never waits long', () => {
  expect(pauseBeforeLook(0)).toBeLessThanOrEqual(200);
  expect(pauseBeforeLook(86_400_000)).toBe(5_000);
});

test.each([0, 1])('9: with region %i lost, the program itself takes less than two seconds of a failover', async lost => {
  const operation = 150;
  const scenario = new Scenario(server, url, { clusterSize: 8, durations: { operation, gossip: 0, snapshot: 0 } });
  scenario.lose(lost);
  const start = scenario.clock.now();
  const real = performance.now();
  expect(await endOf(scenario.begin(failover(lost)))).toBeUndefined();
  const change = (9 + 16) * operation + UNSEEN_MS;
  expect(scenario.clock.now() - start + performance.now() - real - change).toBeLessThan(2_000);
});

describe('two operators', () => {
  test('cannot run the same recovery: the second one is told who does', async () => {
    const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: 1 });
    const ends: (RecoveryStop | undefined)[] = [];
    const ports = new InterruptedPorts(scenario.ports(), { at: 'after a write', number: 0 }, async () => {
      // Bob watches the lease, and Ada renews it meanwhile.
      const watching = {
        ...scenario.clockOf(),
        sleep: () =>
          scenario
            .leaseOf()
            .hold('ada', 30)
            .then(() => undefined),
      };
      ends.push((await endOf(scenario.resume('bob', { clock: watching }))) as RecoveryStop | undefined);
    });
    expect(await endOf(scenario.begin(failover(1), 'ada', ports.all))).toBeUndefined();
    expect(ends.map(end => [end?.kind, end?.message])).toEqual([['taken', 'ada runs this recovery']]);
  });

  test.each([0, 1])('never send two forced removals, wherever the first one was held up, region %i lost', async lost => {
    const found: unknown[] = [];
    for (let number = 0; number < 10; number += 1) {
      const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: lost });
      // Held up for so long that the lease has run out and bob has done it all.
      const ports = new InterruptedPorts(scenario.ports(), { at: 'after a write', number }, async () => {
        scenario.clock.pass(31_000);
        await endOf(scenario.resume('bob'));
      });
      const end = (await endOf(scenario.begin(failover(lost), 'ada', ports.all))) as RecoveryStop | undefined;
      const { forced, violations } = scenario.deployment.engine;
      if (forced > 1 || violations.length > 0) found.push({ number, forced, violations });
      if (end !== undefined && end.kind !== 'taken' && end.kind !== 'stopped') found.push({ number, kind: end.kind });
    }
    expect(found).toEqual([]);
  });
});
