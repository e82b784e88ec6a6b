import { brokersOf, type Broker } from '../../constructs/topology/plan/placement/brokers';
import { roundRobinTable, type Partition } from '../../constructs/topology/plan/placement/partitions';

/** Brokers of two regions that are numbered, or of the zones that are named. */
export function someBrokers(clusterSize: number, zones: readonly string[] = []): Broker[] {
  return brokersOf('camunda', ['region-0', 'region-1'], clusterSize, zones);
}

export function numberedTable(clusterSize: number, partitionCount: number, replicationFactor = 4): Partition[] {
  return roundRobinTable(someBrokers(clusterSize), partitionCount, replicationFactor);
}
