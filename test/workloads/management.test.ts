import { PORTS } from '../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES } from '../../constructs/topology/plan/names';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { defaultDeployment } from '../support/deployment';
import {
  at,
  leaves,
  objectsOf,
  podTemplates,
  type Container,
  type KubernetesObject,
  type Labels,
  type PodTemplate,
} from '../support/manifests';
import {
  admitsPeer,
  admitsPort,
  decidesAbout,
  DIRECTIONS,
  policiesOf,
  rulesOf,
  type Endpoint,
  type Policy,
} from '../support/network/network-policy-filter';
import { withSettings } from '../support/settings/changed-settings';
import { FULL_SETTINGS } from '../support/settings/full-settings';

const SETTINGS = [...Object.keys(CAMUNDA_VERSIONS).map(version => withSettings({ camunda: { version } })), FULL_SETTINGS];
const CASES = SETTINGS.flatMap(settings => [0, 1].map(regionId => ({ settings, regionId, objects: objectsOf(regionId, settings) })));
const BROKER = { 'app.kubernetes.io/component': 'zeebe-broker' };

/** Pods that serve the management API: by a port, or by a probe that asks it. */
function managed(objects: readonly KubernetesObject[]): PodTemplate[] {
  return podTemplates(objects)
    .map(({ template }) => template)
    .filter(({ spec }) =>
      spec.containers.some(
        ({ ports = [], ...container }) =>
          ports.some(({ containerPort }) => containerPort === PORTS.management) ||
          leaves(container.readinessProbe).some(({ value }) => value === PORTS.management),
      ),
    );
}

function brokersOf(objects: readonly KubernetesObject[]): PodTemplate[] {
  return podTemplates(objects)
    .filter(({ owner }) => owner.startsWith('StatefulSet/'))
    .map(({ template }) => template)
    .filter(({ metadata }) => Object.entries(BROKER).every(([key, value]) => metadata?.labels?.[key] === value));
}

describe('the management API, which asks for no password', () => {
  test.each(CASES)('can be reached from pods of its own namespace only, in region $regionId', ({ settings, regionId, objects }) => {
    const topology = Topology.of(settings);
    const { namespace } = topology.regions[regionId];
    const policies = policiesOf(objects);
    const pod = (name: string, labels: Labels = {}, namespaceLabels: Labels = {}): Endpoint => ({
      address: addressIn(topology.regions[regionId].vpcCidr),
      pod: { namespace: name, namespaceLabels: { 'kubernetes.io/metadata.name': name, ...namespaceLabels }, labels },
    });
    const inside = [pod(namespace), ...podTemplates(objects).map(({ template }) => pod(namespace, template.metadata?.labels))];
    const outside = [
      pod('shop', {}, { [FIXED_NAMES.clientLabel]: 'true' }),
      pod('blog', BROKER),
      pod(FIXED_NAMES.elasticOperatorNamespace),
      pod('kube-system', { 'k8s-app': 'kube-dns' }),
      ...topology.regions.flatMap(region => [region.vpcCidr, region.serviceCidr]).map(cidr => ({ address: addressIn(cidr) })),
      { address: '198.51.100.9' },
    ];
    const targets = managed(objects);
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) {
      const reaches = (from: Endpoint) => reachesManagement(policies, from, pod(namespace, target.metadata?.labels));
      expect(inside.filter(from => !reaches(from))).toEqual([]);
      expect(outside.filter(reaches)).toEqual([]);
    }
  });

  test.each(CASES)('is served by no object that leads out of the cluster, in region $regionId', ({ objects }) => {
    const services = objects.filter(({ kind }) => kind === 'Service');
    const open = services.filter(service => {
      const { type, externalIPs, externalName } = at<Record<string, unknown>>(service, 'spec');
      return ![undefined, 'ClusterIP'].includes(type as string | undefined) || externalIPs || externalName;
    });
    expect(services.some(service => leaves(service).some(({ value }) => value === PORTS.management))).toBe(true);
    expect(open).toEqual([]);
    expect(objects.filter(({ kind }) => ['Ingress', 'Gateway', 'HTTPRoute', 'TargetGroupBinding'].includes(kind))).toEqual([]);
    const onTheHost = podTemplates(objects).filter(
      ({ template: { spec } }) => spec.hostNetwork || leaves(spec).some(({ path }) => path.endsWith('hostPort')),
    );
    expect(onTheHost).toEqual([]);
  });

  test('crosses the regions through no security group', () => {
    const rules = Object.values(defaultDeployment().stacks).flatMap(({ template }) =>
      Object.values((template as { Resources?: Record<string, { Type: string; Properties?: Record<string, unknown> }> }).Resources ?? {}),
    );
    const ingress = rules.filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress').map(({ Properties }) => Properties!);
    expect(ingress.length).toBeGreaterThan(0);
    expect(ingress.filter(({ FromPort, ToPort }) => Number(FromPort) <= PORTS.management && PORTS.management <= Number(ToPort))).toEqual(
      [],
    );
  });
});

describe('brokers', () => {
  test.each(CASES)('get more time to hand over than Kubernetes gives by default, in region $regionId', ({ objects }) => {
    expect(brokersOf(objects)).toHaveLength(1);
    for (const { spec } of brokersOf(objects)) expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(120);
  });

  test.each(CASES)(
    'wait for the names of all brokers of both regions before anything else, in region $regionId',
    ({ settings, objects }) => {
      const names = Topology.of(settings).brokers.map(({ hostName }) => hostName);
      for (const { spec } of brokersOf(objects)) {
        const [gate] = spec.initContainers as Container[];
        expect(gate.args).toEqual(names);
        // A gate that could fail would keep a broker from starting while the other region is lost.
        expect(gate.env?.find(({ name }) => name === 'DNS_GATE_TIMEOUT_SECONDS')?.value).toMatch(/^\d+$/);
      }
    },
  );
});

function addressIn(cidr: string): string {
  return cidr.replace(/\.0\/\d+$/, '.9');
}

/** Whether both ends let a connection to the management API pass. An end that no policy decides about lets everything pass. */
function reachesManagement(policies: readonly Policy[], from: Endpoint, to: Endpoint): boolean {
  return DIRECTIONS.every(direction => {
    const [own, other] = direction.type === 'Ingress' ? [to, from] : [from, to];
    const deciding = policies.filter(policy => decidesAbout(policy, direction, own));
    const admitted = deciding.some(policy =>
      rulesOf(policy, direction).some(
        rule => admitsPeer(rule, direction, other, policy.metadata.namespace) && admitsPort(rule, PORTS.management, 'TCP'),
      ),
    );
    return deciding.length === 0 || admitted;
  });
}
