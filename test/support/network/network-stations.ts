import { addressAt, cidrContains, parseCidr, sizeOf } from '../../../constructs/topology/plan/cidr';
import { Party } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../../../constructs/topology/plan/names';
import { vpcCidrs } from '../../../constructs/topology/plan/network-plan';
import { SubnetPurpose } from '../../../constructs/topology/plan/subnets';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import type { KubernetesObject, Labels } from '../manifests';
import { selects, workloadsOf } from '../workloads';
import type { Endpoint } from './network-policy-filter';

/** Somewhere that connections start or end. */
export interface Station {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** The parties that it acts for. In the other region it could be any. */
  readonly parties: readonly Party[];
  readonly inNamespace: boolean;
  readonly otherRegion: boolean;
}

const LINK_LOCAL = '169.254.0.0/16';
const { NAMESPACE, CLIENTS, ELASTIC_OPERATOR, CLUSTER_DNS, OUTSIDE, COLLECTOR } = Party;
/** Those that are known by their namespace, or are none. */
const ELSEWHERE: readonly Party[] = [
  NAMESPACE,
  CLIENTS,
  ELASTIC_OPERATOR,
  CLUSTER_DNS,
  OUTSIDE,
  Party.DNS_FORWARDER,
  Party.LOAD_BALANCER,
  COLLECTOR,
];

/** Parties that have pods of their own in the namespace, by their labels. */
export function partiesByLabels(release: string, labels: Labels): Party[] {
  return Object.values(Party).filter(party => {
    const wanted = podLabels(release, party);
    return !ELSEWHERE.includes(party) && Object.keys(wanted).length > 0 && selects(wanted, labels);
  });
}

/**
 * Every pod of the region as it is rendered, pods that are nearly one of those, pods of other namespaces, and addresses at both
 * sides of every border that matters.
 */
export function stationsOf(topology: Topology, regionId: number, objects: readonly KubernetesObject[]): Station[] {
  const { namespace, vpcCidr } = topology.regions[regionId];
  const podAddress = addressAt(parseCidr(vpcCidr)!, 77);

  const pod = (name: string, place: string, labels: Labels, parties: readonly Party[], namespaceLabels: Labels = {}): Station => ({
    name,
    endpoint: {
      address: podAddress,
      pod: { namespace: place, namespaceLabels: { 'kubernetes.io/metadata.name': place, ...namespaceLabels }, labels },
    },
    parties,
    inNamespace: place === namespace,
    otherRegion: false,
  });
  const own = (name: string, labels: Labels): Station =>
    pod(name, namespace, labels, [...partiesByLabels(topology.name, labels), NAMESPACE]);

  const rendered = workloadsOf(objects).map(({ owner, labels }) => ({ owner, labels }));
  // Some parties have pods in one of the regions only, or only for a while. The policies are there all the same.
  const absent = Object.values(Party)
    .filter(party => topology.flows.some(({ source, target }) => [source, target].includes(party)))
    .map(party => ({ owner: `${party}, which has no pods here`, labels: podLabels(topology.name, party) }))
    .filter(({ labels }) => partiesByLabels(topology.name, labels).length > 0 && !rendered.some(one => selects(labels, one.labels)));
  const workloads = [...rendered, ...absent];
  const selected = selectedKeys(objects);
  const nearly = workloads.flatMap(({ owner, labels }) =>
    Object.keys(labels)
      .filter(key => selected.has(key))
      .map(key => own(`nearly ${owner}, without ${key}`, Object.fromEntries(Object.entries(labels).filter(([other]) => other !== key)))),
  );
  const dnsLabels = podLabels(topology.name, CLUSTER_DNS);
  const { namespace: metrics, podLabels: collector } = planOf(topology).settings.monitoring.prometheus;
  const inAClientNamespace = { [FIXED_NAMES.clientLabel]: 'true' };
  const pods = [
    ...workloads.map(({ owner, labels }) => own(owner, labels)),
    ...nearly,
    ...workloads.flatMap(({ owner, labels }) => [
      pod(`a pod elsewhere with the labels of ${owner}`, 'blog', labels, []),
      pod(`a client with the labels of ${owner}`, 'shop', labels, [CLIENTS], inAClientNamespace),
    ]),
    own('a pod without labels', {}),
    own('a pod of the namespace with the labels of CoreDNS', dnsLabels),
    pod('a client', 'shop', {}, [CLIENTS], inAClientNamespace),
    pod('a pod of a namespace without the label', 'blog', {}, []),
    pod('a pod of a namespace with the label set to false', 'wiki', {}, [], { [FIXED_NAMES.clientLabel]: 'false' }),
    pod('a pod that wears the label of its namespace', 'blog', inAClientNamespace, []),
    pod('a pod elsewhere with the labels of CoreDNS', 'blog', dnsLabels, []),
    pod('the operator of Elasticsearch', FIXED_NAMES.elasticOperatorNamespace, {}, [ELASTIC_OPERATOR]),
    pod('the operator of External Secrets', FIXED_NAMES.externalSecretsNamespace, {}, []),
    pod('Prometheus', metrics, { ...collector, pod: '0' }, [COLLECTOR]),
    pod('another pod beside Prometheus', metrics, {}, []),
    ...Object.keys(collector).map(key => {
      const nearly = Object.fromEntries(Object.entries(collector).filter(([other]) => other !== key));
      return pod(`nearly Prometheus, without ${key}`, metrics, nearly, []);
    }),
    pod('a pod elsewhere with the labels of Prometheus', 'blog', collector, []),
    own('a pod of the namespace with the labels of Prometheus', collector),
    pod('CoreDNS', FIXED_NAMES.dnsNamespace, dnsLabels, [CLUSTER_DNS]),
    pod('another pod of kube-system', FIXED_NAMES.dnsNamespace, {}, []),
  ];
  return [...pods, ...addressStations(topology, regionId)];
}

/** Addresses at both sides of every border that matters to a region, and some far from all of them. */
export function addressStations(topology: Topology, regionId: number): Station[] {
  const peer = topology.peerOf(regionId);
  const services = topology.regions.map(({ serviceCidr }) => serviceCidr);
  const [own, others] = [topology.regions[regionId], peer].map(vpcCidrs);
  const inside = [...own, ...others.slice(1), ...services, LINK_LOCAL];
  const hasLoadBalancer = topology.flows.some(({ source }) => source === Party.LOAD_BALANCER);
  // The agent on each node that gives pods their role is one of these.
  const named = topology.flows.flatMap(({ target, cidr }) => (target === Party.ADDRESSES && cidr !== undefined ? [cidr] : []));
  const balancers = hasLoadBalancer
    ? topology.regions[regionId].subnets.filter(({ purpose }) => purpose === SubnetPurpose.PUBLIC).map(({ cidr }) => cidr)
    : [];
  const at = (address: string): Station => {
    const within = (cidr: string): boolean => cidrContains(parseCidr(cidr)!, parseCidr(`${address}/32`)!);
    const otherRegion = within(peer.vpcCidr);
    const parties = otherRegion
      ? Object.values(Party)
      : balancers.some(within)
        ? [Party.LOAD_BALANCER]
        : named.some(within)
          ? [Party.ADDRESSES]
          : inside.some(within)
            ? []
            : [OUTSIDE];
    return { name: address, endpoint: { address }, parties, inNamespace: false, otherRegion };
  };
  const borders = [peer.vpcCidr, ...inside, ...balancers, ...named].flatMap(text => {
    const cidr = parseCidr(text)!;
    return [-1, 0, sizeOf(cidr) - 1, sizeOf(cidr)].map(offset => addressAt(cidr, offset));
  });
  const ends = ['0.0.0.1', '93.184.216.34', '169.254.169.254', '255.255.255.254'];
  return [...new Set([...borders, ...ends])].map(at);
}

/** Labels that any policy selects by. */
function selectedKeys(value: unknown): Set<string> {
  if (value === null || typeof value !== 'object') return new Set();
  return new Set(
    Object.entries(value).flatMap(([key, child]) => (key === 'matchLabels' ? Object.keys(child as Labels) : [...selectedKeys(child)])),
  );
}
