import type { RecoveryRequest } from '../../lib/recovery/record/progress';
import { StandInServer } from './stand-in/server';
import { endOf, peopleDeploy, REPOSITORY, Scenario } from './support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** Brokers and partitions. In the last three, some brokers hold no partition. */
const SIZES = [
  [4, 4],
  [8, 8],
  [12, 12],
  [12, 8],
  [6, 1],
  [8, 2],
] as const;

const CASES = ['8.7', '8.8', '8.9', '8.10-zones', '8.10-zones-reversed', '8.10-zones-equal'].flatMap(version =>
  SIZES.flatMap(([clusterSize, partitionCount]) => [0, 1].map(lost => ({ version, clusterSize, partitionCount, lost }))),
);

const failback = (regionId: number): RecoveryRequest => ({
  direction: 'failback',
  regionId,
  snapshotName: 'failback-1',
  repository: REPOSITORY,
});

describe.each(CASES)('$version, $clusterSize brokers, $partitionCount partitions, region $lost lost', ({ lost, ...options }) => {
  test('fails over and back', async () => {
    const scenario = new Scenario(server, url, options);
    scenario.lose(lost);
    const { engine, search } = scenario.deployment;
    expect(await endOf(scenario.begin({ direction: 'failover', regionId: lost }))).toBeUndefined();
    expect(scenario.topology.regions[lost].brokers.filter(({ brokerId }) => engine.members.has(brokerId))).toEqual([]);
    scenario.deployment.work(60);
    scenario.onEvent = peopleDeploy(scenario, lost);
    expect(await endOf(scenario.begin(failback(lost)))).toBeUndefined();
    scenario.deployment.work(10);
    expect(engine.violations).toEqual([]);
    expect(search[0].indices.get('records')).toMatchObject({ docs: 360 });
    expect(search[1].indices.get('records')).toMatchObject({ docs: 360 });
  });
});
