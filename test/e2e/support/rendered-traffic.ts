import { addressAt, parseCidr } from '../../../constructs/topology/plan/cidr';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { Topology } from '../../../constructs/topology/topology';
import type { KubernetesObject, Labels } from '../../support/manifests';
import { policiesOf } from '../../support/network/network-policy-filter';
import { CLUSTER_DNS, CLUSTER_DNS_LABELS, servicesOf, workloadsOf } from '../../support/workloads';
import type { ClusterTraffic } from './policy-endpoints';

/** Where the addresses begin that pods and Services get, away from the borders of their ranges. */
const FIRST_POD = 1000;
const FIRST_SERVICE = 100;

/** A cluster as it would be with the rendered objects of a region: each pod and Service with an address of its own. */
export function renderedTraffic(topology: Topology, regionId: number, objects: readonly KubernetesObject[]): ClusterTraffic {
  const { namespace, vpcCidr, serviceCidr } = topology.regions[regionId];
  const [podRange, serviceRange] = [vpcCidr, serviceCidr].map(text => parseCidr(text)!);
  const named = (name: string, place: string, labels: Labels) => ({ metadata: { name, namespace: place, labels } });
  const pods = [
    ...workloadsOf(objects).flatMap(({ name, labels, replicas }) =>
      Array.from({ length: replicas }, (_, i) => named(`${name}-${i}`, namespace, labels)),
    ),
    named('stray', namespace, {}),
    named('client', 'clients', {}),
    named('stranger', 'strangers', {}),
    named('elastic-operator-0', FIXED_NAMES.elasticOperatorNamespace, {}),
    named('coredns-0', FIXED_NAMES.dnsNamespace, CLUSTER_DNS_LABELS),
  ];
  const places: Readonly<Record<string, Labels>> = { clients: { [FIXED_NAMES.clientLabel]: 'true' } };
  return {
    policies: policiesOf(objects),
    namespaces: [...new Set(pods.map(({ metadata }) => metadata.namespace))].map(name => ({
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...places[name] } },
    })),
    pods: pods.map((pod, i) => ({ ...pod, status: { podIP: addressAt(podRange, FIRST_POD + i), phase: 'Running' } })),
    services: [...servicesOf(objects).map(service => ({ ...service, namespace })), CLUSTER_DNS].map((service, i) => ({
      metadata: { name: service.name, namespace: service.namespace },
      spec: {
        clusterIP: service.headless ? 'None' : addressAt(serviceRange, FIRST_SERVICE + i),
        selector: service.selector,
        ports: service.ports.map(({ port, targetPort = port, protocol = 'TCP' }) => ({ port, targetPort, protocol })),
      },
    })),
  };
}
