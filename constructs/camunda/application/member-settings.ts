import type { k8s } from 'cdk8s-plus-28';
import { PORTS } from '../../topology/plan/flows/flows';
import { kubernetesNames } from '../../topology/plan/names';
import type { Topology } from '../../topology/topology';
import { DISTANCE } from './broker-settings';
import { below, type PlainSettings } from './config-tree';
import { fromField } from './orchestration-environment';

/**
 * How a pod that is no broker joins the cluster: through the brokers of its own region, which tell it of the others. It has to
 * compress what it sends and be as patient as the brokers are.
 *
 * @see Camunda 8 docs, gateway configuration
 *
 * @internal
 */
export function memberSettings(topology: Topology): PlainSettings {
  const { zeebe } = kubernetesNames(topology.name);
  return below('zeebe.gateway.cluster', {
    clusterName: zeebe,
    port: PORTS.brokerInternal,
    initialContactPoints: `${zeebe}:${PORTS.brokerInternal}`,
    messageCompression: DISTANCE.compression,
    'membership.probeTimeout': DISTANCE.probeTimeout,
    'membership.probeInterval': DISTANCE.probeInterval,
  });
}

/**
 * What is a member's own: its name, and the address at which the others reach it.
 *
 * @internal
 */
export function memberEnvironment(): k8s.EnvVar[] {
  return [fromField('ZEEBE_GATEWAY_CLUSTER_MEMBERID', 'metadata.name'), fromField('ZEEBE_GATEWAY_CLUSTER_HOST', 'status.podIP')];
}
