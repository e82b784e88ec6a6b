/** One Zeebe broker. */
export interface Broker {
  /** Id of the broker, as Camunda's interfaces name it: the node id as text. */
  readonly brokerId: string;

  /** Node id in the Zeebe cluster: ordinal x 2 + region id, so region 0 holds the even ids. */
  readonly nodeId: number;

  /** The region that the broker runs in, 0 or 1. */
  readonly regionId: number;

  /** Ordinal of the pod in its StatefulSet. */
  readonly ordinal: number;

  /** Name of the pod. */
  readonly podName: string;

  /** Name under which the other brokers, of both regions, reach it. */
  readonly hostName: string;
}

/**
 * @see Camunda 8 docs, dual-region: node ids by region
 *
 * @internal
 */
export function brokersOf(name: string, namespaces: readonly string[], clusterSize: number): Broker[] {
  const regions = namespaces.length;
  return Array.from({ length: clusterSize }, (_, nodeId) => {
    const regionId = nodeId % regions;
    const ordinal = Math.floor(nodeId / regions);
    const podName = `${name}-zeebe-${ordinal}`;
    return {
      brokerId: String(nodeId),
      nodeId,
      regionId,
      ordinal,
      podName,
      hostName: `${podName}.${name}-zeebe.${namespaces[regionId]}.svc.cluster.local`,
    };
  });
}
