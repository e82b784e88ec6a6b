import { statusOf } from '../../../lib/recovery/documents/status';
import type { KubernetesFacts } from '../../../lib/recovery/ports';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { StandInServer } from '../stand-in/server';
import { endOf, Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const refused = 'it answers 403 to context paris';

/** As the deployment says, but the API server of one region refuses to be read. */
function refusing(scenario: Scenario, regionId: number): KubernetesFacts {
  return { region: id => (id === regionId ? Promise.resolve({ refused }) : scenario.deployment.region(id)) };
}

test('a region whose Kubernetes API answers but cannot be read does not pass for a lost one', async () => {
  const scenario = new Scenario(server, url);
  scenario.lose(1);
  const stop = await endOf(scenario.begin({ direction: 'failover', regionId: 1 }, 'ada', { kubernetes: refusing(scenario, 1) }));
  expect(stop).toMatchObject({ kind: 'refused' });
  expect(stop?.message).toContain(refused);
  expect(scenario.deployment.engine.forced).toBe(0);
});

test('it is given up when somebody confirms that it is cut off, with a warning', async () => {
  const scenario = new Scenario(server, url);
  scenario.lose(1);
  const request = { direction: 'failover', regionId: 1, fenced: true } as const;
  expect(await endOf(scenario.begin(request, 'ada', { kubernetes: refusing(scenario, 1) }))).toBeUndefined();
  expect(scenario.progress().warnings.join()).toContain(refused);
});

test('no broker is removed while nobody can see whether the surviving ones are being replaced', async () => {
  const scenario = new Scenario(server, url);
  scenario.lose(1);
  const stop = await endOf(scenario.begin({ direction: 'failover', regionId: 1 }, 'ada', { kubernetes: refusing(scenario, 0) }));
  expect(stop?.message).toContain(refused);
  expect(scenario.deployment.engine.forced).toBe(0);
});

test('a failback waits while the recreated cluster does not let itself be read yet', async () => {
  const scenario = new Scenario(server, url);
  scenario.lose(1);
  scenario.deployment.failOver(1);
  scenario.deployment.declared.fill(1);
  const interruption = { requested: false };
  scenario.interruption = interruption;
  let looks = 0;
  scenario.onEvent = event => {
    if (event.kind !== 'check' || event.step.id !== 'await-recreation') return;
    expect(event.finding.state).not.toBe('blocked');
    if (event.finding.why.includes(refused)) looks += 1;
    interruption.requested = looks > 3;
  };
  const request = { direction: 'failback', regionId: 1, snapshotName: 's', repository: { type: 's3', settings: { bucket: 'b' } } } as const;
  const stop = await endOf(scenario.begin(request, 'ada', { kubernetes: refusing(scenario, 1) }));
  expect(stop).toMatchObject({ kind: 'interrupted' });
  expect(looks).toBeGreaterThan(3);
});

test('the status says why nothing more is known', async () => {
  const scenario = new Scenario(server, url);
  const { lines } = await statusOf(
    new ClusterView(scenario.topology, { ...scenario.ports(), kubernetes: refusing(scenario, 1) }),
    undefined,
  );
  expect(lines.find(({ subject }) => subject === 'region 1')?.text).toContain(refused);
});
