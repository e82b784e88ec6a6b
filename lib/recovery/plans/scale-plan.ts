import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Plan } from '../run/step';
import { describedCluster } from '../steps/described-cluster';
import { addMembers, addPartitions } from '../steps/scale/grow';
import { judgeScaling } from '../steps/scale/judge-scaling';
import { rehearseScaling } from '../steps/scale/rehearse-scaling';
import { verifyScaling } from '../steps/scale/verify-scaling';
import { idsOf } from '../view/members';

/**
 * What makes members of new brokers and adds partitions, until the cluster is as large as its description. To do it again changes nothing.
 *
 * @param adds brokers that were no members when it began
 *
 * @see Camunda 8 docs, cluster scaling
 *
 * @internal
 */
export function scalePlan(topology: RecoveryTopology, adds: readonly string[]): Plan {
  return {
    title: `Scale: ${topology.regions.flatMap(idsOf).length} brokers, ${topology.partitions.length} partitions`,
    described: describedCluster(topology, 'whole', undefined, true, false),
    steps: [
      judgeScaling(topology),
      rehearseScaling(topology, adds),
      ...(adds.length === 0 ? [] : [addMembers(topology, adds)]),
      addPartitions(topology),
      verifyScaling(topology),
    ],
    afterwards: [
      `see with 'recover verify --wait' that both regions are whole: Kubernetes may restart brokers only now that the new ones are ready`,
      'backups of before this can be restored only into a cluster with the former number of partitions: take one now',
    ],
  };
}
