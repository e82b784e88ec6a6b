import { stringify } from 'yaml';
import { PORTS } from '../../../constructs/topology/plan/flows/flows';
import type { RegionTopology } from '../../../constructs/topology/topology';
import { tunnelEnd } from '../support/tunnel-ends';

const TUNNELLED = [PORTS.management, PORTS.rest, PORTS.elasticsearch];

/** Where kwok's tunnels into the pods of a region end, as kwok is told. Whoever listens there plays the containers. */
export function tunnelsText({ regionId, namespace, brokers }: RegionTopology): string {
  const brokerTunnels = brokers.map(({ podName, ordinal }) => tunnels(podName, namespace, tunnelEnd(regionId, ordinal), [podName]));
  return [...brokerTunnels, tunnels('others', namespace, tunnelEnd(regionId))].map(object => stringify(object)).join('---\n');
}

function tunnels(name: string, namespace: string, address: string, matchNames?: string[]): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterPortForward',
    metadata: { name },
    spec: {
      selector: { matchNamespaces: [namespace], ...(matchNames === undefined ? {} : { matchNames }) },
      forwards: TUNNELLED.map(port => ({ ports: [port], target: { port, address } })),
    },
  };
}
