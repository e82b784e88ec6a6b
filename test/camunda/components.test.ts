import { parse } from 'yaml';
import { Party, PORTS } from '../../constructs/topology/plan/flows/flows';
import { podLabels } from '../../constructs/topology/plan/names';
import { at, find, objectsOf, type Container, type KubernetesObject, type PodTemplate } from '../support/manifests';
import { ofVersion, patchOf } from '../support/settings/versions';

const SETTINGS = ofVersion('8.7');
const OBJECTS = objectsOf(1, SETTINGS);
const WEB_APPLICATIONS = ['operate', 'tasklist'] as const;
const MEMBERS = ['zeebe-gateway', ...WEB_APPLICATIONS] as const;

function pod(name: string, objects: readonly KubernetesObject[] = OBJECTS): PodTemplate {
  return at<PodTemplate>(find(objects, 'Deployment', `camunda-${name}`), 'spec', 'template');
}

function container(name: string, objects: readonly KubernetesObject[] = OBJECTS): Container {
  return pod(name, objects).spec.containers[0];
}

function configOf(name: string): unknown {
  return parse(at<string>(find(OBJECTS, 'ConfigMap', `camunda-${name}-configuration`), 'data', 'application.yaml'));
}

const portsOf = (service: string) =>
  at<{ port: number; targetPort?: number }[]>(find(OBJECTS, 'Service', service), 'spec', 'ports').map(({ port, targetPort }) => [
    port,
    targetPort ?? port,
  ]);

test('runs brokers without the gateway in them, and leads clients to the gateways', () => {
  const broker = at<Container>(find(OBJECTS, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
  expect(broker.image).toBe(`docker.io/camunda/zeebe:${patchOf('8.7')}`);
  expect(broker.ports!.map(({ containerPort }) => containerPort)).toEqual([PORTS.management, PORTS.brokerCommand, PORTS.brokerInternal]);
  expect(portsOf('camunda-zeebe').map(([port]) => port)).toEqual([PORTS.management, PORTS.brokerCommand, PORTS.brokerInternal]);
  const gateway = find(OBJECTS, 'Service', 'camunda-zeebe-gateway');
  expect(at(gateway, 'spec', 'selector')).toEqual(podLabels('camunda', Party.GATEWAY));
  expect(portsOf('camunda-zeebe-gateway').map(([port]) => port)).toEqual([PORTS.management, PORTS.gatewayGrpc, PORTS.rest]);
});

test.each(WEB_APPLICATIONS)('runs exactly one %s in a region, and never two while one replaces the other', name => {
  expect(at(find(OBJECTS, 'Deployment', `camunda-${name}`), 'spec')).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  expect(OBJECTS.filter(({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name.includes(name))).toEqual([]);
  expect(portsOf(`camunda-${name}`)).toEqual([
    [80, PORTS.rest],
    [PORTS.management, PORTS.management],
  ]);
  expect(container(name).ports!.map(({ containerPort }) => containerPort)).toEqual([PORTS.rest, PORTS.management, PORTS.brokerInternal]);
});

test('brings the indices up to date before Operate starts, with the same image and configuration', () => {
  const migration = pod('operate').spec.initContainers!.at(-1)!;
  expect(migration).toMatchObject({ name: 'migration', command: ['/bin/sh', '/usr/local/operate/bin/migrate'] });
  expect(migration.image).toBe(container('operate').image);
  expect(migration.volumeMounts).toEqual(container('operate').volumeMounts);
  expect(pod('tasklist').spec.initContainers!.map(init => init.name)).toEqual(['trust-store']);
});

test.each(MEMBERS)('makes %s a member of the cluster by its own address, as patient and as compressing as the brokers', name => {
  const own = Object.fromEntries(container(name).env!.map(variable => [variable.name, at(variable, 'valueFrom', 'fieldRef', 'fieldPath')]));
  expect(own).toMatchObject({ ZEEBE_GATEWAY_CLUSTER_MEMBERID: 'metadata.name', ZEEBE_GATEWAY_CLUSTER_HOST: 'status.podIP' });
  const brokers = at(configOf('zeebe'), 'zeebe', 'broker', 'cluster');
  expect(at(configOf(name), 'zeebe', 'gateway', 'cluster')).toEqual({
    clusterName: 'camunda-zeebe',
    port: PORTS.brokerInternal,
    initialContactPoints: 'camunda-zeebe:26502',
    messageCompression: at(brokers, 'messageCompression'),
    membership: at(brokers, 'membership'),
  });
});

test.each(WEB_APPLICATIONS)("lets %s read its own region's Elasticsearch, and work through its own region's gateway", name => {
  const config = configOf(name);
  for (const place of [
    ['camunda', name, 'elasticsearch'],
    ['camunda', name, 'zeebeElasticsearch'],
    ['camunda', 'database'],
  ]) {
    expect(at(config, ...place)).toMatchObject({
      clusterName: 'elasticsearch',
      url: 'https://elasticsearch-es-http:9200',
      username: 'camunda',
      password: '${VALUES_ELASTICSEARCH_PASSWORD}',
    });
  }
  expect(at(config, 'camunda', name, 'zeebeElasticsearch', 'prefix')).toBe('zeebe-record');
  expect(at(config, 'camunda', name, 'zeebe', 'gatewayAddress')).toBe('camunda-zeebe-gateway:26500');
  expect(at(config, 'camunda', 'tasklist', 'zeebe', 'restAddress')).toBe(
    name === 'tasklist' ? 'https://camunda-zeebe-gateway:8080' : undefined,
  );
});

test('gives the users of Operate and Tasklist generated passwords, those that Tasklist makes by itself too', () => {
  const administrator = { userId: 'admin', displayName: 'Administrator', password: '${VALUES_ADMIN_PASSWORD}', roles: ['OWNER'] };
  for (const name of WEB_APPLICATIONS) expect(at(configOf(name), 'camunda', name)).toMatchObject(administrator);
  expect(at(configOf('tasklist'), 'camunda', 'tasklist')).toMatchObject({
    readerUserId: 'connectors',
    readerPassword: '${VALUES_CONNECTORS_PASSWORD}',
    operatorUserId: 'connectors',
    operatorPassword: '${VALUES_CONNECTORS_PASSWORD}',
  });
});

test.each(MEMBERS)('has a value for every placeholder of %s', name => {
  const text = at<string>(find(OBJECTS, 'ConfigMap', `camunda-${name}-configuration`), 'data', 'application.yaml');
  const known = container(name).env!.map(variable => variable.name);
  expect([...text.matchAll(/\$\{([^}]+)\}/g)].map(match => match[1]).filter(variable => !known.includes(variable))).toEqual([]);
});

test('spreads gateways over nodes and zones, and lets one go at a time', () => {
  const { affinity, topologySpreadConstraints } = pod('zeebe-gateway').spec;
  expect(affinity).toMatchObject({
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] },
  });
  expect(topologySpreadConstraints).toMatchObject([{ topologyKey: 'topology.kubernetes.io/zone' }]);
  expect(at(find(OBJECTS, 'PodDisruptionBudget', 'camunda-zeebe-gateway'), 'spec', 'maxUnavailable')).toBe(1);
  const single = objectsOf(0, { ...SETTINGS, gateway: { replicas: 1 } });
  expect(single.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual(['camunda-zeebe']);
});

test('follows the settings, with one tag for all that must be of the same patch', () => {
  const resources = { cpuMillis: 700, cpuLimitMillis: 900, memoryMiB: 1500 };
  const objects = objectsOf(0, {
    ...SETTINGS,
    gateway: { replicas: 3, resources },
    operate: { resources },
    tasklist: { resources },
    images: { registry: 'registry.example.com', camundaTag: '8.7.30', connectorsTag: '8.7.20', elasticsearchTag: '8.17.4' },
  });
  expect(at(find(objects, 'Deployment', 'camunda-zeebe-gateway'), 'spec', 'replicas')).toBe(3);
  for (const name of MEMBERS) {
    expect(container(name, objects).resources).toMatchObject({
      requests: { cpu: '700m', memory: '1500Mi' },
      limits: { cpu: '900m', memory: '1500Mi' },
    });
    expect(container(name, objects).image).toMatch(/^registry\.example\.com\/camunda\/(zeebe|operate|tasklist):8\.7\.30$/);
  }
  const elasticsearch = at(find(objects, 'Elasticsearch', 'elasticsearch'), 'spec');
  expect(elasticsearch).toMatchObject({ version: '8.17.4', image: 'registry.example.com/elasticsearch/elasticsearch:8.17.4' });
});

test.each(MEMBERS)('replaces the pods of %s when their configuration changes, and only then', name => {
  const checksum = (release: string, replicas: number) => {
    const objects = objectsOf(0, { ...SETTINGS, name: release, gateway: { replicas } });
    return at<string>(find(objects, 'Deployment', `${release}-${name}`), 'spec', 'template', 'metadata', 'annotations', 'checksum/config');
  };
  expect(checksum('camunda', 2)).toBe(checksum('camunda', 1));
  expect(checksum('camunda', 2)).not.toBe(checksum('orders', 2));
});
