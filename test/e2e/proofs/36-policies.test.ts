import { Party } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { Topology } from '../../../constructs/topology/topology';
import { objectsOf, type KubernetesObject } from '../../support/manifests';
import { policiesOf, type Policy } from '../../support/network/network-policy-filter';
import type { Station } from '../../support/network/network-stations';
import { CONFIGURATIONS } from '../../support/settings/rendered-configurations';
import { askApiServer } from '../support/api-server';
import { bed } from '../support/bed';
import { figure } from '../support/figure';
import { bothRegions, onceInBothRegions } from '../support/life';
import { addNeighbours, removeNeighbours } from '../support/neighbours';
import { policyEndpoints, type ClusterService, type ClusterTraffic } from '../support/policy-endpoints';
import { policyMaps, type PolicyMaps } from '../support/policy-maps';
import { askAboutPods, askAboutServices, flowsOfPods, stationsIn } from '../support/policy-questions';
import { renderedTraffic } from '../support/rendered-traffic';

/** Ports of one address that fit into the agent's map. */
const MAX_PORTS = 24;
const WAIT_MS = 120_000;

interface Items<T> {
  readonly items: readonly T[];
}

/** A cluster, who is in it, and what the agent makes of it. */
interface Asked {
  readonly topology: Topology;
  readonly traffic: ClusterTraffic;
  readonly stations: readonly Station[];
  readonly maps: PolicyMaps;
}

async function asked(topology: Topology, regionId: number, traffic: ClusterTraffic): Promise<Asked> {
  const maps = await policyMaps(policyEndpoints(traffic));
  return { topology, traffic, stations: stationsIn(topology, regionId, traffic), maps };
}

/** The clusters as they are. */
const deployed = onceInBothRegions(async (regionId): Promise<Asked> => {
  const { topology, regions } = bed();
  const { namespace } = regions[regionId];
  const [policies, namespaces, pods, services] = await Promise.all([
    askApiServer<Items<KubernetesObject>>(regionId, `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`),
    askApiServer<Items<ClusterTraffic['namespaces'][number]>>(regionId, '/api/v1/namespaces'),
    askApiServer<Items<ClusterTraffic['pods'][number]>>(regionId, '/api/v1/pods'),
    askApiServer<Items<ClusterService>>(regionId, '/api/v1/services'),
  ]);
  return asked(topology, regionId, {
    policies: policiesOf(policies.items.map(policy => ({ ...policy, kind: 'NetworkPolicy' }))),
    namespaces: namespaces.items,
    pods: pods.items,
    services: services.items,
  });
});

function expectEveryParty({ topology, stations }: Asked): void {
  const here = new Set(stations.filter(({ otherRegion }) => !otherRegion).flatMap(({ parties }) => parties));
  const missing = flowsOfPods(topology)
    .flatMap(({ source, target }) => [source, target])
    .filter(party => !here.has(party));
  expect([...new Set(missing)]).toEqual([]);
}

describe('policies', () => {
  beforeAll(() => bothRegions(addNeighbours), WAIT_MS);

  afterAll(() => bothRegions(removeNeighbours), WAIT_MS);

  describe.each([0, 1])("the agent of region %i's nodes", regionId => {
    test('is asked about pods of every party', async () => {
      expectEveryParty(await deployed(regionId));
    });

    test('lets pods send and receive exactly the flows of the topology', async () => {
      const { topology, stations, maps } = await deployed(regionId);
      const answers = askAboutPods(topology, stations, maps);
      expect(answers.differences).toEqual([]);
      figure('pods', stations.filter(({ inNamespace }) => inNamespace).length);
      figure('questions', answers.asked);
    });

    test('lets pods send to the addresses of Services whose pods they may send to, and to no other', async () => {
      const { topology, traffic, stations, maps } = await deployed(regionId);
      const answers = askAboutServices(topology, traffic, stations, maps);
      expect(answers.differences).toEqual([]);
      figure('questions', answers.asked);
    });

    test('has room for all ports of an address', async () => {
      const { largest } = (await deployed(regionId)).maps;
      expect(largest.ports).toBeLessThanOrEqual(MAX_PORTS);
      figure('ports of one address, at most', largest.ports);
      figure('addresses and ranges of one map, at most', largest.rows);
    });
  });

  test.each(CONFIGURATIONS)('as rendered for Camunda $name, policies let through the flows as well', async ({ settings }) => {
    const topology = Topology.of(settings);
    for (const { regionId } of topology.regions) {
      const one = await asked(topology, regionId, renderedTraffic(topology, regionId, objectsOf(regionId, settings)));
      expect(askAboutPods(topology, one.stations, one.maps).differences).toEqual([]);
      expect(askAboutServices(topology, one.traffic, one.stations, one.maps).differences).toEqual([]);
      expect(one.maps.largest.ports).toBeLessThanOrEqual(MAX_PORTS);
    }
  });

  describe('notices', () => {
    test('a policy that is missing', async () => {
      const { topology, traffic, stations } = await deployed(0);
      const policies = traffic.policies.filter(({ metadata }) => metadata.name !== String(Party.ELASTICSEARCH));
      const maps = await policyMaps(policyEndpoints({ ...traffic, policies }));
      expect(askAboutPods(topology, stations, maps).differences).toContainEqual(
        expect.stringMatching(/^refused: .*elasticsearch.* 9300\/TCP$/),
      );
    });

    test('a range that is too wide', async () => {
      const { topology, traffic, stations } = await deployed(0);
      const { vpcCidr } = bed().topology.peerOf(0);
      // One that holds an address behind the border.
      const wider = JSON.stringify(traffic.policies).replaceAll(`{"cidr":"${vpcCidr}"}`, '{"cidr":"0.0.0.0/0"}');
      const maps = await policyMaps(policyEndpoints({ ...traffic, policies: JSON.parse(wider) as Policy[] }));
      expect(askAboutPods(topology, stations, maps).differences).toContainEqual(
        expect.stringMatching(/^admitted: .* -> 93\.184\.216\.34 /),
      );
    });

    test('a Service whose selector leaves out a label', async () => {
      const { topology, traffic, stations } = await deployed(0);
      const services = traffic.services.map(service =>
        service.metadata.name === FIXED_NAMES.dnsService ? { ...service, spec: { ...service.spec, selector: {} } } : service,
      );
      const maps = await policyMaps(policyEndpoints({ ...traffic, services }));
      expect(askAboutServices(topology, traffic, stations, maps).differences).toContainEqual(
        expect.stringMatching(/^refused: .* -> Service kube-dns 53\/UDP$/),
      );
    });
  });
});
