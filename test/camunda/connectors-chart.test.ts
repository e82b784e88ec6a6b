import { PORTS } from '../../constructs/topology/plan/flows/flows';
import { at, find, objectsOf, type Container, type PodTemplate } from '../support/manifests';
import { withOidc } from '../support/rows/user-rule-rows';
import { ofVersion } from '../support/settings/versions';

const OBJECTS = objectsOf(0);

test("talks to its own region's gateway as its own user", () => {
  const container = at<Container>(find(OBJECTS, 'Deployment', 'camunda-connectors'), 'spec', 'template', 'spec', 'containers', 0);
  for (const variable of [
    { name: 'CAMUNDA_CLIENT_RESTADDRESS', value: 'https://camunda-zeebe-gateway:8080' },
    { name: 'CAMUNDA_CLIENT_GRPCADDRESS', value: 'https://camunda-zeebe-gateway:26500' },
    { name: 'CAMUNDA_CLIENT_AUTH_METHOD', value: 'basic' },
    { name: 'CAMUNDA_CLIENT_AUTH_USERNAME', value: 'connectors' },
    {
      name: 'CAMUNDA_CLIENT_AUTH_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'camunda-users', key: 'connectors-password' } },
    },
    { name: 'CAMUNDA_CONNECTOR_HEADLESS_SERVICEURL', value: 'camunda-connectors-headless' },
  ]) {
    expect(container.env).toContainEqual(variable);
  }
});

test.each(['8.8', '8.9', '8.10'])('gets a token of the identity provider in %s, where users log in by one', version => {
  const objects = objectsOf(0, withOidc({}, {}, ofVersion(version)));
  const container = at<Container>(find(objects, 'Deployment', 'camunda-connectors'), 'spec', 'template', 'spec', 'containers', 0);
  const login = container.env!.filter(({ name }) => name.startsWith('CAMUNDA_CLIENT_AUTH_'));
  expect(login).toEqual([
    { name: 'CAMUNDA_CLIENT_AUTH_METHOD', value: 'oidc' },
    { name: 'CAMUNDA_CLIENT_AUTH_CLIENTID', value: 'camunda-connectors' },
    { name: 'CAMUNDA_CLIENT_AUTH_TOKENURL', value: 'https://login.example.com/realms/camunda/protocol/openid-connect/token' },
    { name: 'CAMUNDA_CLIENT_AUTH_AUDIENCE', value: 'camunda-api' },
    { name: 'CAMUNDA_CLIENT_AUTH_SCOPE', value: 'camunda-api' },
    { name: 'CAMUNDA_CLIENT_AUTH_CLIENTSECRET', valueFrom: { secretKeyRef: { name: 'camunda-oidc', key: 'connectors' } } },
  ]);
});

test('has the port of the topology in the pod and in both Services', () => {
  const container = at<Container>(find(OBJECTS, 'Deployment', 'camunda-connectors'), 'spec', 'template', 'spec', 'containers', 0);
  expect(container.ports!.map(({ containerPort }) => containerPort)).toEqual([PORTS.rest]);
  for (const name of ['camunda-connectors', 'camunda-connectors-headless']) {
    expect(at<{ port: number }[]>(find(OBJECTS, 'Service', name), 'spec', 'ports').map(({ port }) => port)).toEqual([PORTS.rest]);
  }
  expect(at(find(OBJECTS, 'Service', 'camunda-connectors-headless'), 'spec', 'clusterIP')).toBe('None');
});

test('prefers different nodes, but shares one rather than not run at all', () => {
  const affinity = at(find(objectsOf(0), 'Deployment', 'camunda-connectors'), 'spec', 'template', 'spec', 'affinity');
  expect(affinity).toMatchObject({
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          podAffinityTerm: {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'connectors' } },
          },
        },
      ],
    },
  });
});

test('prefers different zones, but runs in one rather than not at all', () => {
  const { spec } = at<PodTemplate>(find(OBJECTS, 'Deployment', 'camunda-connectors'), 'spec', 'template');
  expect(spec.topologySpreadConstraints).toMatchObject([
    { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
  ]);
});

test('has a disruption budget as soon as there is more than one pod', () => {
  expect(OBJECTS.filter(object => object.kind === 'PodDisruptionBudget').map(object => object.metadata.name)).toEqual(['camunda-zeebe']);
  const objects = objectsOf(0, { connectors: { replicas: 2 } });
  expect(at(find(objects, 'Deployment', 'camunda-connectors'), 'spec', 'replicas')).toBe(2);
  expect(at(find(objects, 'PodDisruptionBudget', 'camunda-connectors'), 'spec', 'maxUnavailable')).toBe(1);
});

test('is left out when it is switched off', () => {
  const objects = objectsOf(0, { connectors: { enabled: false } });
  expect(objects.filter(object => object.metadata.name.includes('connectors'))).toEqual([]);
});

describe('of 8.7', () => {
  const environmentOf = (inbound: boolean) => {
    const objects = objectsOf(0, { camunda: { version: '8.7' }, connectors: { inbound } });
    const container = at<Container>(find(objects, 'Deployment', 'camunda-connectors'), 'spec', 'template', 'spec', 'containers', 0);
    return Object.fromEntries(container.env!.map(({ name, value, valueFrom }) => [name, value ?? at(valueFrom, 'secretKeyRef')]));
  };

  test('asks Operate what is deployed, with credentials', () => {
    expect(environmentOf(true)).toMatchObject({
      CAMUNDA_CLIENT_ZEEBE_RESTADDRESS: 'https://camunda-zeebe-gateway:8080',
      CAMUNDA_CLIENT_ZEEBE_GRPCADDRESS: 'https://camunda-zeebe-gateway:26500',
      OPERATE_CLIENT_BASEURL: 'http://camunda-operate:80',
      OPERATE_CLIENT_USERNAME: 'admin',
      OPERATE_CLIENT_PROFILE: 'simple',
      OPERATE_CLIENT_PASSWORD: { name: 'camunda-users', key: 'admin-password' },
    });
  });

  test('does without Operate and its password when nothing comes in', () => {
    const environment = environmentOf(false);
    expect(environment).toMatchObject({
      OPERATE_CLIENT_ENABLED: 'false',
      CAMUNDA_CONNECTOR_POLLING_ENABLED: 'false',
      CAMUNDA_CONNECTOR_WEBHOOK_ENABLED: 'false',
    });
    expect(Object.keys(environment).filter(name => /PASSWORD|BASEURL/.test(name))).toEqual([]);
  });
});

test('waits only for what runs when nothing comes in', () => {
  const objects = objectsOf(0, { connectors: { inbound: false } });
  const container = at<Container>(find(objects, 'Deployment', 'camunda-connectors'), 'spec', 'template', 'spec', 'containers', 0);
  const readiness = { name: 'MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE', value: 'zeebeClient' };
  expect(container.env).toContainEqual(readiness);
  expect(container.env).toContainEqual({ name: 'CAMUNDA_CONNECTOR_WEBHOOK_ENABLED', value: 'false' });
});
