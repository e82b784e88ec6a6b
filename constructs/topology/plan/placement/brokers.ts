import { brokerStatefulSet, kubernetesNames } from '../names';

/** One Zeebe broker. */
export interface Broker {
  /** Id of the broker, as Camunda's interfaces name it: the node id as text, after the zone and `_` in a cluster with zones. */
  readonly brokerId: string;

  /**
   * Node id in the Zeebe cluster: ordinal x 2 + region id, so region 0 holds the even ids. In a cluster with zones the ordinal,
   * which each zone has of its own.
   */
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
 * What a partition table needs to know of a broker.
 *
 * @internal
 */
export type Holder = Pick<Broker, 'brokerId' | 'nodeId' | 'regionId' | 'ordinal'>;

/**
 * All brokers in the order in which round robin takes them: the regions take turns.
 *
 * @param zones names of the zones, by region. None if brokers are numbered over all regions
 *
 * @see Camunda 8 docs, dual-region: node ids by region; zone-aware clusters: ids of brokers
 *
 * @internal
 */
export function holdersOf(regions: number, clusterSize: number, zones: readonly string[]): Holder[] {
  return Array.from({ length: clusterSize }, (_, place) => {
    const regionId = place % regions;
    const ordinal = Math.floor(place / regions);
    const zone: string | undefined = zones[regionId];
    return zone === undefined
      ? { brokerId: String(place), nodeId: place, regionId, ordinal }
      : { brokerId: `${zone}_${ordinal}`, nodeId: ordinal, regionId, ordinal };
  });
}

/**
 * The same, with the names by which brokers are reached.
 *
 * @internal
 */
export function brokersOf(name: string, namespaces: readonly string[], clusterSize: number, zones: readonly string[] = []): Broker[] {
  const { zeebe } = kubernetesNames(name);
  return holdersOf(namespaces.length, clusterSize, zones).map(holder => {
    const { regionId, ordinal } = holder;
    const podName = `${brokerStatefulSet(name, zones.at(regionId))}-${ordinal}`;
    return { ...holder, podName, hostName: `${podName}.${zeebe}.${namespaces[regionId]}.svc.cluster.local` };
  });
}
