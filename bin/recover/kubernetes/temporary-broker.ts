import type { V1Container, V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import { RecoveryStop } from '../../../lib/recovery/stop';

/** From it and from the ordinal of its pod, a broker computes its node id. */
const REGION_VARIABLE = 'VALUES_REGION_ID';
/** Enough to find a place, and more than it needs in the minutes that it runs. */
const REQUESTS = { cpu: '100m', memory: '1Gi' };

/**
 * A pod that is the first broker of another region, with an empty volume, made from the brokers of this one. Its only use is to be the
 * coordinator, for as long as it takes to cancel a change.
 *
 * @param lostRegionId region whose first broker it is
 */
export function temporaryBroker({ metadata, spec }: V1StatefulSet, lostRegionId: number): V1Pod {
  const template = spec?.template;
  const name = metadata?.name;
  const [volume] = spec?.volumeClaimTemplates ?? [];
  const [container, ...others] = template?.spec?.containers ?? [];
  const variables = container?.env ?? [];
  // Without it, it would be another broker of this region, with an id that is taken.
  if (
    !template?.spec ||
    name === undefined ||
    volume?.metadata?.name === undefined ||
    !variables.some(({ name: key }) => key === REGION_VARIABLE)
  ) {
    throw new RecoveryStop(
      'refused',
      `brokers of StatefulSet ${name} do not compute their id from ${REGION_VARIABLE}: nothing is made from them`,
      `bring the coordinator back with its own volume, or ask Camunda's support`,
    );
  }
  const podName = `${name}-coordinator-0`;
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
      containers: [asBrokerOf(container, lostRegionId), ...others],
      volumes: [...(template.spec.volumes ?? []), { name: volume.metadata.name, emptyDir: {} }],
    },
  };
}

function asBrokerOf(container: V1Container, regionId: number): V1Container {
  const { resources = {}, env = [] } = container;
  // What is copied to it would end it.
  const limits = Object.fromEntries(Object.entries(resources.limits ?? {}).filter(([kind]) => kind !== 'ephemeral-storage'));
  return {
    ...container,
    env: env.map(variable => (variable.name === REGION_VARIABLE ? { name: REGION_VARIABLE, value: String(regionId) } : variable)),
    resources: { ...resources, limits, requests: REQUESTS },
  };
}
