import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import { isDescribed } from '../../../lib/recovery/steps/described-cluster';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { topologyOf } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { requestOf } from '../support/cases';
import { endOf, peopleDeploy, Scenario, type ScenarioOptions } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** In the time of the scenario. */
const AT_ONCE_MS = 2_000;

/** Begins, and expects to be refused before anything is sent and before it has waited. */
async function refused(scenario: Scenario, request: RecoveryRequest, ports: Partial<RecoveryPorts> = {}): Promise<RecoveryStop> {
  const started = scenario.clock.now();
  const end = await endOf(scenario.begin(request, 'ada', ports));
  expect(end).toBeInstanceOf(RecoveryStop);
  expect((end as RecoveryStop).kind).toBe('refused');
  expect(server.requests.filter(({ line }) => !line.startsWith('GET '))).toEqual([]);
  expect(scenario.clock.now() - started).toBeLessThan(AT_ONCE_MS);
  expect(scenario.store.text).toBeUndefined();
  return end as RecoveryStop;
}

function lostIn(options: ScenarioOptions, lost: number): Scenario {
  const scenario = new Scenario(server, url, options);
  scenario.lose(lost);
  return scenario;
}

const withPartitions = (topology: RecoveryTopology, count: number): RecoveryTopology => ({
  ...topology,
  partitions: topology.partitions.slice(0, count),
});

describe.each([0, 1])('region %i lost', lost => {
  test('8.7, told 8 brokers and 7 partitions, while there are 12', async () => {
    const described = withPartitions(topologyOf('8.7', 8), 7);
    const end = await refused(lostIn({ version: '8.7', clusterSize: 12, described }, lost), { direction: 'failover', regionId: lost });
    expect(end.message).toContain('the cluster has 12 brokers, the description says 8');
    expect(end.message).toContain('the cluster has 12 partitions, the description says 7');
  });

  test('8.9, told 8 brokers, while there are 12', async () => {
    const scenario = lostIn({ version: '8.9', clusterSize: 12, described: topologyOf('8.9', 8) }, lost);
    const end = await refused(scenario, { direction: 'failover', regionId: lost });
    expect(end.message).toContain('the cluster has 12 brokers, the description says 8');
  });

  test.each([
    ['8.7', 4, 8],
    ['8.9', 4, 8],
    ['8.7', 6, 12],
    ['8.9', 6, 12],
  ])('%s: %i brokers, told twice as many: as many as one region would have alone', async (version, clusterSize, told) => {
    const described = topologyOf(version, told, clusterSize);
    const scenario = lostIn({ version, clusterSize, partitionCount: clusterSize, described }, lost);
    const end = await refused(scenario, { direction: 'failover', regionId: lost });
    expect(end.message).toContain(`the cluster has ${clusterSize} brokers, the description says ${told}`);
    expect(end.message).toContain('is not the one that is described');
  });

  test('told 8.9, while the cluster runs 8.7', async () => {
    const scenario = lostIn({ version: '8.7', clusterSize: 8, described: topologyOf('8.9', 8) }, lost);
    const end = await refused(scenario, { direction: 'failover', regionId: lost });
    expect(end.message).toContain('gateways run Camunda 8.7, the description says 8.9');
  });

  test('the other region is called lost', async () => {
    const scenario = lostIn({ clusterSize: 4 }, lost);
    const end = await refused(scenario, { direction: 'failover', regionId: 1 - lost });
    expect(end.message).toContain(`only brokers of region ${1 - lost} are seen; did you mean \`--lost region${lost}\`?`);
    expect(`${end.message} ${end.advice}`).not.toContain('fence');
  });

  test('a failback is refused like a failover', async () => {
    const scenario = lostIn({ version: '8.9', clusterSize: 12, described: topologyOf('8.9', 8) }, lost);
    scenario.deployment.failOver(lost);
    const end = await refused(scenario, requestOf({ direction: 'failback', affected: lost }));
    expect(end.message).toContain('the cluster has 6 brokers, the description says 8');
  });
});

describe.each([0, 1])('addresses of Elasticsearch are swapped, region %i recreated', affected => {
  function swapped(scenario: Scenario): Partial<RecoveryPorts> {
    const ports = scenario.ports();
    return { elasticsearch: regionId => ports.elasticsearch(1 - regionId) };
  }

  test.each([true, false])('which is told before anything is sent, recreated already: %p', async recreated => {
    const scenario = lostIn({ clusterSize: 4 }, affected);
    scenario.deployment.failOver(affected);
    if (recreated) scenario.deployment.recreate(affected);
    const end = await refused(scenario, requestOf({ direction: 'failback', affected }), swapped(scenario));
    expect(end.message).toContain(`leads to one whose nodes are in region ${1 - affected}`);
    expect(end.advice).not.toMatch(/delete/);
  });

  test('which is told before anything is copied, where the nodes do not say where they are', async () => {
    const scenario = lostIn({ clusterSize: 4, silentNodes: true }, affected);
    scenario.deployment.failOver(affected);
    scenario.deployment.recreate(affected);
    const end = await refused(scenario, requestOf({ direction: 'failback', affected }), swapped(scenario));
    expect(end.message).toContain(`at the address of region ${1 - affected}, from which to copy, holds no data of Camunda`);
  });
});

test('one Elasticsearch at both addresses is told before anything is copied', async () => {
  const scenario = lostIn({ clusterSize: 4, silentNodes: true }, 1);
  scenario.deployment.failOver(1);
  const ports = scenario.ports();
  const end = await refused(scenario, requestOf({ direction: 'failback', affected: 1 }), { elasticsearch: () => ports.elasticsearch(0) });
  expect(end.message).toContain('lead to one and the same Elasticsearch');
});

test('no index is named for deletion while nothing shows whose Elasticsearch it is', async () => {
  const scenario = lostIn({ clusterSize: 4, silentNodes: true }, 1);
  scenario.deployment.failOver(1);
  const people = peopleDeploy(scenario, 1);
  scenario.onEvent = event => {
    people(event);
    if (event.kind === 'step' && event.step.id === 'restore') scenario.deployment.settle();
  };
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))) as RecoveryStop;
  expect(end.kind).toBe('stopped');
  expect(`${end.message} ${end.advice}`).toContain('delete nothing');
  expect(`${end.message} ${end.advice}`).not.toMatch(/operate-|tasklist-/);
});

test('whoever goes on with another description is refused too', async () => {
  const scenario = lostIn({ clusterSize: 4 }, 1);
  const request: RecoveryRequest = { direction: 'failover', regionId: 1 };
  const asked = { ...scenario.ports(), management: { send: () => Promise.reject(new Error('the end')) } };
  await expect(scenario.begin(request, 'ada', asked)).rejects.toThrow('the end');
  expect(await endOf(scenario.begin(request))).toBeUndefined();
});

test.each([
  ['members', 'the description does not know brokers 4, 5, 6, 7', topologyOf('8.9', 4)],
  ['partitions', 'the description does not know partitions 8', withPartitions(topologyOf('8.9', 8), 7)],
])('both regions are not whole with %s that nobody knows', async (_, text, described) => {
  const scenario = new Scenario(server, url, { clusterSize: 8, described });
  const finding = await isDescribed(described, 'whole').check(new ClusterView(described, scenario.ports()), []);
  expect([finding.state, finding.why]).toEqual(['blocked', expect.stringContaining(text)]);
});
