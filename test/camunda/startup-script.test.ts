import { startupScript } from '../../constructs/camunda/pod/startup-script';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, objectsOf, type Container, type KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';
import { ScriptBed } from '../support/shell';

// Large enough for pods with two digits in their names. A region of so many brokers needs more nodes.
const LARGE = { camunda: { clusterSize: 26 }, nodes: { instanceType: 'm6i.2xlarge', perZone: 5 } };
const TOPOLOGY = Topology.of({ ...DEFAULT_SETTINGS, ...LARGE });
const OBJECTS = TOPOLOGY.regions.map(({ regionId }) => objectsOf(regionId, LARGE));

let bed: ScriptBed;
beforeAll(() => {
  const report = `echo "$(basename "$0")" "$VALUES_ORCHESTRATION_NODE_ID" "$@"`;
  bed = new ScriptBed({ camunda: report, restore: report });
});
afterAll(() => bed.remove());

function scriptOf(objects: readonly KubernetesObject[]): string {
  return at<string>(find(objects, 'ConfigMap', 'camunda-zeebe-configuration'), 'data', 'startup.sh');
}

/** The variables of the rendered container that have a value in the manifest, and the name of the pod. */
function environmentOf(objects: readonly KubernetesObject[], podName: string): { [name: string]: string } {
  const container = at<Container>(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
  const literal = (container.env ?? []).filter(variable => variable.value !== undefined);
  return { ...Object.fromEntries(literal.map(({ name, value }) => [name, value!])), K8S_NAME: podName };
}

test.each(TOPOLOGY.brokers)('starts $podName of region $regionId as node $nodeId', ({ regionId, podName, nodeId }) => {
  const objects = OBJECTS[regionId];
  const run = bed.run(scriptOf(objects), environmentOf(objects, podName));
  expect(run.stderr).toBe('');
  expect(run.stdout.trim().split('\n')).toEqual([`node id ${nodeId}`, `camunda ${nodeId}`]);
  expect(run.status).toBe(0);
});

describe('in a cluster with zones', () => {
  const ZONED = { camunda: { version: '8.10', zones: true, clusterSize: 26 }, nodes: LARGE.nodes };
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...ZONED });
  const objects = topology.regions.map(({ regionId }) => objectsOf(regionId, ZONED));
  const envOf = (regionId: number, podName: string): { [name: string]: string } => {
    const brokers = objects[regionId].find(({ kind }) => kind === 'StatefulSet')!;
    const { env = [] } = at<Container>(brokers, 'spec', 'template', 'spec', 'containers', 0);
    const literal = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
    return { ...(Object.fromEntries(literal) as { [name: string]: string }), K8S_NAME: podName };
  };

  test.each(topology.brokers)('starts $podName of region $regionId as $brokerId', ({ regionId, podName, brokerId }) => {
    const env = envOf(regionId, podName);
    const run = bed.run(scriptOf(objects[regionId]), env);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    const [, nodeId] = run.stdout.trim().split('\n').pop()!.split(' ');
    expect(`${env.CAMUNDA_CLUSTER_ZONE}_${nodeId}`).toBe(brokerId);
  });

  test('has one script, and fails without a number in the name of the pod', () => {
    expect(scriptOf(objects[0])).toBe(scriptOf(objects[1]));
    expect(bed.run(scriptOf(objects[0]), envOf(0, 'camunda-zeebe')).status).not.toBe(0);
  });
});

test('is the same text in both regions', () => {
  expect(scriptOf(OBJECTS[0])).toBe(scriptOf(OBJECTS[1]));
});

test('leaves a node id that was set before as it is', () => {
  const env = { ...environmentOf(OBJECTS[0], 'camunda-zeebe-3'), VALUES_ORCHESTRATION_NODE_ID: '17' };
  expect(bed.run(scriptOf(OBJECTS[0]), env).stdout).toContain('camunda 17');
});

test.each([
  ['a backup', { ZEEBE_RESTORE_FROM_BACKUP_ID: '42' }, 'restore 2 --backupId=42'],
  // Camunda restores to a time where a relational database is the secondary storage. Snapshots of Elasticsearch belong to a backup.
  ['a time', { ZEEBE_RESTORE_TO_TIMESTAMP: '2026-01-02T00:00:00Z' }, 'restore 2'],
  ['nothing else', {}, 'restore 2'],
])('restores instead of starting when it is told to, with %s', (_, variables, expected) => {
  const env = { ...environmentOf(OBJECTS[0], 'camunda-zeebe-1'), ZEEBE_RESTORE: 'true', ...variables };
  const run = bed.run(scriptOf(OBJECTS[0]), env);
  expect(run.stdout.trim().split('\n').pop()).toBe(expected);
  expect(run.status).toBe(0);
});

test.each<[string, { [name: string]: string }]>([
  ['the name of the pod has no number', { K8S_NAME: 'camunda-zeebe', VALUES_REGION_ID: '0' }],
  ['the name of the pod is missing', { VALUES_REGION_ID: '0' }],
  ['the region is missing', { K8S_NAME: 'camunda-zeebe-0' }],
])('fails when %s, and starts nothing', (_, env) => {
  const run = bed.run(scriptOf(OBJECTS[0]), env);
  expect(run.status).not.toBe(0);
  expect(run.stdout).toBe('');
});

test('takes the commands of the version', () => {
  const runtime = {
    ...CAMUNDA_VERSIONS['8.9'].orchestration,
    startCommand: '/opt/start',
    restoreCommand: '/opt/restore',
  };
  const script = startupScript({ ...runtime, nodeIdVariable: 'NODE' }, 2, false);
  expect(script).toContain('exec /opt/start\n');
  expect(script).toContain('exec /opt/restore ');
  expect(script).toContain('export NODE="${NODE:-');
});

test.each(VERSIONS)('hands the id to a broker of %s in the variable that it reads, and starts what it has', version => {
  const objects = objectsOf(1, ofVersion(version));
  const { configMapSuffix, nodeIdVariable, startCommand } = CAMUNDA_VERSIONS[version].orchestration;
  const map = find(objects, 'ConfigMap', `camunda-zeebe-configuration${configMapSuffix}`);
  const script = at<string>(map, 'data', 'startup.sh');
  expect(script).toContain(`exec ${startCommand}\n`);
  // The command is a path of the image: here, something that shows what it is given.
  const run = bed.run(
    script.replace(`exec ${startCommand}\n`, `exec printenv ${nodeIdVariable}\n`),
    environmentOf(objects, 'camunda-zeebe-2'),
  );
  expect(run).toMatchObject({ status: 0, stderr: '', stdout: 'node id 5\n5\n' });
});
