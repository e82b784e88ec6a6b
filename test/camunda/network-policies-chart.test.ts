import { Party } from '../../constructs/topology/flows';
import { Topology } from '../../constructs/topology/topology';
import { changesOf } from '../support/changed-policies';
import { find, objectsOf } from '../support/manifests';
import { DIRECTIONS, policiesOf } from '../support/network-policy-filter';
import { isSame, linesOf, packetFilter, wantedBy } from '../support/network-policy-matrix';
import { partiesByLabels, stationsOf } from '../support/network-stations';
import { CONFIGURATIONS } from '../support/rendered-configurations';
import { workloadsOf } from '../support/workloads';

const DEFAULT_DENY = 'default-deny';
/** The forwarder is no pod, so no policy knows it; security groups do. */
const OF_PODS = (party: Party): boolean => party !== Party.DNS_FORWARDER;

const CASES = CONFIGURATIONS.flatMap(({ name, settings }) =>
  [0, 1].map(regionId => {
    const topology = Topology.of(settings);
    const objects = objectsOf(regionId, settings);
    const policies = policiesOf(objects);
    const stations = stationsOf(topology, regionId, objects);
    const defaultDeny = policies.filter(({ metadata }) => metadata.name === DEFAULT_DENY);
    return { name: `${name}, region ${regionId}`, topology, objects, policies, stations, defaultDeny, filter: packetFilter(stations) };
  }),
);

describe.each(CASES)('Camunda $name', ({ topology, objects, policies, stations, defaultDeny, filter }) => {
  const flows = topology.flows.filter(({ source, target }) => OF_PODS(source) && OF_PODS(target));
  const wanted = wantedBy(flows, stations);

  test('sends and receives exactly the flows of the topology', () => {
    expect(linesOf(filter(policies), stations)).toEqual(linesOf(wanted, stations));
  });

  test('has pods that are one party each, and pods for every flow', () => {
    for (const { labels } of workloadsOf(objects)) expect(partiesByLabels(topology.name, labels).length).toBeLessThanOrEqual(1);
    for (const flow of flows) {
      const others = flows.filter(other => other !== flow);
      expect(linesOf(wantedBy(others, stations), stations).length).toBeLessThan(linesOf(wanted, stations).length);
    }
  });

  test('denies by default: a pod without a policy of its own neither sends nor receives', () => {
    expect(defaultDeny).toHaveLength(1);
    expect(linesOf(filter(defaultDeny), stations)).toEqual([]);
  });

  test('has no place that could be wider or narrower unnoticed', () => {
    const unnoticed = policies.flatMap((original, i) =>
      changesOf(original)
        .filter(({ policy }) => isSame(filter([...policies.slice(0, i), policy, ...policies.slice(i + 1)]), wanted))
        .map(({ what }) => what)
        // It denies what the policy of every pod denies too. What it does by itself is proven above and below.
        .filter(what => !what.startsWith(DEFAULT_DENY)),
    );
    expect(unnoticed).toEqual([]);
  });

  test('has no place of the default that could be left out unnoticed', () => {
    const [policy] = defaultDeny;
    const nothing = filter(defaultDeny);
    expect(isSame(filter([]), nothing)).toBe(false);
    for (const { type, rules } of DIRECTIONS) {
      const policyTypes = policy.spec.policyTypes.filter(other => other !== type);
      const changes = [{ policyTypes }, { [rules]: [{}] }, { podSelector: { matchLabels: { app: 'camunda-platform' } } }];
      for (const change of changes) {
        const spec = { ...policy.spec, ...change };
        expect(isSame(filter([{ ...policy, spec }]), nothing)).toBe(false);
      }
    }
  });
});

const [{ policies: POLICIES, stations: STATIONS, filter: FILTER }] = CASES;

test('tries every kind of pod and address, and enough changes', () => {
  const names = STATIONS.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['StatefulSet/camunda-zeebe', 'Elasticsearch/elasticsearch', 'Deployment/camunda-connectors']),
  );
  expect(names).toEqual(
    expect.arrayContaining([
      '10.201.255.255',
      '10.202.0.0',
      '10.202.255.255',
      '10.203.0.0',
      '10.192.255.255',
      '10.200.0.0',
      '169.254.169.254',
    ]),
  );
  expect(POLICIES.flatMap(changesOf).length).toBeGreaterThan(200);
});

test('lets through what must cross, and keeps back what must not', () => {
  const admitted = linesOf(FILTER(POLICIES), STATIONS);
  expect(admitted).toContain('Ingress: 10.202.0.0 -> StatefulSet/camunda-zeebe 26502/UDP');
  expect(admitted).toContain('Egress: StatefulSet/camunda-zeebe -> 10.202.255.255 9200/TCP');
  expect(admitted).not.toContain('Ingress: 10.202.0.0 -> StatefulSet/camunda-zeebe 9600/TCP');
  expect(admitted).not.toContain('Egress: Deployment/camunda-connectors -> 169.254.169.254 443/TCP');
});

test('stops a stray: a pod that nobody planned reaches nothing but names and the management API', () => {
  const stray = linesOf(FILTER(POLICIES), STATIONS).filter(line => line.includes('a pod without labels'));
  expect(stray.filter(line => !line.startsWith('Ingress: a pod without labels -> StatefulSet/camunda-zeebe 9600/TCP'))).toEqual([
    'Egress: a pod without labels -> StatefulSet/camunda-zeebe 9600/TCP',
    'Egress: a pod without labels -> CoreDNS 53/TCP',
    'Egress: a pod without labels -> CoreDNS 53/UDP',
  ]);
});

test('has no rule without ports or without the other side', () => {
  for (const { spec } of POLICIES) {
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      expect(rule.ports?.length).toBeGreaterThan(0);
      expect((rule.from ?? rule.to)?.length).toBeGreaterThan(0);
    }
  }
});

test.each<[string, object]>([
  ['a range of ports', { ingress: [{ ports: [{ port: 1, endPort: 9, protocol: 'TCP' }] }] }],
  ['a port by name', { ingress: [{ ports: [{ port: 'http', protocol: 'TCP' }] }] }],
  ['a selector by expressions', { podSelector: { matchExpressions: [] } }],
  ['such a selector of the other side', { egress: [{ to: [{ podSelector: { matchExpressions: [] } }] }] }],
])('fails a policy with %s, which the filter does not understand', (_, change) => {
  const policy = find(objectsOf(0), 'NetworkPolicy', DEFAULT_DENY);
  expect(() => policiesOf([{ ...policy, spec: { ...(policy.spec as object), ...change } }])).toThrow(/does not understand|by name/);
});
