import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { at, find, objectsOf, type KubernetesObject } from '../../support/manifests';
import { MIGRATION, ofVersion } from '../../support/settings/versions';
import { KubernetesApi } from '../stand-in/kubernetes-api';
import { ProgramHere, type Ended } from '../support/program-here';

const program = new ProgramHere();
afterAll(() => program.remove());

/** Cuts off region 1 as somebody who has the rights of a recovery and no others. */
async function fence(
  how: string,
  deployed: readonly KubernetesObject[],
  faults: Readonly<Record<string, number>> = {},
): Promise<{ readonly ended: Ended; readonly api: KubernetesApi }> {
  const api = new KubernetesApi(deployed);
  Object.assign(api.faults, faults);
  const file = join(program.folder, 'kubeconfig.yaml');
  writeFileSync(
    file,
    stringify({
      clusters: [{ name: 'paris', cluster: { server: await api.start(), 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'operator', user: {} }],
      contexts: [{ name: 'paris', context: { cluster: 'paris', user: 'operator', namespace: 'camunda-paris' } }],
    }),
  );
  const confirmed = ['--other-lives', '--yes', '--context', 'region1=paris'];
  const ended = await program.run(['fence', '--region', 'region1', '--how', how, ...confirmed], { env: { KUBECONFIG: file } });
  await api.stop();
  return { ended, api };
}

describe.each<[string, Parameters<typeof objectsOf>[1], string[], string[]]>([
  ['8.9', {}, [], ['orchestration']],
  [
    '8.7',
    ofVersion('8.7'),
    ['camunda-zeebe-gateway', 'camunda-operate', 'camunda-tasklist'],
    ['orchestration', 'gateway', 'operate', 'tasklist'],
  ],
  [
    '8.8, migrating from 8.7',
    MIGRATION,
    ['camunda-zeebe-migration-importer'],
    ['orchestration', 'gateway', 'operate', 'tasklist', 'importer', 'migration'],
  ],
])('with the rights of a recovery, the members of %s', (_, settings, deployments, policies) => {
  test('are scaled to zero, all that the rights allow', async () => {
    const { ended, api } = await fence('scale', objectsOf(1, settings));
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining(`scaled ${['camunda-zeebe', ...deployments].join(', ')} in`) });
    expect(api.changes).toEqual(['patch statefulsets/scale camunda-zeebe', ...deployments.map(name => `patch deployments/scale ${name}`)]);
    expect(api.refused).toEqual([]);
  });

  test('lose their network policies, and nobody else does', async () => {
    const { ended, api } = await fence('isolate', objectsOf(1, settings));
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining(`deleted NetworkPolicies ${policies.join(', ')}`) });
    expect(api.changes).toEqual(policies.map(name => `delete networkpolicies ${name}`));
    expect(api.refused).toEqual([]);
  });
});

test('policies that are gone already are no failure', async () => {
  const { ended, api } = await fence(
    'isolate',
    objectsOf(1, ofVersion('8.7')).filter(
      ({ kind, metadata }) => kind !== 'NetworkPolicy' || !['gateway', 'operate'].includes(metadata.name),
    ),
  );
  expect(ended).toMatchObject({
    code: 0,
    out: expect.stringContaining('deleted NetworkPolicies orchestration, tasklist, and default-deny'),
  });
  expect(api.changes).toEqual(['delete networkpolicies orchestration', 'delete networkpolicies tasklist']);
});

test.each([
  ['scale', ['StatefulSet', 'Deployment'], 'nothing to scale in camunda-paris: neither brokers nor gateways are there'],
  ['isolate', ['NetworkPolicy'], 'their NetworkPolicies were gone already, and default-deny is there. Apply 10-network-policies.yaml'],
])('what was cut off already is no failure: %s', async (how, gone, text) => {
  const there = objectsOf(1).filter(({ kind, metadata }) => !gone.includes(kind) || metadata.name === 'default-deny');
  const { ended, api } = await fence(how, there);
  expect(ended).toMatchObject({ code: 0, out: expect.stringContaining(text) });
  expect(api.changes).toEqual([]);
});

test.each([
  ['scale', 'patch statefulsets/scale'],
  ['isolate', 'delete networkpolicies'],
  ['isolate', 'get networkpolicies default-deny'],
])('what the API server refuses is told as that: %s, %s', async (how, asked) => {
  const { ended, api } = await fence(how, objectsOf(1), { [asked]: 403 });
  expect(ended).toMatchObject({
    code: 1,
    err: expect.stringContaining('region 1 may be cut off in part only: the Kubernetes API refused: HTTP-Code: 403'),
  });
  expect(api.changes).toEqual([]);
});

test.each<[string, (policy: KubernetesObject) => KubernetesObject[]]>([
  ['is not there', () => []],
  ['is for some pods only', policy => [changed(policy, { podSelector: { matchLabels: { app: 'x' } } })]],
  ['admits something', policy => [changed(policy, { ingress: [{}] })]],
  ['denies one direction only', policy => [changed(policy, { policyTypes: ['Ingress'] })]],
])('policies are left alone where the one that denies everything %s', async (_, change) => {
  const { ended, api } = await fence(
    'isolate',
    objectsOf(1).flatMap(object =>
      object.kind === 'NetworkPolicy' && object.metadata.name === 'default-deny' ? change(object) : [object],
    ),
  );
  expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('namespace camunda-paris has no NetworkPolicy default-deny') });
  expect(api.changes).toEqual([]);
});

function changed(policy: KubernetesObject, spec: object): KubernetesObject {
  return { ...policy, spec: { ...at<object>(policy, 'spec'), ...spec } };
}

test('what the description names is what is deployed', () => {
  for (const settings of [{}, ofVersion('8.7'), MIGRATION]) {
    const objects = objectsOf(1, settings);
    const text = at<string>(find(objects, 'ConfigMap', 'camunda-recovery-topology'), 'data', 'topology.json');
    const { regions } = JSON.parse(text) as {
      regions: { deployments: Record<string, string[]>; networkPolicies: { members: string[]; denyAll: string } }[];
    };
    const { deployments, networkPolicies } = regions[1];
    for (const name of Object.values(deployments).flat()) expect(find(objects, 'Deployment', name)).toBeDefined();
    for (const name of [...networkPolicies.members, networkPolicies.denyAll]) expect(find(objects, 'NetworkPolicy', name)).toBeDefined();
  }
});

describe('the kubeconfig', () => {
  /** Runs with what stands in the file that KUBECONFIG names, or with neither. */
  async function status(text: string | undefined, ...args: string[]): Promise<{ readonly ended: Ended; readonly file: string }> {
    const file = text === undefined ? join(program.folder, '.kube/config') : join(program.folder, 'other.yaml');
    if (text !== undefined) writeFileSync(file, text);
    const env = { KUBECONFIG: text === undefined ? '' : file };
    return { ended: await program.run(['status', ...args], { env }), file };
  }

  test.each<[string, string | undefined, string]>([
    ['is not there', undefined, 'there is no kubeconfig: neither does FILE exist, nor does the variable KUBECONFIG name another'],
    ['is not YAML', 'contexts: [', 'cannot read the kubeconfig FILE: unexpected end of the stream within a flow collection (2:1);'],
    ['is something else', 'a string', 'the kubeconfig FILE has no contexts'],
    ['is empty', '', 'cannot read the kubeconfig FILE: it is not one;'],
    ['has no contexts', 'contexts: []', 'the kubeconfig FILE has no contexts'],
    ['lacks what it must have', 'contexts: [{ name: paris }]', 'cannot read the kubeconfig FILE: contexts[0].context is missing;'],
  ])('may be one that %s', async (_, text, message) => {
    for (const args of [[], ['--context', 'region1=paris']]) {
      const { ended, file } = await status(text, ...args);
      expect(ended).toMatchObject({ code: 5, out: '', err: expect.stringContaining(message.replace('FILE', file)) });
      expect(ended.err.split('\n')).toHaveLength(2);
    }
  });

  test('may be one that KUBECONFIG names and nobody has written', async () => {
    const ended = await program.run(['status'], { env: { KUBECONFIG: '/nowhere/config' } });
    expect(ended).toMatchObject({ code: 5, err: expect.stringContaining('cannot read the kubeconfig /nowhere/config: ENOENT') });
  });

  test('may have other contexts than those that are named', async () => {
    const text = stringify({ contexts: [{ name: 'paris', context: { cluster: 'paris', user: 'operator' } }] });
    expect((await status(text)).ended).toMatchObject({ code: 2, err: expect.stringContaining('the kubeconfig has paris') });
    expect((await status(text, '--context', 'region0=london')).ended).toMatchObject({
      code: 2,
      err: expect.stringContaining("the kubeconfig has no context 'london'; it has paris"),
    });
  });
});
