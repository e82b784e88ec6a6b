import type { RecoveryStop } from '../../../lib/recovery/stop';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, peopleDeploy, QUICK, type Scenario, type ScenarioOptions } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** A snapshot that takes longer than exporters collect. */
const SLOW = { ...QUICK, snapshot: 5_000 };

const started = (version: string, affected: number, options: ScenarioOptions = {}): Scenario =>
  atTheStart(server, url, { direction: 'failback', version, affected }, { life: {}, durations: SLOW, ...options });
const failback = (affected: number) => requestOf({ direction: 'failback', affected });

describe.each(['8.7', '8.8', '8.9', '8.10'].flatMap(version => [0, 1].map(affected => ({ version, affected }))))(
  'while life goes on, Camunda $version, region $affected',
  ({ version, affected }) => {
    test('a region fails back: nothing is missing, and nothing comes twice', async () => {
      const scenario = started(version, affected);
      expect(wrongs(scenario, affected, await endOf(scenario.begin(failback(affected))))).toEqual([]);
      // It was alive: instances were archived, people have logged in, in one region.
      const { deployment } = scenario;
      expect(deployment.search[affected].indices.get('operate-list-view_2026-01-01')?.docs).toBeGreaterThan(0);
      const [a, b] = [0, 1].map(regionId => deployment.documentsOf(regionId, 'camunda-web-session-8.8.0_'));
      expect(a).not.toBe(b);
    });
  },
);

test('what exporters write after the pause is in the snapshot: nobody takes it before', async () => {
  const scenario = started('8.9', 1);
  await endOf(scenario.begin(failback(1)));
  const requests = server.requests.map(({ line }) => line);
  const [paused, taken] = ['exporting/pause', 'PUT /elasticsearch0/_snapshot/camunda_failback/failback-1'].map(text =>
    requests.findIndex(line => line.includes(text)),
  );
  expect(requests.slice(paused, taken).filter(line => line.includes('_stats/indexing')).length).toBeGreaterThanOrEqual(2);
});

test('an archiver that goes on is found before the snapshot: it stops, and says what is written to', async () => {
  const scenario = started('8.9', 1, { life: { archivesAlways: true } });
  scenario.deployment.search[0].indices.set('operate-list-view', { docs: 1_000_000, readyAt: 0 });
  const end = (await endOf(scenario.begin(failback(1)))) as RecoveryStop;
  expect(end.message).toMatch(/something still writes to .*operate-list-view/);
  expect(end.advice).toContain('archiver');
  expect(server.requests.filter(({ line }) => line.startsWith('PUT'))).toEqual([]);
});

test('an old region that comes back with its old volumes is not taken for restored', async () => {
  const scenario = started('8.9', 1, { life: undefined });
  const { search } = scenario.deployment;
  const old = new Map([...search[1].indices].map(([name, index]) => [name, { ...index, origin: 'EXISTING_STORE' as const }]));
  scenario.onEvent = event => {
    peopleDeploy(scenario, 1)(event);
    // The counts are those of the source.
    if (event.kind === 'step' && event.step.id === 'await-brokers') {
      for (const [name, index] of old) search[1].indices.set(name, { ...index, docs: search[0].indices.get(name)!.docs });
    }
  };
  const end = (await endOf(scenario.begin(failback(1)))) as RecoveryStop;
  expect(end.message).toContain('has indices that do not come from this snapshot');
  expect(server.requests.filter(({ line }) => line.endsWith('_restore'))).toEqual([]);
});

test('a restore does not wait for counts that the source will never have again', async () => {
  const scenario = started('8.9', 1, { life: undefined });
  const { search } = scenario.deployment;
  scenario.onEvent = event => {
    peopleDeploy(scenario, 1)(event);
    // As an archiver does that goes on after the snapshot.
    if (event.kind === 'sending' && event.step.id === 'restore') {
      search[0].indices.get('operate-list-view')!.docs -= 100;
      search[0].indices.set('operate-list-view_2026-01-01', { docs: 100, readyAt: 0 });
    }
  };
  expect(await endOf(scenario.begin(failback(1)))).toBeUndefined();
  expect(scenario.progress().steps.restore.finishedAt! - scenario.progress().steps.restore.startedAt).toBeLessThan(10_000);
});
