import { kubernetesDeployment } from '../../../bin/recover/kubernetes/kubernetes-deployment';
import type { RegionFacts } from '../../../lib/recovery/ports';
import type { KubernetesObject } from '../../support/manifests';
import { Deployment } from '../stand-in/deployment';
import { VirtualClock } from '../stand-in/virtual-clock';
import { Clusters } from '../support/clusters';
import { kubeconfigFolder } from '../support/kubeconfig-folder';
import { QUICK } from '../support/scenario';

const { kubeconfig } = kubeconfigFolder();

const clock = new VirtualClock();
let clusters: Clusters;
const begin = (version: string): Promise<void> => {
  clusters = new Clusters(new Deployment({ version, clusterSize: 4, durations: QUICK }, clock));
  return clusters.start(kubeconfig);
};
beforeEach(() => begin('8.9'));
afterEach(() => clusters.stop());

const facts = async (): Promise<RegionFacts | undefined> => (await kubernetesDeployment({}, clock)).portsFor(0).kubernetes.region(1);

/** Changes objects of the cluster of region 1. */
function change(kind: string, name: string, more: Readonly<Record<string, unknown>>): void {
  const api = clusters.apis[1];
  api.objects = api.objects.map(one => (one.kind === kind && one.metadata.name === name ? { ...one, ...more } : one));
}
function pod(name: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels } };
}

const [FIRST, SECOND] = ['camunda-zeebe-0', 'camunda-zeebe-1'];
const READY = { type: 'Ready', status: 'True' };
const WHOLE = { brokerPods: [FIRST, SECOND].map(name => ({ name, running: true, ready: true })), applicationPods: [] };

test('a region in its steady state shows its brokers, and nothing else', async () => {
  // Elasticsearch has a StatefulSet too. Operate of an earlier release may be left.
  clusters.apis[1].objects.push(
    pod('elasticsearch-es-masters-0', { 'statefulset.kubernetes.io/pod-name': 'elasticsearch-es-masters-0' }),
    pod('operate-0', { 'app.kubernetes.io/component': 'operate' }),
  );
  expect(await facts()).toStrictEqual(WHOLE);
});

test('a region that is declared as recreated says so', async () => {
  clusters.describe({ recreatedRegion: 1 });
  expect(await facts()).toStrictEqual({ ...WHOLE, recreatedRegion: 1 });
});

test.each<[string, Readonly<Record<string, unknown>>, boolean, boolean]>([
  ['is pending', { status: { phase: 'Pending' } }, false, false],
  ['is not known to any node', { status: undefined }, false, false],
  ['has begun', { status: { phase: 'Running' } }, true, false],
  [
    'is on a node, and not ready',
    {
      status: {
        phase: 'Running',
        conditions: [
          { type: 'PodScheduled', status: 'True' },
          { ...READY, status: 'False' },
        ],
      },
    },
    true,
    false,
  ],
  ['is ready', { status: { phase: 'Running', conditions: [{ type: 'PodScheduled', status: 'False' }, READY] } }, true, true],
  [
    'ends',
    {
      metadata: {
        ...{ name: FIRST, deletionTimestamp: '2026-01-01T00:00:00Z' },
        labels: { 'statefulset.kubernetes.io/pod-name': FIRST },
      },
    },
    false,
    true,
  ],
])('a broker whose pod %s is seen as that', async (_, state, running, ready) => {
  change('Pod', FIRST, state);
  const [first] = (await facts())?.brokerPods ?? [];
  expect(first).toEqual({ name: FIRST, running, ready });
});

test('Operate and Tasklist show their pods where they are their own', async () => {
  await clusters.stop();
  await begin('8.7');
  clusters.apis[1].objects.push(
    ...['operate', 'tasklist', 'connectors'].map(name => pod(`${name}-0`, { 'app.kubernetes.io/component': name })),
  );
  expect((await facts())?.applicationPods).toEqual(['operate-0', 'tasklist-0']);
});

test.each<[string, Readonly<Record<string, unknown>>, Partial<RegionFacts>]>([
  [
    'is not known to its controller',
    { metadata: { name: 'camunda-zeebe', generation: 1 } },
    { rolloutOpen: 'StatefulSet camunda-zeebe is about to change' },
  ],
  [
    'is under way',
    { status: { updateRevision: 'b', currentRevision: 'a' } },
    { rolloutOpen: '0 of 2 pods of StatefulSet camunda-zeebe are replaced' },
  ],
  ['is seen', { metadata: { name: 'camunda-zeebe', generation: 3 }, status: { observedGeneration: 3 } }, {}],
])('a change of the brokers that %s is told', async (_, more, told) => {
  change('StatefulSet', 'camunda-zeebe', more);
  expect(await facts()).toStrictEqual({ ...WHOLE, ...told });
});

describe('a region that refuses', () => {
  test.each(['get configmaps', 'list pods', 'get statefulsets'])('to %s is not a lost one', async asked => {
    for (const status of [401, 403, 500]) {
      clusters.apis[1].faults[asked] = status;
      expect(await facts()).toStrictEqual({
        refused: `it answers ${status} to context 'region1'`,
        ...(status === 500 ? {} : { denied: true }),
      });
    }
  });

  test.each([{ data: { 'topology.json': '{' } }, { data: {} }, { data: undefined }])('as its description is %j is told', async more => {
    change('ConfigMap', 'camunda-recovery-topology', more);
    expect(await facts()).toStrictEqual({
      refused: expect.stringMatching(/^context 'region1': camunda-recovery-topology is not a recovery topology/),
    });
  });
});

test('a region whose Kubernetes API is silent shows nothing', async () => {
  const found = await kubernetesDeployment({}, clock);
  await clusters.apis[1].stop();
  expect(await found.portsFor(0).kubernetes.region(1)).toBeUndefined();
});
