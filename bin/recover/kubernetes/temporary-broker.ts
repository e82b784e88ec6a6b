import type { V1Container, V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import { RecoveryStop } from '../../../lib/recovery/stop';

/** From it and from the ordinal of its pod, a broker computes its node id. */
const REGION_VARIABLE = 'VALUES_REGION_ID';
/** By which it knows its zone, where the cluster has zones. Its node id is the ordinal then. */
const ZONE_VARIABLE = 'CAMUNDA_CLUSTER_ZONE';
const SUFFIX = '-coordinator-0';
/** Of a label of DNS, which the name of the pod is. That of a StatefulSet with a long zone leaves less than the suffix takes. */
const MAX_LABEL = 63;
/** Enough to find a place, and more than it needs in the minutes that it runs. */
const REQUESTS = { cpu: '100m', memory: '1Gi' };

/**
 * A pod that is the first broker of another region, with an empty volume, made from the brokers of this one. Its only use is to be the
 * coordinator, for as long as it takes to cancel a change.
 *
 * @param lostRegionId region whose first broker it is
 * @param lostZone name of the zone of that region, where the cluster has zones
 *
 * @throws RecoveryStop where it would become another broker
 */
export function temporaryBroker({ metadata, spec }: V1StatefulSet, lostRegionId: number, lostZone?: string): V1Pod {
  const template = spec?.template;
  const name = metadata?.name;
  const [volume] = spec?.volumeClaimTemplates ?? [];
  const [container, ...others] = template?.spec?.containers ?? [];
  const identity = { [REGION_VARIABLE]: String(lostRegionId), ...(lostZone === undefined ? {} : { [ZONE_VARIABLE]: lostZone }) };
  const missing = Object.keys(identity).filter(key => !container?.env?.some(variable => variable.name === key));
  // Without it, it would be another broker of this region, with an id that is taken.
  if (!template?.spec || name === undefined || volume?.metadata?.name === undefined || missing.length > 0) {
    throw new RecoveryStop(
      'refused',
      `brokers of StatefulSet ${name} do not compute their id from ${Object.keys(identity).join(' and ')}: nothing is made from them`,
      `bring the coordinator back with its own volume, or ask Camunda's support`,
    );
  }
  const podName = `${name.slice(0, MAX_LABEL - SUFFIX.length)}${SUFFIX}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      namespace: metadata?.namespace,
      labels: template.metadata?.labels,
      annotations: template.metadata?.annotations,
    },
    spec: {
      ...template.spec,
      // It takes whatever place there is.
      affinity: undefined,
      topologySpreadConstraints: undefined,
      // Brokers are found by these names, as those of a StatefulSet are.
      hostname: podName,
      subdomain: spec?.serviceName,
      containers: [asBrokerOf(container, identity), ...others],
      volumes: [...(template.spec.volumes ?? []), { name: volume.metadata.name, emptyDir: {} }],
    },
  };
}

/** @param identity values of the variables that say who it is */
function asBrokerOf(container: V1Container, identity: Readonly<Record<string, string>>): V1Container {
  const { resources = {}, env = [] } = container;
  // What is copied to it would end it.
  const limits = Object.fromEntries(Object.entries(resources.limits ?? {}).filter(([kind]) => kind !== 'ephemeral-storage'));
  return {
    ...container,
    env: env.map(variable => (variable.name in identity ? { name: variable.name, value: identity[variable.name] } : variable)),
    resources: { ...resources, limits, requests: REQUESTS },
  };
}
