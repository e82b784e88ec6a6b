import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { dataPriorityName } from '../topology/plan/names';
import type { Topology } from '../topology/topology';

/**
 * Above everything that has no class, which is 0, and far below the classes of Kubernetes itself, which begin at two thousand
 * millions.
 */
const VALUE = 1_000_000;

/**
 * The priority of pods that keep data: brokers and Elasticsearch.
 *
 * Their volumes cannot leave their zone, so when a zone runs short of room it is the other pods that must go, to another
 * zone if need be. That is why they may displace others, which is Kubernetes' default. Among themselves they are equal, and
 * displace nobody. A node that runs out of memory or disk lets go of pods with less priority first, too.
 *
 * @see Kubernetes documentation, pod priority and preemption, and node-pressure eviction
 */
export class DataPriorityClass extends k8s.KubePriorityClass {
  public constructor(scope: Construct, id: string, topology: Topology) {
    super(scope, id, {
      metadata: { name: dataPriorityName(topology.name) },
      value: VALUE,
      preemptionPolicy: 'PreemptLowerPriority',
      globalDefault: false,
      description: "Camunda's brokers and Elasticsearch, whose volumes cannot leave their zone",
    });
  }
}
