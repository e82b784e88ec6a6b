import type { PatchOperationSettings, PatchSettings } from '../../constructs/topology/settings/patches';
import { Topology } from '../../constructs/topology/topology';
import { patchedObjects } from '../../constructs/workloads/patched-objects';
import { regionManifests } from '../../lib/region-manifests';
import { FULL_PATCHES } from '../support/findings/full-pods';
import { at, find, objectsOf } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const patches = (kind: string, name: string, ...operations: PatchOperationSettings[]): PatchSettings[] => [{ kind, name, operations }];

test.each([
  ['StatefulSet', 'camunda-zeebe', ['spec', 'template', 'spec'], '/spec/template/spec'],
  ['Deployment', 'camunda-connectors', ['spec', 'template', 'spec'], '/spec/template/spec'],
  ['Elasticsearch', 'elasticsearch', ['spec', 'nodeSets', 0, 'podTemplate', 'spec'], '/spec/nodeSets/0/podTemplate/spec'],
])('changes a field of %s/%s that no setting offers, in both regions, and nothing else', (kind, name, place, pointer) => {
  const hostAliases = [{ ip: '192.0.2.1', hostnames: ['mail.example.com'] }];
  for (const regionId of [0, 1]) {
    const patched = objectsOf(regionId, {
      patches: patches(kind, name, { op: 'add', path: `${pointer}/hostAliases`, value: hostAliases }),
    });
    const pod = at<Record<string, unknown>>(find(patched, kind, name), ...place);
    expect(pod.hostAliases).toEqual(hostAliases);
    delete pod.hostAliases;
    expect(patched).toEqual(objectsOf(regionId));
  }
});

test('sees what everything else has added', () => {
  const patched = objectsOf(0, {
    orchestration: { pod: { environment: [{ name: 'A', value: 'b' }] } },
    patches: patches(
      'StatefulSet',
      'camunda-zeebe',
      { op: 'test', path: '/spec/template/spec/containers/0/env/13', value: { value: 'b', name: 'A' } },
      { op: 'replace', path: '/spec/template/spec/priorityClassName', value: 'mine' },
      { op: 'remove', path: '/spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/1' },
    ),
  });
  const pod = at(find(patched, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec');
  expect(at(pod, 'priorityClassName')).toBe('mine');
  expect(at(pod, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')).toHaveLength(1);
});

test('knows every operation', () => {
  const { parameters, metadata, mountOptions } = find(objectsOf(0, { patches: FULL_PATCHES }), 'StorageClass', 'ebs-sc') as unknown as {
    parameters: object;
    metadata: { annotations: object };
    mountOptions?: unknown;
  };
  expect(parameters).toMatchObject({ iops: '6000' });
  expect(metadata.annotations).toMatchObject({ 'example.com/iops': '6000' });
  expect(mountOptions).toBeUndefined();
});

test('leaves the groups of objects and their order as they are', () => {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, patches: FULL_PATCHES });
  const names = (groups: ReturnType<typeof regionManifests>) =>
    groups.map(({ name, objects }) => [name, objects.map(object => `${String(object.kind)}/${at<string>(object, 'metadata', 'name')}`)]);
  expect(names(regionManifests(topology, 0))).toEqual(names(regionManifests(Topology.of(DEFAULT_SETTINGS), 0)));
});

test.each([
  [
    'StatefulSet',
    'zeebe',
    "'patches[0]' must name an object that is rendered, got 'StatefulSet/zeebe'; objects of this kind are camunda-zeebe",
  ],
  ['Ingress', 'camunda', "got 'Ingress/camunda'; kinds of objects are Namespace, PriorityClass, StorageClass"],
])('fails for %s/%s, which is not rendered', (kind, name, message) => {
  const render = () => objectsOf(0, { patches: patches(kind, name, { op: 'remove', path: '/a' }) });
  expect(render).toThrow(message);
  expect(render).toThrow('[patch-target]');
});

const OBJECT = { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x' }, list: [1, 2], deep: { a: { b: 1 } } };

test.each<[PatchOperationSettings, string]>([
  [{ op: 'remove', path: '/nothing' }, "'remove' cannot be done, because there is nothing at '/nothing'"],
  [{ op: 'replace', path: '/deep/c', value: 1 }, "there is nothing at '/deep/c'"],
  [{ op: 'test', path: '/deep/c', value: 1 }, "there is nothing at '/deep/c'"],
  [{ op: 'test', path: '/deep/a', value: { b: 2 } }, 'the value is another one'],
  [{ op: 'add', path: '/none/c', value: 1 }, "there is nothing at '/none' to hold it"],
  [{ op: 'add', path: '/deep/a/b/c', value: 1 }, "there is nothing at '/deep/a/b' to hold it"],
  [{ op: 'add', path: '/list/3', value: 1 }, "a list of 2 has no place '3'"],
  [{ op: 'add', path: '/list/01', value: 1 }, "a list of 2 has no place '01'"],
  [{ op: 'move', from: '/deep', path: '/deep/a/c' }, "'/deep' cannot be moved into itself"],
  [{ op: 'copy', from: '/nothing', path: '/deep/c' }, "there is nothing at '/nothing'"],
])('fails for %j, and says where and why', (operation, reason) => {
  const apply = () => patchedObjects([OBJECT], patches('Thing', 'x', operation));
  expect(apply).toThrow(`must fit Thing/x: `);
  expect(apply).toThrow(reason);
  expect(apply).toThrow('[patch-failed]');
});

test('fails with every patch that does not fit, and changes nothing in place', () => {
  const before = structuredClone(OBJECT);
  const several = [
    ...patches('Thing', 'x', { op: 'add', path: '/deep/c', value: 1 }, { op: 'remove', path: '/no' }, { op: 'remove', path: '/none' }),
    ...patches('Thing', 'y', { op: 'remove', path: '/list' }),
  ];
  expect(() => patchedObjects([OBJECT], several)).toThrow('the configuration has 3 mistakes');
  expect(OBJECT).toEqual(before);
});
