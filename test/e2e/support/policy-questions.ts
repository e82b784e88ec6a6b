import { Party, type Flow, type Transport } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import type { Labels } from '../../support/manifests';
import { linesOf, matrixOf, PORTS_TO_TRY, wantedBy } from '../../support/network/network-policy-matrix';
import { addressStations, partiesByLabels, type Station } from '../../support/network/network-stations';
import { selects } from '../../support/workloads';
import type { ClusterTraffic } from './policy-endpoints';
import type { PolicyMaps } from './policy-maps';

/** What was asked, and where the answer was not that of the flows. */
export interface Answers {
  readonly asked: number;
  readonly differences: readonly string[];
}

/** The flows that policies can know: the forwarder is no pod, so security groups do. */
export function flowsOfPods({ flows }: Topology): readonly Flow[] {
  return flows.filter(({ source, target }) => ![source, target].includes(Party.DNS_FORWARDER));
}

/** All pods of a cluster that have an address, and addresses at both sides of every border, those of the other region included. */
export function stationsIn(topology: Topology, regionId: number, { pods, namespaces }: ClusterTraffic): Station[] {
  const labelsOf = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const { prometheus } = planOf(topology).settings.monitoring;
  const isCollector = (namespace: string | undefined, labels: Labels): boolean =>
    namespace === prometheus.namespace && selects(prometheus.podLabels, labels);
  const inside = pods
    .filter(({ status }) => status.podIP !== undefined)
    .map(({ metadata, status }): Station => {
      const { namespace, labels = {} } = metadata;
      const inNamespace = namespace === topology.regions[regionId].namespace;
      const isDns = namespace === FIXED_NAMES.dnsNamespace && selects(podLabels(topology.name, Party.CLUSTER_DNS), labels);
      const parties = [
        ...(inNamespace ? [...partiesByLabels(topology.name, labels), Party.NAMESPACE] : []),
        ...(isDns ? [Party.CLUSTER_DNS] : []),
        ...(namespace === FIXED_NAMES.elasticOperatorNamespace ? [Party.ELASTIC_OPERATOR] : []),
        ...(isCollector(namespace, labels) ? [Party.COLLECTOR] : []),
        ...(labelsOf.get(namespace)?.[FIXED_NAMES.clientLabel] === 'true' ? [Party.CLIENTS] : []),
      ];
      return { name: `${namespace}/${metadata.name}`, endpoint: { address: status.podIP! }, parties, inNamespace, otherRegion: false };
    });
  return [...inside, ...addressStations(topology, regionId)];
}

/** Asks each pod of the namespace what it sends and receives, of every other pod and address, on every port. */
export function askAboutPods(topology: Topology, stations: readonly Station[], maps: PolicyMaps): Answers {
  const flows = flowsOfPods(topology);
  const admitted = matrixOf(stations, (direction, subject, other) => maps.admits(direction, subject.name, other.endpoint.address));
  const found = linesOf(admitted, stations);
  const wanted = linesOf(wantedBy(flows, stations), stations);
  const [foundSet, wantedSet] = [new Set(found), new Set(wanted)];
  return {
    asked: 2 * stations.filter(({ inNamespace }) => inNamespace).length * stations.length * PORTS_TO_TRY.length,
    differences: [
      ...found.filter(line => !wantedSet.has(line)).map(line => `admitted: ${line}`),
      ...wanted.filter(line => !foundSet.has(line)).map(line => `refused: ${line}`),
    ],
  };
}

/** Asks each pod of the namespace about the address of each Service, which the agent sees before it is replaced by that of a pod. */
export function askAboutServices(
  topology: Topology,
  { services, pods }: ClusterTraffic,
  stations: readonly Station[],
  maps: PolicyMaps,
): Answers {
  const flows = flowsOfPods(topology);
  const partiesOf = new Map(stations.map(({ name, parties }) => [name, parties]));
  const namespaces = topology.regions.map(({ namespace }) => namespace);
  const differences: string[] = [];
  let asked = 0;
  for (const { metadata, spec } of services) {
    const { selector } = spec;
    if (!spec.clusterIP || spec.clusterIP === 'None') continue;
    const behind = pods
      .filter(pod => selector && pod.metadata.namespace === metadata.namespace && selects(selector, pod.metadata.labels ?? {}))
      .flatMap(pod => partiesOf.get(`${pod.metadata.namespace}/${pod.metadata.name}`) ?? []);
    // Some have pods in one of the regions only: then the others have the Service with nothing behind it.
    const meant = selector && namespaces.includes(metadata.namespace) ? partiesByLabels(topology.name, selector) : [];
    const own = (spec.ports ?? []).map(({ port, protocol }) => ({ port, transport: protocol as Transport }));
    for (const sender of stations.filter(({ inNamespace }) => inNamespace)) {
      const admits = maps.admits('Egress', sender.name, spec.clusterIP);
      for (const { port, transport } of [...PORTS_TO_TRY, ...own]) {
        const leadsTo = spec.ports?.find(one => one.port === port && one.protocol === String(transport))?.targetPort;
        const targets = flows
          .filter(flow => flow.port === leadsTo && flow.transport === transport && sender.parties.includes(flow.source))
          .map(({ target }) => target);
        const wanted = targets.some(target => behind.includes(target) || meant.includes(target));
        asked++;
        if (admits({ port, transport }) !== wanted) {
          differences.push(`${wanted ? 'refused' : 'admitted'}: ${sender.name} -> Service ${metadata.name} ${port}/${transport}`);
        }
      }
    }
  }
  return { asked, differences };
}
