import { setImmediate as turn } from 'node:timers/promises';
import type { HttpRequest } from '../../../lib/recovery/calls/http';
import { planOf, withNewSnapshot } from '../../../lib/recovery/plans/recovery-request';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { carriedOver, suspected } from '../../../lib/recovery/record/abandon';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { topologyOf } from '../stand-in/deployment';
import { FaultPlan, LATE_FAULTS, LATE_MS, type Fault } from '../stand-in/faults';
import { MemoryLease, MemoryStore } from '../stand-in/memory-store';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf, type Case } from '../support/cases';
import { InterruptedPorts } from '../support/interrupted-ports';
import { wrongs } from '../support/outcome';
import { endOf, Killed, type Scenario } from '../support/scenario';
import { Tally } from '../support/tally';

jest.setTimeout(180_000);

const server = new StandInServer('over HTTP');
let url: string;
beforeAll(async () => (url = await server.start()));
const tally = new Tally('once');
afterAll(async () => {
  await server.stop();
  tally.write();
});

/** The two newest versions send the same, and share the regions. */
const failovers: Case[] = [
  ...['8.7', '8.8'].flatMap(version => [0, 1].map(affected => ({ direction: 'failover' as const, version, affected }))),
  { direction: 'failover', version: '8.9', affected: 1 },
  { direction: 'failover', version: '8.10', affected: 0 },
  { direction: 'failover', version: '8.10-zones', affected: 0 },
  { direction: 'failover', version: '8.10-zones-reversed', affected: 0 },
  { direction: 'failover', version: '8.10-zones-equal', affected: 1 },
];
const failbacks: Case[] = failovers.map(one => ({ ...one, direction: 'failback' }));

/** Changes of the cluster that must not come twice. */
const isForced = (text: string): boolean => text.endsWith('force=true');
const isChange = (text: string): boolean =>
  isForced(text) || /POST .*(\/enable|replicationFactor=4|\/zones\/[\w-]+)$|PATCH \/actuator\/cluster$/.test(text);
const textOf = ({ method, path }: HttpRequest): string => `${method} ${path}`;

const zoneNameOf = ({ version, affected }: Case): string => topologyOf(version, 4).regions[affected].zone?.name ?? 'none';

/** Lets the first call of a kind go wrong. */
function once(scenario: Scenario, fault: Fault, is: (text: string) => boolean): void {
  let done = false;
  scenario.use(
    new FaultPlan((_, text) => {
      if (done || !is(text)) return undefined;
      done = true;
      return fault;
    }),
  );
}

/** What is wrong after a run that should have come to its end. */
function failures(scenario: Scenario, { affected, direction }: Case, end: RecoveryStop | Killed | undefined): readonly string[] {
  // Whatever is still to come.
  scenario.clock.pass(2 * LATE_MS);
  const found = [...wrongs(scenario, affected, end), ...(end ? [`it did not come to its end: ${end.message}`] : [])];
  return tally.add(`${direction}: late effects, lost records, other clocks`, 'static', end, found);
}

/** The process ends while this call is under way, and the server gets it all the same. */
function killedDuring(ports: RecoveryPorts, is: (text: string) => boolean): RecoveryPorts {
  return {
    ...ports,
    management: {
      send: async request => {
        const sending = ports.management.send(request);
        if (!is(textOf(request))) return sending;
        await sending.catch(() => undefined);
        throw new Killed('while it was under way');
      },
    },
  };
}

describe.each(failovers)('failover of Camunda $version, region $affected', one => {
  test.each(LATE_FAULTS)('removes once, although the effect is late: %s', async fault => {
    const scenario = atTheStart(server, url, one);
    once(scenario, fault, isForced);
    expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one))))).toEqual([]);
    expect(scenario.deployment.engine.forced).toBe(1);
  });

  test.each(LATE_FAULTS)('removes once, where another operator takes over before the late effect: %s', async fault => {
    for (const ahead of [-60_000, 0, 60_000, 3_600_000]) {
      const scenario = atTheStart(server, url, one);
      once(scenario, fault, isForced);
      expect(await endOf(scenario.begin(requestOf(one), 'ada', killedDuring(scenario.ports(), isForced)))).toBeInstanceOf(Killed);
      const end = await endOf(scenario.resume('bob', { clock: scenario.clockOf(ahead) }));
      expect({ ahead, found: failures(scenario, one, end) }).toEqual({ ahead, found: [] });
    }
  });

  test('removes once, where the clock of a second operator is ahead while the first one has a request under way', async () => {
    const scenario = atTheStart(server, url, one);
    const ports = scenario.ports();
    let bob: Promise<RecoveryStop | Killed | undefined> | undefined;
    let ended = false;
    const management: RecoveryPorts['management'] = {
      send: async request => {
        if (isForced(textOf(request)) && !bob) {
          bob = endOf(scenario.resume('bob', { clock: scenario.clockOf(60_000) }));
          void bob.then(() => (ended = true));
          // As long as the first one waits for an answer. Time passes because the second one waits.
          const until = scenario.clock.now() + 15_000;
          while (scenario.clock.now() < until && !ended) await turn();
        }
        return ports.management.send(request);
      },
    };
    const ada = await endOf(scenario.begin(requestOf(one), 'ada', { management }));
    const ends = [ada, await bob].map(end => (end as RecoveryStop | undefined)?.kind);
    expect(ends.filter(kind => kind === undefined)).toHaveLength(1);
    expect(ends.filter(kind => kind === 'taken')).toHaveLength(1);
    expect(scenario.deployment.engine.violations).toEqual([]);
    expect(scenario.deployment.engine.forced).toBe(1);
  });

  test.each(LATE_FAULTS)('removes once, where its record is abandoned before the late effect: %s', async fault => {
    const scenario = atTheStart(server, url, one);
    once(scenario, fault, isForced);
    await endOf(scenario.begin(requestOf(one), 'ada', killedDuring(scenario.ports(), isForced)));
    await scenario.leaseOf().release('ada');
    const steps = carriedOver(requestOf(one), scenario.progress());
    expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one), 'bob', {}, steps)))).toEqual([]);
  });

  test('removes once, where its record is abandoned while the change is pending', async () => {
    const scenario = atTheStart(server, url, one, { durations: { operation: 5_000, gossip: 2_000, snapshot: 100 } });
    await endOf(scenario.begin(requestOf(one), 'ada', killedDuring(scenario.ports(), isForced)));
    expect(scenario.deployment.engine.pending).toBeDefined();
    await scenario.leaseOf().release('ada');
    const steps = carriedOver(requestOf(one), scenario.progress());
    expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one), 'bob', {}, steps)))).toEqual([]);
  });

  test.each(LATE_FAULTS)('removes once, where its record cannot be read any more: %s', async fault => {
    const scenario = atTheStart(server, url, one);
    once(scenario, fault, isForced);
    await endOf(scenario.begin(requestOf(one), 'ada', killedDuring(scenario.ports(), isForced)));
    await scenario.leaseOf().release('ada');
    scenario.store.text = undefined;
    const steps = suspected(planOf(scenario.topology, requestOf(one)).steps, scenario.clock.now());
    expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one), 'bob', {}, steps)))).toEqual([]);
  });

  test('removes once, where a second record is kept elsewhere, at whichever point the first run was', async () => {
    const found: unknown[] = [];
    for (let number = 0; number < 12; number += 1) {
      const scenario = atTheStart(server, url, one, { durations: { operation: 1_000, gossip: 2_000, snapshot: 100 } });
      let second: RecoveryStop | Killed | undefined;
      const elsewhere = { store: new MemoryStore(), lease: new MemoryLease(scenario.clock) };
      const ports = new InterruptedPorts(scenario.ports(), { at: 'after a call', number }, async () => {
        second = await endOf(scenario.begin(requestOf(one), 'bob', elsewhere));
      });
      const first = await endOf(scenario.begin(requestOf(one), 'ada', ports.all));
      const { forced, violations } = scenario.deployment.engine;
      if (forced !== 1 || violations.length > 0) found.push({ number, forced, violations });
      for (const end of [first, second]) if (end && (end as RecoveryStop).advice.length < 20) found.push({ number, end: end.message });
    }
    expect(found).toEqual([]);
  });

  test('takes a conflict after its own request for its own change', async () => {
    const scenario = atTheStart(server, url, one, { durations: { operation: 8_000, gossip: 2_000, snapshot: 100 } });
    let sent = 0;
    const ports = scenario.ports();
    const management: RecoveryPorts['management'] = {
      send: async request => {
        if (!isForced(textOf(request))) return ports.management.send(request);
        sent += 1;
        // A tunnel that sends a request twice: the answer is that of the second one.
        await ports.management.send(request);
        return ports.management.send(request);
      },
    };
    expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one), 'ada', { management })))).toEqual([]);
    expect([sent, scenario.deployment.engine.forced]).toEqual([1, 1]);
  });

  test('goes on by itself, where a request has certainly come to nothing', async () => {
    for (const fault of ['504 before acting', 'no answer before acting', '502'] as const) {
      const scenario = atTheStart(server, url, one);
      once(scenario, fault, isForced);
      const before = scenario.clock.now();
      expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one))))).toEqual([]);
      expect(scenario.clock.now() - before).toBeGreaterThan(60_000);
    }
  });

  test('asks a person, where the cluster has had another change since', async () => {
    const scenario = atTheStart(server, url, one);
    const { engine } = scenario.deployment;
    once(scenario, '504 before acting', isForced);
    scenario.onEvent = event => {
      if (event.kind === 'sent' && event.step.id === 'remove-brokers' && event.attempt.outcome === 'unknown')
        engine.last = { id: 7, status: 'COMPLETED' };
    };
    // What the next change is called follows from the last one.
    jest.spyOn(engine, 'predictedChange').mockImplementation(() => (engine.last?.id ?? 0) + 1);
    const end = (await endOf(scenario.begin(requestOf(one)))) as RecoveryStop;
    expect(`${end.message} ${end.advice}`).toMatch(/the cluster has had change 7 since that was sent.*--send-again/s);
    expect(engine.forced).toBe(0);
  });
});

describe.each(failbacks)('failback of Camunda $version, region $affected', one => {
  test.each(LATE_FAULTS)('enables and adds once, although every effect is late: %s', async fault => {
    const scenario = atTheStart(server, url, one);
    const seen = new Set<string>();
    scenario.use(
      new FaultPlan((_, text) => {
        if (!isChange(text) || seen.has(text)) return undefined;
        seen.add(text);
        return fault;
      }),
    );
    expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one))))).toEqual([]);
    expect(seen.size).toBe(2);
  });

  test.each(LATE_FAULTS)('enables and adds once, where the record is abandoned before the late effect: %s', async fault => {
    for (const kind of ['/enable', 'replicationFactor=4', 'PATCH /actuator/cluster', `/zones/${zoneNameOf(one)}`]) {
      const scenario = atTheStart(server, url, one);
      const is = (text: string): boolean => isChange(text) && text.endsWith(kind);
      once(scenario, fault, is);
      const first = await endOf(scenario.begin(requestOf(one), 'ada', killedDuring(scenario.ports(), is)));
      if (first === undefined) continue;
      await scenario.leaseOf().release('ada');
      const steps = carriedOver(requestOf(one), scenario.progress());
      expect(Object.keys(steps)).toEqual(['judge-recreation', expect.any(String)]);
      expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one), 'bob', {}, steps)))).toEqual([]);
    }
  });

  test.each(LATE_FAULTS)('enables and adds once, where its record cannot be read any more: %s', async fault => {
    for (const kind of ['/enable', 'replicationFactor=4', 'PATCH /actuator/cluster', `/zones/${zoneNameOf(one)}`]) {
      const scenario = atTheStart(server, url, one);
      const is = (text: string): boolean => isChange(text) && text.endsWith(kind);
      once(scenario, fault, is);
      const first = await endOf(scenario.begin(requestOf(one), 'ada', killedDuring(scenario.ports(), is)));
      if (first === undefined) continue;
      await scenario.leaseOf().release('ada');
      scenario.store.text = undefined;
      const steps = suspected(planOf(scenario.topology, requestOf(one)).steps, scenario.clock.now());
      expect(failures(scenario, one, await endOf(scenario.begin(requestOf(one), 'bob', {}, steps)))).toEqual([]);
    }
  });

  test.each([true, false])('pauses exporting again for a new snapshot, without a way to brokers: %s', async withoutBrokers => {
    const scenario = atTheStart(server, url, one, { withoutBrokers });
    const people = scenario.onEvent;
    const interruption = { requested: false };
    scenario.interruption = interruption;
    scenario.onEvent = event => {
      people(event);
      if (event.kind === 'done' && event.step.id === 'take-snapshot') interruption.requested = true;
    };
    expect(await endOf(scenario.begin(requestOf(one)))).toMatchObject({ kind: 'interrupted' });
    // Somebody lets exporting go on, and users work.
    for (const replicas of scenario.deployment.engine.partitions.values()) for (const replica of replicas.values()) replica.paused = false;
    scenario.deployment.work(70);
    interruption.requested = false;
    scenario.onEvent = people;
    const end = await endOf(scenario.resume('bob', {}, progress => withNewSnapshot(progress, 'failback-2')));
    expect(failures(scenario, one, end)).toEqual([]);
  });
});
