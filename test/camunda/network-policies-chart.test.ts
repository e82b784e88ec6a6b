import { Party, type Flow } from '../../constructs/topology/plan/flows/flows';
import { Topology } from '../../constructs/topology/topology';
import { find, objectsOf } from '../support/manifests';
import { changesOf } from '../support/network/changed-policies';
import { DIRECTIONS, policiesOf } from '../support/network/network-policy-filter';
import { linesOf, packetFilter, wantedBy } from '../support/network/network-policy-matrix';
import { partiesByLabels, stationsOf } from '../support/network/network-stations';
import { CONFIGURATIONS } from '../support/settings/rendered-configurations';
import { workloadsOf } from '../support/workloads';

const DEFAULT_DENY = 'default-deny';
/** The forwarder is no pod, so no policy knows it; security groups do. */
const isOfPods = ({ source, target }: Flow): boolean => ![source, target].includes(Party.DNS_FORWARDER);

const CASES = CONFIGURATIONS.flatMap(({ name, settings }) =>
  [0, 1].map(regionId => {
    const topology = Topology.of(settings);
    const objects = objectsOf(regionId, settings);
    const policies = policiesOf(objects);
    const stations = stationsOf(topology, regionId, objects);
    const defaultDeny = policies.filter(({ metadata }) => metadata.name === DEFAULT_DENY);
    return {
      name: `${name}, region ${regionId}`,
      regionId,
      topology,
      objects,
      policies,
      stations,
      defaultDeny,
      filter: packetFilter(stations),
    };
  }),
);

describe.each(CASES)('Camunda $name', ({ topology, objects, policies, stations, defaultDeny, filter }) => {
  const flows = topology.flows.filter(isOfPods);
  const wanted = wantedBy(flows, stations);

  test('sends and receives exactly the flows of the topology', () => {
    expect(linesOf(filter.admittedBy(policies), stations)).toEqual(linesOf(wanted, stations));
  });

  test('has pods that are one party each, pods for every party, and no flow twice', () => {
    for (const { labels } of workloadsOf(objects)) expect(partiesByLabels(topology.name, labels).length).toBeLessThanOrEqual(1);
    const present = new Set(stations.filter(({ otherRegion }) => !otherRegion).flatMap(({ parties }) => parties));
    expect(flows.flatMap(({ source, target }) => [source, target]).filter(party => !present.has(party))).toEqual([]);
    const keys = flows.map(({ source, target, port, transport }) => `${source} ${target} ${port}/${transport}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('denies by default: a pod without a policy of its own neither sends nor receives', () => {
    expect(defaultDeny).toHaveLength(1);
    expect(linesOf(filter.admittedBy(defaultDeny), stations)).toEqual([]);
  });

  test('has no place of the default that could be left out unnoticed', () => {
    const [policy] = defaultDeny;
    const nothing = filter.admittedBy(defaultDeny);
    const { podSelector, ...rest } = policy.spec;
    expect(filter.admitsExactly([], nothing, [policy])).toBe(false);
    for (const { type, rules } of DIRECTIONS) {
      const policyTypes = rest.policyTypes.filter(other => other !== type);
      const changes = [{ policyTypes }, { [rules]: [{}] }, { podSelector: { matchLabels: { app: 'camunda-platform' } } }];
      for (const change of changes) {
        const changed = { ...policy, spec: { podSelector, ...rest, ...change } };
        expect(filter.admitsExactly([changed], nothing, [policy, changed])).toBe(false);
      }
    }
  });
});

// There are thousands of changes, so one region, and one configuration of each architecture.
const EACH_ARCHITECTURE = CASES.filter(
  ({ topology, regionId, name }, index) =>
    regionId === topology.activeRegion &&
    name.includes('default') &&
    !CASES.slice(0, index).some(earlier => JSON.stringify(earlier.topology.flows) === JSON.stringify(topology.flows)),
);

test('changes the policies of both architectures', () => {
  expect(EACH_ARCHITECTURE).toHaveLength(2);
});

test.each(EACH_ARCHITECTURE)(
  'has no place that could be wider or narrower unnoticed in Camunda $name',
  ({ topology, policies, stations, filter }) => {
    const wanted = wantedBy(topology.flows.filter(isOfPods), stations);
    // It denies what the policy of every pod denies too; what it does by itself is proven above.
    const changeable = policies.filter(({ metadata }) => metadata.name !== DEFAULT_DENY);
    const changes = changeable.flatMap(original => changesOf(original).map(change => ({ ...change, original })));
    expect(changes.length).toBeGreaterThan(200);
    const unnoticed = changes.filter(({ policy, original }) => {
      const changed = policies.map(other => (other === original ? policy : other));
      return filter.admitsExactly(changed, wanted, [original, policy]);
    });
    expect(unnoticed.map(({ what }) => what)).toEqual([]);
  },
);

const [{ policies: POLICIES, stations: STATIONS, filter: FILTER }] = CASES;

test('tries every kind of pod and address', () => {
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
});

test('lets through what must cross, and keeps back what must not', () => {
  const admitted = linesOf(FILTER.admittedBy(POLICIES), STATIONS);
  expect(admitted).toContain('Ingress: 10.202.0.0 -> StatefulSet/camunda-zeebe 26502/UDP');
  expect(admitted).toContain('Egress: StatefulSet/camunda-zeebe -> 10.202.255.255 9200/TCP');
  expect(admitted).not.toContain('Ingress: 10.202.0.0 -> StatefulSet/camunda-zeebe 9600/TCP');
  expect(admitted).not.toContain('Egress: Deployment/camunda-connectors -> 169.254.169.254 443/TCP');
});

test('stops a stray: a pod that nobody planned reaches nothing but names and the management API', () => {
  const ends = /^(Ingress|Egress): a pod without labels -> (\w+\/[\w-]+ 9600\/TCP|CoreDNS 53\/(TCP|UDP))$/;
  const stray = linesOf(FILTER.admittedBy(POLICIES), STATIONS).filter(line => line.includes('a pod without labels'));
  expect(stray.length).toBeGreaterThan(3);
  expect(stray.filter(line => !ends.test(line) && !/ -> nearly .* 9600\/TCP$/.test(line))).toEqual([]);
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
