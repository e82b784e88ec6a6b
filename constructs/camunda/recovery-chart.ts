import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { camundaLabels, FIXED_NAMES } from '../topology/plan/names';
import { recoveryTopology } from '../topology/plan/recovery/recovery-topology';
import { recoveryTopologyText } from '../topology/plan/recovery/recovery-topology-document';
import type { RegionChartProps } from './region-chart-props';

/**
 * The deployment's own description, in each cluster. Applied last: what it says of the phase holds for everything else.
 */
export class RecoveryChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    new k8s.KubeConfigMap(this, 'Topology', {
      metadata: {
        name: FIXED_NAMES.recoveryTopology,
        namespace: topology.regions[regionId].namespace,
        labels: { ...camundaLabels(topology.name, 'recovery') },
      },
      data: { [FIXED_NAMES.recoveryTopologyKey]: recoveryTopologyText(recoveryTopology(topology)) },
    });
  }
}
