import { targetGroupBinding } from '../../../constructs/dns/dns-forwarder-binding';
import { Topology } from '../../../constructs/topology/topology';
import { regionManifests } from '../../../lib/region-manifests';
import type { KubernetesObject } from '../manifests';
import { CONFIGURATIONS } from './rendered-configurations';

/** The one object that is deployed with the cluster instead of with Camunda. */
export const BINDING = targetGroupBinding(
  'arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/dns/0123456789abcdef',
) as unknown as KubernetesObject;

/** Every API version and kind that any configuration renders, as `apps/v1 Deployment`. */
export function renderedKinds(): Set<string> {
  const objects = CONFIGURATIONS.flatMap(({ settings }) => {
    const topology = Topology.of(settings);
    return topology.regions.flatMap(({ regionId }) => regionManifests(topology, regionId).flatMap(group => group.objects));
  }) as unknown as KubernetesObject[];
  return new Set([BINDING, ...objects].map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
}
