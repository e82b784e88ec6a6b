import { Party, PORTS, Transport, type Flow } from '../../constructs/topology/flows';
import { FIXED_NAMES, podLabels } from '../../constructs/topology/names';
import { Topology } from '../../constructs/topology/topology';
import { find, objectsOf } from '../support/manifests';
import { admits, policiesOf, type Endpoint, type Policy } from '../support/network-policy-filter';
import { DEFAULT_SETTINGS } from '../support/settings';
import { MIGRATION, ofVersion } from '../support/versions';

const { ORCHESTRATION, CONNECTORS, ELASTICSEARCH, NAMESPACE, CLIENTS, ELASTIC_OPERATOR, CLUSTER_DNS, OUTSIDE } = Party;
const OTHER_PARTIES = [Party.GATEWAY, Party.OPERATE, Party.TASKLIST, Party.IMPORTER, Party.MIGRATION];
const PORTS_TO_TRY = [...new Set([...Object.values(PORTS), 22, 9090])];

interface Station {
  readonly endpoint: Endpoint;
  /** The parties that it acts for. In the other region it could be any. */
  readonly parties: readonly Party[];
  readonly inNamespace?: boolean;
  readonly otherRegion?: boolean;
}

function stationsOf(TOPOLOGY: Topology, regionId: number): { [name: string]: Station } {
  const { namespace } = TOPOLOGY.regions[regionId];
  const pod = (name: string, labels = {}, namespaceLabels = {}): Endpoint => ({
    namespace: name,
    namespaceLabels: { 'kubernetes.io/metadata.name': name, ...namespaceLabels },
    labels,
  });
  const own = (party: Party): Station => ({
    endpoint: pod(namespace, podLabels(TOPOLOGY.name, party)),
    parties: [party, NAMESPACE],
    inNamespace: true,
  });
  const addressIn = (cidr: string) => cidr.replace(/\.0\.0\/\d+$/, '.7.7');
  return {
    broker: own(ORCHESTRATION),
    ...Object.fromEntries(
      OTHER_PARTIES.filter(party => TOPOLOGY.flows.some(flow => flow.target === party)).map(party => [party, own(party)]),
    ),
    connectors: own(CONNECTORS),
    elasticsearch: own(ELASTICSEARCH),
    'another pod of the namespace': { endpoint: pod(namespace), parties: [NAMESPACE], inNamespace: true },
    'a client': { endpoint: pod('shop', {}, { [FIXED_NAMES.clientLabel]: 'true' }), parties: [CLIENTS] },
    'a pod of a namespace without the label': { endpoint: pod('blog', {}, { [FIXED_NAMES.clientLabel]: 'false' }), parties: [] },
    'a pod that wears a label of brokers elsewhere': { endpoint: pod('blog', podLabels(TOPOLOGY.name, ORCHESTRATION)), parties: [] },
    'the operator of Elasticsearch': { endpoint: pod(FIXED_NAMES.elasticOperatorNamespace), parties: [ELASTIC_OPERATOR] },
    CoreDNS: { endpoint: pod(FIXED_NAMES.dnsNamespace, podLabels(TOPOLOGY.name, CLUSTER_DNS)), parties: [CLUSTER_DNS] },
    'another pod of kube-system': { endpoint: pod(FIXED_NAMES.dnsNamespace), parties: [] },
    'the other region': {
      endpoint: { address: addressIn(TOPOLOGY.peerOf(regionId).vpcCidr) },
      parties: Object.values(Party),
      otherRegion: true,
    },
    'an address of the own VPC': { endpoint: { address: addressIn(TOPOLOGY.regions[regionId].vpcCidr) }, parties: [] },
    'the address of a Service': { endpoint: { address: addressIn(TOPOLOGY.regions[regionId].serviceCidr) }, parties: [] },
    'the instance metadata': { endpoint: { address: '169.254.169.254' }, parties: [] },
    'the internet': { endpoint: { address: '93.184.216.34' }, parties: [OUTSIDE] },
  };
}

/** Every connection with an end in the namespace, as a line of text. */
function connections(
  topology: Topology,
  regionId: number,
  allowed: (from: Station, to: Station, port: number, transport: Transport) => boolean,
): string[] {
  const stations = Object.entries(stationsOf(topology, regionId));
  const lines: string[] = [];
  for (const [source, from] of stations) {
    for (const [target, to] of stations) {
      if (!from.inNamespace && !to.inNamespace) continue;
      for (const port of PORTS_TO_TRY) {
        for (const transport of Object.values(Transport)) {
          if (allowed(from, to, port, transport)) lines.push(`${source} -> ${target} ${port}/${transport}`);
        }
      }
    }
  }
  return lines;
}

function expectedBy(topology: Topology, flows: readonly Flow[], regionId: number): string[] {
  return connections(topology, regionId, (from, to, port, transport) =>
    flows.some(
      flow =>
        flow.port === port &&
        flow.transport === transport &&
        from.parties.includes(flow.source) &&
        to.parties.includes(flow.target) &&
        (flow.crossRegion || !(from.otherRegion || to.otherRegion)),
    ),
  );
}

function admittedBy(topology: Topology, policies: readonly Policy[], regionId: number): string[] {
  return connections(topology, regionId, (from, to, port, protocol) =>
    admits(policies, { from: from.endpoint, to: to.endpoint, port, protocol }),
  );
}

// 8.8 has the flows of 8.9.
const DEPLOYMENTS = [
  ['8.7', ofVersion('8.7')],
  ['8.8, migrating from 8.7', MIGRATION],
  ['8.9', ofVersion('8.9')],
] as const;

describe.each(DEPLOYMENTS)('Camunda %s', (_version, settings) => {
  const TOPOLOGY = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
  const POLICIES = [0, 1].map(regionId => policiesOf(objectsOf(regionId, settings)));
  const ADMITTED = admittedBy(TOPOLOGY, POLICIES[0], 0);

  test.each([0, 1])('admits exactly the flows of the topology in region %i', regionId => {
    const admitted = admittedBy(TOPOLOGY, POLICIES[regionId], regionId);
    expect(admitted).toEqual(expectedBy(TOPOLOGY, TOPOLOGY.flows, regionId));
    expect(admitted).toContain('the other region -> broker 26502/UDP');
    expect(admitted).not.toContain('the other region -> broker 9600/TCP');
    expect(admitted).not.toContain('connectors -> the instance metadata 443/TCP');
  });

  test.each(TOPOLOGY.flows.filter(flow => ![flow.source, flow.target].includes(Party.DNS_FORWARDER)))(
    'fails the comparison without $source to $target on $port/$transport',
    flow => {
      const others = TOPOLOGY.flows.filter(candidate => candidate !== flow);
      expect(ADMITTED).not.toEqual(expectedBy(TOPOLOGY, others, 0));
    },
  );

  test('has no rule that could be left out', () => {
    const stations = stationsOf(TOPOLOGY, 0);
    const admitted = ADMITTED.map(line => {
      const [, source, target, port, protocol] = /^(.*) -> (.*) (\d+)\/(\w+)$/.exec(line)!;
      return { from: stations[source].endpoint, to: stations[target].endpoint, port: Number(port), protocol };
    });
    POLICIES[0].forEach((policy, i) => {
      for (const type of ['ingress', 'egress'] as const) {
        (policy.spec[type] ?? []).forEach((_, ruleIndex, rules) => {
          const spec = { ...policy.spec, [type]: rules.filter((__, index) => index !== ruleIndex) };
          const fewer = POLICIES[0].map((other, index) => (index === i ? { ...policy, spec } : other));
          expect(admitted.some(connection => !admits(fewer, connection))).toBe(true);
        });
      }
    });
  });

  test('denies by default, with a policy that says nothing else', () => {
    const { spec } = find(objectsOf(0, settings), 'NetworkPolicy', 'default-deny');
    expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('stops a stray: a pod that nobody planned reaches nothing but names and the management API', () => {
    const stray = ADMITTED.filter(line => line.startsWith('another pod of the namespace ->'));
    const managed = ['broker', ...OTHER_PARTIES.filter(party => TOPOLOGY.flows.some(flow => flow.target === party))];
    expect(stray).toEqual([
      ...managed.map(name => `another pod of the namespace -> ${name} 9600/TCP`),
      'another pod of the namespace -> CoreDNS 53/TCP',
      'another pod of the namespace -> CoreDNS 53/UDP',
    ]);
    const withoutDefault = POLICIES[0].filter(policy => Object.keys(policy.spec.podSelector).length > 0);
    expect(admittedBy(TOPOLOGY, withoutDefault, 0).length).toBeGreaterThan(ADMITTED.length);
  });

  test('has no rule without ports or without the other side', () => {
    for (const { spec } of POLICIES.flat()) {
      for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
        expect(rule.ports?.length).toBeGreaterThan(0);
        expect((rule.from ?? rule.to)?.length).toBeGreaterThan(0);
      }
    }
  });
});
