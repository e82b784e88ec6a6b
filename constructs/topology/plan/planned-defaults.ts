import { isClusterSize } from '../settings/camunda';
import type { ResolvedSettings, Resources } from '../settings/resolved-settings';
import type { DefaultPlan } from '../settings/rows/default-plan';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { capacityOf } from '../versions/instance-types';
import { capacityShortage, type Nodes } from './capacity';
import { MAX_NODES_PER_ZONE } from './node-groups';
import { MAX_PARTITION_COUNT } from './placement/partitions';
import { recommendedBroker, type BrokerDefaults } from './sizing';
import { ZONE_COUNT } from './subnets';

/** Four virtual CPUs and 16 GiB of memory, and multiples of that. */
const INSTANCE_TYPES = ['xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge', '32xlarge'].map(
  size => `m6i.${size}`,
);
const USUAL_NODES: Nodes = { instanceType: INSTANCE_TYPES[0], perZone: 2 };
/** Beyond so many times the nodes that brokers need to be apart, fewer and larger ones are better. */
const MAX_SPREAD = 2;
/** Most pods of one workload, by the limits of the settings: beyond, a mistake is not to cost minutes. */
const MAX_PODS = 60;

/** Enough for four replicas of partitions: 8 brokers and 8 partitions. */
const USUAL_BROKER: BrokerDefaults = { memoryMiB: 7168, volumeGiB: 32 };

/**
 * Defaults that follow from brokers, partitions and version. While one of those is wrong, they are the usual ones: a single mistake
 * gives a single message.
 *
 * @param settings with defaults that are computed when they are asked for
 * @param writtenPerZone the number of nodes in a zone, where somebody wrote one
 *
 * @internal
 */
export function plannedDefaults(settings: () => ResolvedSettings, writtenPerZone: unknown): DefaultPlan {
  return {
    get canEncryptBrokers() {
      const { version } = settings().camunda;
      return isKnown(version) && CAMUNDA_VERSIONS[version].tls.betweenBrokers !== undefined;
    },
    get brokerMemoryMiB() {
      return brokerDefaults(settings()).memoryMiB;
    },
    get brokerVolumeGiB() {
      return brokerDefaults(settings()).volumeGiB;
    },
    get instanceType() {
      return nodesFor(settings(), INSTANCE_TYPES, writtenPerZone).instanceType;
    },
    get nodesPerZone() {
      return nodesFor(settings(), [settings().nodes.instanceType]).perZone;
    },
  };
}

function brokerDefaults(settings: ResolvedSettings): BrokerDefaults {
  if (!isSizeable(settings)) return USUAL_BROKER;
  const { memoryMiB, volumeGiB } = recommendedBroker(settings);
  return { memoryMiB: Math.max(USUAL_BROKER.memoryMiB, memoryMiB), volumeGiB: Math.max(USUAL_BROKER.volumeGiB, volumeGiB) };
}

function isSizeable({ camunda: { clusterSize, partitionCount, replicationFactor } }: ResolvedSettings): boolean {
  return isClusterSize(clusterSize) && isCount(partitionCount, MAX_PARTITION_COUNT) && isCount(replicationFactor, clusterSize);
}

/** The smallest of the types of which a number of nodes holds the pods of a region; the usual nodes if none does. */
function nodesFor(settings: ResolvedSettings, instanceTypes: readonly string[], written?: unknown): Nodes {
  if (!isCountable(settings)) return USUAL_NODES;
  const apart = Math.max(settings.camunda.clusterSize / 2, settings.elasticsearch.nodesPerRegion);
  const least = Math.max(USUAL_NODES.perZone, Math.ceil(apart / ZONE_COUNT));
  const numbers = isCount(written, MAX_NODES_PER_ZONE) ? [written] : upTo(least, Math.min(MAX_SPREAD * least, MAX_NODES_PER_ZONE));
  const nodes = instanceTypes.flatMap(instanceType => numbers.map((perZone): Nodes => ({ instanceType, perZone })));
  const enough = nodes.find(one => capacityOf(one.instanceType) && capacityShortage(settings, one) === undefined);
  return enough ?? { ...USUAL_NODES, perZone: least };
}

/** Whether the pods of a region can be counted at all. */
function isCountable(settings: ResolvedSettings): boolean {
  const { camunda, orchestration, gateway, operate, tasklist, connectors, elasticsearch, nodes } = settings;
  const { cpuMillis, memoryMiB } = nodes.systemReserved;
  return (
    Number.isInteger(cpuMillis) &&
    Number.isInteger(memoryMiB) &&
    isKnown(camunda.version) &&
    isClusterSize(camunda.clusterSize) &&
    [gateway.replicas, connectors.replicas, elasticsearch.nodesPerRegion].every(pods => isCount(pods, MAX_PODS)) &&
    [orchestration, gateway, operate, tasklist, connectors, elasticsearch].every(({ resources }) => isDemand(resources))
  );
}

function isDemand({ cpuMillis, memoryMiB }: Resources): boolean {
  return isCount(cpuMillis) && isCount(memoryMiB);
}

function isKnown(version: unknown): version is string {
  return typeof version === 'string' && Object.hasOwn(CAMUNDA_VERSIONS, version);
}

function isCount(value: unknown, max = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
