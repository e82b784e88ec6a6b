import { PORTS } from '../../constructs/topology/plan/flows/flows';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, objectsOf, type Container, type KubernetesObject, type PodTemplate } from '../support/manifests';

const OBJECTS = objectsOf(0);

function statefulSet(objects: readonly KubernetesObject[] = OBJECTS): KubernetesObject {
  return find(objects, 'StatefulSet', 'camunda-zeebe');
}

function pod(objects: readonly KubernetesObject[] = OBJECTS): PodTemplate {
  return at<PodTemplate>(statefulSet(objects), 'spec', 'template');
}

function broker(objects: readonly KubernetesObject[] = OBJECTS): Container {
  return pod(objects).spec.containers[0];
}

const LABELS = {
  app: 'camunda-platform',
  'app.kubernetes.io/name': 'camunda-platform',
  'app.kubernetes.io/instance': 'camunda',
  'app.kubernetes.io/part-of': 'camunda-platform',
  'app.kubernetes.io/component': 'zeebe-broker',
};

test("runs half of the brokers, all started together, each one's data kept", () => {
  expect(at(statefulSet(), 'spec')).toMatchObject({
    replicas: 4,
    serviceName: 'camunda-zeebe',
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'ebs-sc', resources: { requests: { storage: '32Gi' } } },
      },
    ],
  });
});

test('has the ports of the topology in the pod and in both Services', () => {
  const ports = [PORTS.rest, PORTS.brokerCommand, PORTS.brokerInternal, PORTS.management, PORTS.gatewayGrpc];
  const portsOf = (service: string) => at<{ port: number }[]>(find(OBJECTS, 'Service', service), 'spec', 'ports').map(({ port }) => port);
  expect(broker().ports!.map(({ containerPort }) => containerPort)).toEqual(ports);
  expect(portsOf('camunda-zeebe')).toEqual(ports);
  expect(portsOf('camunda-zeebe-gateway')).toEqual([PORTS.rest, PORTS.management, PORTS.gatewayGrpc]);
});

test('has no port number twice in a list that kubectl merges by number', () => {
  const lists = [
    broker().ports!.map(port => port.containerPort),
    ...['camunda-zeebe', 'camunda-zeebe-gateway'].map(name =>
      at<{ port: number }[]>(find(OBJECTS, 'Service', name), 'spec', 'ports').map(({ port }) => port),
    ),
  ];
  for (const list of lists) expect(new Set(list).size).toBe(list.length);
});

test('publishes brokers before they are ready, and hands clients ready ones only', () => {
  expect(at(find(OBJECTS, 'Service', 'camunda-zeebe'), 'spec')).toMatchObject({
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: LABELS,
  });
  const gateway = at(find(OBJECTS, 'Service', 'camunda-zeebe-gateway'), 'spec');
  expect(gateway).toMatchObject({ type: 'ClusterIP', selector: LABELS });
  expect(gateway).not.toHaveProperty('publishNotReadyAddresses');
});

test('never puts two brokers on a node, and balances zones', () => {
  const { metadata, spec } = pod(objectsOf(0, { camunda: { clusterSize: 6 } }));
  const labelSelector = { matchLabels: LABELS };
  expect(metadata!.labels).toEqual(LABELS);
  expect(spec.affinity).toEqual({
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey: 'kubernetes.io/hostname' }] },
  });
  expect(spec.topologySpreadConstraints).toEqual([
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector },
  ]);
});

// What these rules come to is proven in test/workloads/zones.test.ts.
test('gives of four brokers each even one a zone to itself', () => {
  const { spec } = pod();
  const near = (values: string[]) => ({
    labelSelector: { matchLabels: LABELS, matchExpressions: [{ key: 'apps.kubernetes.io/pod-index', operator: 'In', values }] },
    topologyKey: 'topology.kubernetes.io/zone',
  });
  expect(spec.affinity).toMatchObject({
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }, near(['0', '2'])] },
    podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: near(['1', '3']) }] },
  });
  expect(spec).not.toHaveProperty('topologySpreadConstraints');
});

test('lets one broker go at a time, and gives it time to hand over', () => {
  expect(at(find(OBJECTS, 'PodDisruptionBudget', 'camunda-zeebe'), 'spec')).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: LABELS },
  });
  expect(pod().spec.terminationGracePeriodSeconds).toBe(120);
});

test('has a readiness probe and no other, since brokers that wait to be added again must not be killed', () => {
  expect(broker().readinessProbe).toEqual({
    httpGet: { path: '/actuator/health/readiness', port: PORTS.management, scheme: 'HTTP' },
    initialDelaySeconds: 30,
    periodSeconds: 30,
    failureThreshold: 5,
    successThreshold: 1,
    timeoutSeconds: 1,
  });
  expect(broker()).not.toHaveProperty('livenessProbe');
  expect(broker()).not.toHaveProperty('startupProbe');
});

test('mounts its files where the version of the image looks for them', () => {
  const { orchestration } = CAMUNDA_VERSIONS['8.9'];
  expect(broker().command).toEqual(['bash', '/usr/local/bin/startup.sh']);
  expect(Object.fromEntries(broker().volumeMounts!.map(({ mountPath, subPath, name }) => [mountPath, subPath ?? name]))).toEqual({
    [orchestration.configurationFile]: 'application.yaml',
    '/usr/local/bin/startup.sh': 'startup.sh',
    [orchestration.dataFolder]: 'data',
    '/exporters': 'exporters',
    '/tmp': 'tmp',
    '/etc/camunda/tls': 'certificates',
    '/var/camunda/tls-truststore': 'tls-truststore',
  });
  expect(pod().spec.volumes![0]).toEqual({ name: 'config', configMap: { name: 'camunda-zeebe-configuration', defaultMode: 0o754 } });
});

test('keeps the variables that Kubernetes makes of Services out of the settings', () => {
  expect(pod().spec.enableServiceLinks).toBe(false);
});

test('replaces the pods when their configuration changes, and only then', () => {
  const checksum = (settings: Parameters<typeof objectsOf>[1]) => pod(objectsOf(0, settings)).metadata!.annotations!['checksum/config'];
  expect(checksum({})).toBe(checksum({ connectors: { replicas: 2 } }));
  expect(checksum({})).not.toBe(checksum({ camunda: { partitionCount: 9 } }));
});

test('follows the settings', () => {
  const objects = objectsOf(1, {
    name: 'flow',
    camunda: { clusterSize: 12 },
    orchestration: { resources: { cpuMillis: 500, cpuLimitMillis: 700, memoryMiB: 7000 }, volumeGiB: 100 },
    images: { registry: 'registry.example.com/mirror', camundaTag: '8.9.3' },
  });
  const set = find(objects, 'StatefulSet', 'flow-zeebe');
  const container = at<Container>(set, 'spec', 'template', 'spec', 'containers', 0);
  expect(at(set, 'spec', 'replicas')).toBe(6);
  expect(at(set, 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage')).toBe('100Gi');
  expect(container.image).toBe('registry.example.com/mirror/camunda/camunda:8.9.3');
  expect(container.resources).toMatchObject({ requests: { cpu: '500m', memory: '7000Mi' }, limits: { cpu: '700m', memory: '7000Mi' } });
  expect(container.env).toContainEqual({ name: 'VALUES_REGION_ID', value: '1' });
  expect(container.env).toContainEqual({ name: 'K8S_SERVICE_NAME', value: 'flow-zeebe' });
});
