import { Commands } from '../../../bin/recover/commands';
import type { Finding } from '../../../lib/recovery/finding';
import { exporterIs } from '../../../lib/recovery/steps/exporters';
import { upgradeOver } from '../../../lib/recovery/steps/verify/upgrade-over';
import { StandInServer } from '../stand-in/server';
import {
  answeringView,
  configurationOf,
  CONFIGURATION,
  EXPORTERS,
  failure,
  pending,
  SEEN,
  seenOf,
  type CannedAnswer,
} from '../support/answering-view';
import { foundBy } from '../support/found';
import { Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const READINESS = 'GET management/actuator/upgradeReadiness';
const DONE = { state: 'MIGRATED', detail: 'all done' };

const readiness = (conditions: object, more: object = {}): object => ({
  upgradeable: false,
  physicalTenants: { default: { brokerVersionMigrated: DONE, ...conditions }, ...more },
});

/** What brokers run, by their ids. */
const running = (...versions: readonly string[]): object => ({
  ...seenOf([0, 1, 2, 3]),
  brokers: seenOf([0, 1, 2, 3]).brokers.map((broker, i) => ({ ...broker, version: versions[i % versions.length] })),
});

describe('whether an upgrade is over', () => {
  const check = (answer: CannedAnswer, seen: object = running('8.10.2')): Promise<Finding> =>
    upgradeOver().check(answeringView({ answers: { [READINESS]: answer, [SEEN]: seen } }).view, []);

  test('it is, where gateways say so, and where the version does not tell', async () => {
    expect(await check({ upgradeable: true, physicalTenants: { default: { brokerVersionMigrated: DONE } } })).toMatchObject({
      state: 'met',
      why: 'nothing of an upgrade is left to do',
      warnings: [],
    });
    expect(await check(404)).toMatchObject({ state: 'met', why: 'this version does not tell whether an upgrade is over', warnings: [] });
  });

  test.each([
    [
      'exporterMigrated',
      'MIGRATION_IN_PROGRESS',
      'running',
      /: exporterMigrated is MIGRATION_IN_PROGRESS, records of the older version are not all exported, partition 3$/,
    ],
    ['rocksDbMigrated', 'UNKNOWN', 'unknown', /: rocksDbMigrated is UNKNOWN, partition 3$/],
    ['rocksDbMigrated', '', 'unknown', /: rocksDbMigrated has no state, partition 3$/],
    ['somethingNewMigrated', 'MIGRATION_IN_PROGRESS', 'running', /: somethingNewMigrated is MIGRATION_IN_PROGRESS, partition 3$/],
  ])('%s that is %s is waited for, and named', async (name, state, found, why) => {
    const finding = await check(readiness({ [name]: { state, detail: 'partition 3' } }));
    expect([finding.state, finding.why]).toEqual([found, expect.stringMatching(why)]);
    expect(finding.why).toContain('an upgrade is not over, and no other one may begin');
    expect(finding.why).not.toContain('brokerVersionMigrated');
  });

  test('parts of several physical tenants are told apart', async () => {
    const finding = await check(readiness({}, { other: { rocksDbMigrated: { state: 'MIGRATION_IN_PROGRESS', detail: '' } } }));
    expect(finding.why).toMatch(/rocksDbMigrated is MIGRATION_IN_PROGRESS, physical tenant other, the state of partitions is not migrated/);
  });

  test.each<[string, CannedAnswer]>([
    ['knows nothing yet', { upgradeable: false, physicalTenants: {} }],
    ['is no answer of it', { upgradeable: 'yes', physicalTenants: {} }],
    ['is a page', '<html>'],
    ['is an error', 503],
    ['is none', failure('NoAnswerError')],
  ])('an answer that %s is not taken for the end', async (_, answer) => {
    expect(await check(answer)).toMatchObject({ state: 'unknown', why: expect.stringMatching(/upgrade/) as string });
  });

  test('between the two halves of an upgrade nothing is waited for, and it is said', async () => {
    const left = readiness({ brokerVersionMigrated: { state: 'MIGRATION_IN_PROGRESS', detail: 'broker 1 is on 8.9' } });
    const finding = await check(left, running('8.10.2', '8.9.31'));
    expect(finding).toMatchObject({ state: 'met', warnings: [expect.stringMatching(/brokers run two versions.*broker 1 is on 8\.9/)] });
    // Patches of one version are no halves.
    expect(await check(left, running('8.10.2', '8.10.3'))).toMatchObject({ state: 'running' });
    expect(await check(left, { status: 503, text: '' })).toMatchObject({ state: 'running' });
  });
});

describe('recover verify', () => {
  const written = writtenOutput();
  const server = new StandInServer();
  let url: string;
  beforeAll(async () => (url = await server.start()));
  afterAll(() => server.stop());
  const verify = (scenario: Scenario, wait?: string): Promise<number> =>
    new Commands(foundBy(scenario), { ...(wait === undefined ? {} : { wait }) }, scenario.clock, new AbortController().signal).verify();

  test.each(['8.9', '8.10'])('of %s that is whole says so', async version => {
    expect(await verify(new Scenario(server, url, { clusterSize: 4, version }))).toBe(0);
    expect(server.requests.map(({ line }) => line)).toContain('GET /management/actuator/upgradeReadiness');
  });

  test('waits for the end of an upgrade that is seen', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.10' });
    const { engine } = scenario.deployment;
    engine.migration = { exporterMigrated: { state: 'MIGRATION_IN_PROGRESS', detail: 'partition 2 has 40 records of 8.9.31' } };
    expect(await verify(scenario)).toBe(1);
    expect(written.text).toContain('exporterMigrated is MIGRATION_IN_PROGRESS');
    expect(written.text).toContain('partition 2 has 40 records of 8.9.31');
    const began = scenario.clock.now();
    scenario.clock.after(120_000, () => (engine.migration = {}));
    expect(await verify(scenario, '600')).toBe(0);
    expect(scenario.clock.now() - began).toBeGreaterThanOrEqual(120_000);
  });
});

describe('what differs from 8.10 on', () => {
  const check = (exporters: object[], more: object = {}): Promise<Finding> =>
    exporterIs('camundaregion0', 'ENABLED').check(
      answeringView({ answers: { [CONFIGURATION]: configurationOf([0, 1, 2, 3], more), [EXPORTERS]: exporters } }).view,
      [],
    );
  const of = (physicalTenant: string, status: string): object => ({ exporterId: 'camundaregion0', status, physicalTenant });

  test('an exporter that differs between physical tenants is neither on nor off', async () => {
    expect(await check([of('default', 'ENABLED'), of('other', 'ENABLED')])).toMatchObject({ state: 'met' });
    for (const [a, b] of [
      ['ENABLED', 'DISABLED'],
      ['DISABLED', 'ENABLED'],
    ])
      expect(await check([of('default', a), of('other', b)])).toMatchObject({
        state: 'unknown',
        why: expect.stringContaining('disagree') as string,
      });
  });

  test('a pause of exporting that is on its way is waited for, and no other change', async () => {
    expect(await check([of('default', 'ENABLED')], pending('EXPORTING_STATE_CHANGE'))).toMatchObject({ state: 'running' });
    expect(await check([of('default', 'ENABLED')], pending('EXPORTING_STATE_CHANGE', 'BROKER_ADD'))).toMatchObject({ state: 'blocked' });
  });
});
