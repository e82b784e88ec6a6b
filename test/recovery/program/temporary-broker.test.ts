import type { V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import { Commands } from '../../../bin/recover/commands';
import { temporaryBroker } from '../../../bin/recover/kubernetes/temporary-broker';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { find, objectsOf, type Labels } from '../../support/manifests';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { ScriptBed } from '../../support/shell';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const STATEFUL_SET = 'camunda-zeebe';

const rendered = (version: string): V1StatefulSet => find(objectsOf(1, { camunda: { version } }), 'StatefulSet', STATEFUL_SET);

const bed = new ScriptBed({});
afterAll(() => bed.remove());

/** What the script of a pod says of its name and its variables. */
function saidBy(version: string, pod: V1Pod): string {
  const objects = objectsOf(1, { camunda: { version } });
  const scripts = objects.flatMap(({ kind, data }) => (kind === 'ConfigMap' ? ((data as Labels)['startup.sh'] ?? []) : []));
  const variables = Object.fromEntries(
    pod.spec!.containers[0].env!.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  return bed.run(scripts[0], { ...variables, K8S_NAME: pod.metadata!.name! }).stdout;
}

describe.each(Object.keys(CAMUNDA_VERSIONS))('the temporary broker of Camunda %s', version => {
  const statefulSet = rendered(version);
  const pod = temporaryBroker(statefulSet, 0);
  const [container] = pod.spec!.containers;
  const template = statefulSet.spec!.template.spec!;

  test('is broker 0, in the region of the others', () => {
    expect(saidBy(version, pod)).toMatch(/^node id 0$/m);
    expect(pod.metadata).toMatchObject({ name: 'camunda-zeebe-coordinator-0', namespace: statefulSet.metadata!.namespace });
  });

  test('is found and let in as the others are, and belongs to none of their StatefulSets', () => {
    expect(pod.metadata!.labels).toEqual(statefulSet.spec!.template.metadata!.labels);
    expect(pod.spec).toMatchObject({ hostname: pod.metadata!.name, subdomain: statefulSet.spec!.serviceName });
    // A StatefulSet takes pods whose names are its own and a number.
    expect(pod.metadata!.name).not.toMatch(new RegExp(`^${STATEFUL_SET}-\\d+$`));
  });

  test('has an empty volume, and a place on any node without a broker', () => {
    expect(pod.spec!.volumes).toContainEqual({ name: 'data', emptyDir: {} });
    expect(container.volumeMounts!.map(({ name }) => name).every(name => pod.spec!.volumes!.some(volume => volume.name === name))).toBe(
      true,
    );
    expect(pod.spec!.affinity).toBeUndefined();
    expect(container.resources!.limits).not.toHaveProperty('ephemeral-storage');
    expect(container.resources!.requests).toEqual({ cpu: '100m', memory: '1Gi' });
  });

  test('is as the others in all the rest', () => {
    const [other] = template.containers;
    const unchanged = (one: typeof other): object => ({ ...one, env: undefined, resources: undefined });
    expect(unchanged(container)).toEqual(unchanged(other));
    expect(container.env!.length).toBe(other.env!.length);
    expect(pod.spec!.initContainers).toEqual(template.initContainers);
    expect(pod.spec!.securityContext).toEqual(template.securityContext);
  });
});

test('nothing is made from brokers that would not become broker 0', () => {
  const statefulSet = rendered('8.9');
  const [container, ...others] = statefulSet.spec!.template.spec!.containers;
  const env = container.env!.filter(({ name }) => name !== 'VALUES_REGION_ID');
  const spec = { ...statefulSet.spec!.template.spec!, containers: [{ ...container, env }, ...others] };
  const foreign = { ...statefulSet, spec: { ...statefulSet.spec!, template: { ...statefulSet.spec!.template, spec } } };
  expect(() => temporaryBroker(foreign, 0)).toThrow('do not compute their id from VALUES_REGION_ID');
  expect(() => temporaryBroker({}, 0)).toThrow('nothing is made from them');
});

describe('the temporary broker of a zone', () => {
  const regions = DEFAULT_SETTINGS.regions;
  const settings = { regions, camunda: { version: '8.10', zones: true } };
  const statefulSet: V1StatefulSet = find(objectsOf(1, settings), 'StatefulSet', 'camunda-zeebe-eu-west-3');
  const pod = temporaryBroker(statefulSet, 0, 'eu-west-2');
  const valueOf = (name: string): string | undefined => pod.spec!.containers[0].env!.find(variable => variable.name === name)?.value;

  test('is the first one of the zone that is lost', () => {
    expect(statefulSet.spec!.template.spec!.containers[0].env).toContainEqual({ name: 'CAMUNDA_CLUSTER_ZONE', value: 'eu-west-3' });
    expect([valueOf('CAMUNDA_CLUSTER_ZONE'), valueOf('VALUES_REGION_ID')]).toEqual(['eu-west-2', '0']);
    const scripts = objectsOf(1, settings).flatMap(({ kind, data }) =>
      kind === 'ConfigMap' ? ((data as Labels)['startup.sh'] ?? []) : [],
    );
    expect(bed.run(scripts[0], { K8S_NAME: pod.metadata!.name!, VALUES_REGION_ID: '0' }).stdout).toMatch(/^node id 0$/m);
  });

  test('has a name that a host may have, however long that of the zone is', () => {
    const name = `camunda-zeebe-${'z'.repeat(38)}`;
    const long = temporaryBroker({ ...statefulSet, metadata: { ...statefulSet.metadata, name } }, 0, 'eu-west-2');
    expect(name).toHaveLength(52);
    expect(long.metadata!.name).toMatch(/^camunda-zeebe-z+-coordinator-0$/);
    expect(long.metadata!.name).toHaveLength(63);
    expect(long.spec!.hostname).toBe(long.metadata!.name);
  });

  test('is not made from brokers that know no zone', () => {
    expect(() => temporaryBroker(rendered('8.10'), 0, 'eu-west-2')).toThrow('VALUES_REGION_ID and CAMUNDA_CLUSTER_ZONE');
  });
});

describe('recover temporary-broker', () => {
  const written = writtenOutput();
  const server = new StandInServer();
  let url: string;
  beforeAll(async () => (url = await server.start()));
  afterAll(() => server.stop());
  const commands = (lost: string): Commands => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    return new Commands(foundBy(scenario), { lost }, scenario.clock, new AbortController().signal);
  };

  test('prints it, and nothing else', async () => {
    expect(await commands('region0').temporaryBroker()).toBe(0);
    expect(JSON.parse(written.text)).toEqual({ kind: 'Pod', regionId: 0 });
    expect(server.requests).toEqual([]);
  });

  test('is refused where broker 0 lives', async () => {
    await expect(commands('region1').temporaryBroker()).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('it lives') as string,
    });
  });
});
