import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Flow } from '../topology/plan/flows/flows';
import { ingressOf, podSelectorOf } from './network-policy-rules';
import type { RegionChartProps } from './region-chart-props';

/** Properties of a `ClientPoliciesChart`. */
export interface ClientPoliciesChartProps extends RegionChartProps {
  /** What is admitted, all of it from the same source. */
  readonly flows: readonly Flow[];

  /** The source, in letters that a name may have. */
  readonly source: string;
}

/** Admits more clients in Camunda's namespace. Policies add up, so those that are there stay as they are. */
export class ClientPoliciesChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId, flows, source }: ClientPoliciesChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    for (const party of new Set(flows.map(({ target }) => target))) {
      new k8s.KubeNetworkPolicy(this, party, {
        metadata: { name: `${party}-from-${source}`, namespace },
        spec: {
          podSelector: podSelectorOf(party, topology.name),
          policyTypes: ['Ingress'],
          ingress: ingressOf(party, topology, regionId, flows),
        },
      });
    }
  }
}
