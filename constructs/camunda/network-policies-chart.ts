import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';
import { egressOf, ingressOf, partiesOfNamespace, podSelectorOf } from './network-policy-rules';
import type { RegionChartProps } from './region-chart-props';

/** Admits the topology's flows in Camunda's namespace, and nothing else in either direction. */
export class NetworkPoliciesChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const policyTypes = ['Ingress', 'Egress'];
    new k8s.KubeNetworkPolicy(this, 'DefaultDeny', {
      metadata: { name: FIXED_NAMES.denyAllPolicy, namespace },
      spec: { podSelector: {}, policyTypes },
    });
    for (const party of partiesOfNamespace(topology)) {
      new k8s.KubeNetworkPolicy(this, party, {
        metadata: { name: party, namespace },
        spec: {
          podSelector: podSelectorOf(party, topology.name),
          policyTypes,
          ingress: ingressOf(party, topology, regionId),
          egress: egressOf(party, topology, regionId),
        },
      });
    }
  }
}
