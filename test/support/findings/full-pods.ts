import type { PatchSettings } from '../../../constructs/topology/settings/patches';
import type { PodSettings } from '../../../constructs/topology/settings/pod';

/** Everything that the pods of a workload can be given, with valid values. */
export const FULL_POD: Required<PodSettings> = {
  environment: [
    { name: 'HTTP_PROXY_HOST', value: 'proxy.example.com' },
    { name: 'MAIL_PASSWORD', secretName: 'camunda-users', secretKey: 'admin-password' },
  ],
  configuration: { 'camunda.data.primary-storage.rocks-db.memory-limit': '256MB' },
  nodeSelector: { 'example.com/pool': 'processes' },
  tolerations: [
    { key: 'dedicated', operator: 'Equal', value: 'camunda', effect: 'NoExecute', tolerationSeconds: 300 },
    { operator: 'Exists', effect: 'NoSchedule' },
  ],
  annotations: { 'example.com/scrape': 'true' },
  labels: { 'example.com/team': 'processes' },
  imagePullSecrets: ['registry-credentials'],
};

/** Each operation of a JSON patch, on objects that are always there. */
export const FULL_PATCHES: PatchSettings[] = [
  {
    kind: 'StorageClass',
    name: 'ebs-sc',
    operations: [
      { op: 'test', path: '/parameters/type', value: 'gp3' },
      { op: 'replace', path: '/parameters/iops', value: '6000' },
      { op: 'add', path: '/mountOptions', value: ['noatime'] },
      { op: 'copy', from: '/parameters/iops', path: '/metadata/annotations/example.com~1iops' },
      { op: 'move', from: '/mountOptions/0', path: '/mountOptions/-' },
      { op: 'remove', path: '/mountOptions' },
    ],
  },
];
