import { join } from 'node:path';
import type { KubernetesObject } from '../../support/manifests';
import { Deployment } from '../stand-in/deployment';
import { VirtualClock } from '../stand-in/virtual-clock';
import { Clusters } from '../support/clusters';
import { ProgramHere, type Ended } from '../support/program-here';
import { QUICK } from '../support/scenario';

const clock = new VirtualClock();
const program = new ProgramHere(clock);
const KUBECONFIG = join(program.folder, 'kubeconfig.yaml');
afterAll(() => program.remove());

const run = (...args: string[]): Promise<Ended> => program.run(args, { env: { KUBECONFIG } });

let deployment: Deployment;
let clusters: Clusters;
const begin = (version: string): Promise<void> => {
  deployment = new Deployment({ version, clusterSize: 4, durations: QUICK }, clock);
  clusters = new Clusters(deployment);
  return clusters.start(KUBECONFIG);
};
beforeEach(() => begin('8.9'));
afterEach(() => clusters.stop());

async function lose(regionId: number): Promise<void> {
  await clusters.lose(regionId);
  clock.pass(2 * QUICK.gossip);
}

/** Replaces an object of a cluster. */
function change(regionId: number, kind: string, name: string, to: (object: KubernetesObject) => KubernetesObject[]): void {
  const api = clusters.apis[regionId];
  api.objects = api.objects.flatMap(object => (object.kind === kind && object.metadata.name === name ? to(object) : [object]));
}

test('a temporary broker is made from the brokers of the region that lives, with the rights of a recovery', async () => {
  await lose(0);
  const { code, out, err } = await run('temporary-broker', '--lost', 'region0');
  expect([code, err]).toEqual([0, '']);
  const pod = JSON.parse(out) as KubernetesObject;
  expect(pod).toMatchObject({ kind: 'Pod', metadata: { name: 'camunda-zeebe-coordinator-0', namespace: 'camunda-paris' } });
  expect(out).toMatch(/"name": "VALUES_REGION_ID",\s+"value": "0"/);
  expect(clusters.apis[1].refused).toEqual([]);
  const described = await run('temporary-broker', '--lost', 'region0', '--topology', 'topology.yaml');
  expect(described).toMatchObject({ code: 2, err: expect.stringContaining('made from those that the Kubernetes API shows') });
});

describe('a failover', () => {
  test('needs no address, and is recorded where it survives', async () => {
    await lose(0);
    const { code, err } = await run('failover', '--lost', 'region0', '--fenced', '--yes', '--operator', 'ada');
    expect([code, err]).toEqual([0, '']);
    expect(deployment.engine.forced).toBe(1);
    const kept = (kind: string): KubernetesObject[] =>
      clusters.apis[1].objects.filter(({ kind: one, metadata }) => one === kind && metadata.name.startsWith('camunda-recovery'));
    const [{ data }] = kept('ConfigMap').filter(({ metadata }) => metadata.name === 'camunda-recovery-progress');
    expect(JSON.parse((data as Record<string, string>)['progress.json'])).toMatchObject({
      request: { direction: 'failover', regionId: 0 },
      startedBy: expect.stringMatching(/^ada #/),
      finishedAt: expect.any(Number),
    });
    expect(kept('Lease')).toMatchObject([{ spec: { leaseDurationSeconds: 1 } }]);
    expect(clusters.apis[1].refused).toEqual([]);
    expect(await run('verify', '--lost', 'region0')).toMatchObject({ code: 0 });
    // It looks through the region that answers.
    expect(await run('status')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/region 0 .*its Kubernetes API does not answer[\s\S]*recovery +failover of region 0/),
    });
  });

  test('of the region that lives is refused at once, with the name of the other one', async () => {
    await lose(1);
    expect(await run('failover', '--lost', 'region0', '--yes')).toMatchObject({
      code: 3,
      err: expect.stringContaining(
        'only brokers of region 0 are seen, and the Kubernetes API of region 1 does not answer; did you mean `--lost region1`?',
      ),
    });
    expect(deployment.engine.forced).toBe(0);
  });

  test('is told that the record cannot be written', async () => {
    await lose(1);
    clusters.apis[0].faults['create configmaps'] = 403;
    expect(await run('failover', '--lost', 'region1', '--fenced', '--yes')).toMatchObject({
      code: 5,
      err: expect.stringMatching(
        /the record of this recovery is kept in region 0 .*the Kubernetes API refused: HTTP-Code: 403[\s\S]*This run has sent nothing/,
      ),
    });
    expect(deployment.engine.forced).toBe(0);
  });

  test('asks an API server again that has answered before and fails now', async () => {
    await lose(1);
    const { faults } = clusters.apis[0];
    faults['create leases'] = 503;
    setTimeout(() => delete faults['create leases'], 500);
    expect(await run('failover', '--lost', 'region1', '--fenced', '--yes')).toMatchObject({ code: 0 });
  });
});

describe('what is deployed', () => {
  test('is told by the first cluster that answers', async () => {
    clusters.apis[0].faults['get configmaps camunda-recovery-topology'] = 403;
    expect(await run('status')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/region 0 .*its Kubernetes API cannot be read: it answers 403 to context 'region0'\n/),
    });
  });

  test('is told by neither, with the reason of each', async () => {
    change(0, 'ConfigMap', 'camunda-recovery-topology', () => []);
    clusters.apis[1].faults['get configmaps camunda-recovery-topology'] = 403;
    const { code, err } = await run('status');
    expect([code, err]).toEqual([
      5,
      'no cluster tells what is deployed:\n' +
        '  - region0: it has no ConfigMap camunda-recovery-topology; name its namespace with --namespace\n' +
        '  - region1: HTTP-Code: 403\n',
    ]);
  });

  test('cannot be read', async () => {
    change(0, 'ConfigMap', 'camunda-recovery-topology', object => [{ ...object, data: { 'topology.json': '{' } }]);
    change(1, 'ConfigMap', 'camunda-recovery-topology', () => []);
    expect(await run('status')).toMatchObject({
      code: 5,
      err: expect.stringContaining('ConfigMap camunda-recovery-topology of context region0'),
    });
  });

  test('is looked for in the namespace that is named', async () => {
    const { code, err } = await run('status', '--namespace', 'elsewhere');
    expect([code, err]).toEqual([5, expect.stringContaining('region0: HTTP-Code: 403')]);
    expect(clusters.apis[0].refused).toEqual(['get configmaps camunda-recovery-topology']);
  });
});

describe('the way to a pod', () => {
  const management = /management API ([^;]*);/;
  const logins = async (): Promise<string> => management.exec((await run('status')).out)?.[1] ?? '';
  const asked = (): string[] => [...new Set(clusters.received.map(({ pod }) => pod))];

  test('leads to one that runs and is ready, before those that are not', async () => {
    const [first, second] = deployment.topology.regions[0].brokers.map(({ podName }) => podName);
    change(0, 'Pod', first, one => [{ ...one, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } }]);
    expect(await logins()).toBe('lets in');
    expect(asked()).toEqual(expect.arrayContaining([second]));
    expect(asked()).not.toContain(first);
  });

  test.each([
    ['is pending', { status: { phase: 'Pending' } }],
    ['ends', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }],
  ])('leads to none that %s', async (_, state: { readonly status?: object; readonly metadata?: object }) => {
    for (const { podName } of deployment.topology.regions[0].brokers)
      change(0, 'Pod', podName, one => [{ ...one, ...state, metadata: { ...one.metadata, ...state.metadata } }]);
    const { code, out } = await run('status', '--surviving', 'region0');
    expect([code, out]).toEqual([0, expect.stringContaining('/v2/topology gave no answer: no way to a pod: none is running')]);
    expect(asked()).toEqual(['elasticsearch-0']);
  });

  test.each([
    [401, "the Kubernetes API does not know who asks (HTTP 401 to context 'region0', namespace camunda-london)", "log in anew: 'kubectl"],
    [
      403,
      'the Kubernetes API denies what a recovery needs (HTTP 403',
      "use a role that may carry out a recovery: 'kubernetes.recoveryRoleArns'",
    ],
  ])('that is answered %i is told as that', async (status, why, advice) => {
    for (const what of ['list pods', 'get pods/portforward', 'get secrets']) {
      const { faults } = clusters.apis[0];
      for (const one of Object.keys(faults)) delete faults[one];
      faults[what] = status;
      const { code, out } = await run('verify', '--surviving', 'region0');
      expect([code, out]).toEqual([1, expect.stringMatching(/^not as it should be \(blocked\): /)]);
      expect(out).toContain(why);
      expect(out).toContain(`what to do: ${advice}`);
    }
  });
});

describe('what the clusters show', () => {
  const region = async (regionId: number): Promise<string> =>
    new RegExp(`^region ${regionId} +(.*)$`, 'm').exec((await run('status')).out)?.[1] ?? '';

  test('are pods, ready or not', async () => {
    const [{ podName }] = deployment.topology.regions[1].brokers;
    change(1, 'Pod', podName, one => [{ ...one, status: { phase: 'Running' } }]);
    expect(await region(1)).toBe('eu-west-3, brokers 1, 3: 1 of 2 brokers ready, steady state');
  });

  test('is the phase', async () => {
    clusters.describe({ recreatedRegion: 1 });
    expect(await region(1)).toBe('eu-west-3, brokers 1, 3: 2 of 2 brokers ready, region 1 declared as recreated');
  });

  test.each<[string, (statefulSet: KubernetesObject) => KubernetesObject[], string]>([
    [
      'has not begun',
      one => [{ ...one, metadata: { ...one.metadata, ...{ generation: 3 } }, status: { observedGeneration: 2 } }],
      ', StatefulSet camunda-zeebe is about to change',
    ],
    [
      'is going on',
      one => [{ ...one, status: { updateRevision: 'b', currentRevision: 'a', updatedReplicas: 1 } }],
      ', 1 of 2 pods of StatefulSet camunda-zeebe are replaced',
    ],
    ['has replaced all', one => [{ ...one, status: { updateRevision: 'b', currentRevision: 'a', updatedReplicas: 2 } }], ''],
    ['is over', one => [{ ...one, status: { updateRevision: 'b', currentRevision: 'b', updatedReplicas: 0 } }], ''],
    ['has nothing to change', () => [], ', there is no StatefulSet camunda-zeebe'],
  ])('is a rollout that %s', async (_, to, text) => {
    change(1, 'StatefulSet', 'camunda-zeebe', to);
    expect(await region(1)).toBe(`eu-west-3, brokers 1, 3: 2 of 2 brokers ready, steady state${text}`);
  });

  test('is no phase before anything is deployed', async () => {
    change(1, 'ConfigMap', 'camunda-recovery-topology', () => []);
    expect(await region(1)).toBe('eu-west-3, brokers 1, 3: 2 of 2 brokers ready, steady state');
  });

  test('is nothing where no context was named', async () => {
    const { out } = await run('status', '--context', 'region0=region0');
    expect(out).toContain('brokers 1, 3: its Kubernetes API cannot be read: the kubeconfig has no context for it; name it with --context');
    expect(await run('verify', '--context', 'region0=region0')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing leads to Elasticsearch of region1'),
    });
  });
});
