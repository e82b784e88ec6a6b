import { at, find, objectsOf } from '../support/manifests';

test.each([
  [0, 'camunda-london'],
  [1, 'camunda-paris'],
])('gives region %i its namespace, where every pod must meet Pod Security restricted', (regionId, name) => {
  expect(find(objectsOf(regionId), 'Namespace', name).metadata.labels).toEqual({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
});

test('keeps volumes encrypted, in the zone of their pod, and after their claim is gone', () => {
  const storageClass = find(objectsOf(0), 'StorageClass', 'ebs-sc');
  expect(storageClass).toMatchObject({
    metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', iops: '3000', throughput: '125', encrypted: 'true' },
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    reclaimPolicy: 'Retain',
  });
  expect(at(storageClass, 'metadata', 'namespace')).toBeUndefined();
});

test('gives up the volumes of a test set-up with their claims', () => {
  const objects = objectsOf(0, { retainVolumes: false });
  expect(find(objects, 'StorageClass', 'ebs-sc')).toMatchObject({ reclaimPolicy: 'Delete' });
  expect(at(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'persistentVolumeClaimRetentionPolicy')).toEqual({
    whenDeleted: 'Delete',
    whenScaled: 'Retain',
  });
  expect(at(find(objects, 'Elasticsearch', 'elasticsearch'), 'spec', 'volumeClaimDeletePolicy')).toBe(
    'DeleteOnScaledownAndClusterDeletion',
  );
});
