import { historyRoom } from '../constructs/topology/plan/history-room';
import { ledIn } from '../constructs/topology/plan/placement/partitions';
import { brokerSizing, elasticsearchHeapMiB } from '../constructs/topology/plan/sizing';
import { planOf } from '../constructs/topology/plan-of';
import { describeProblem } from '../constructs/topology/rules/judging/problem';
import type { Topology } from '../constructs/topology/topology';
import { OPT_IN_REGIONS } from '../constructs/topology/versions/aws-regions';
import { chosenDefaults } from './chosen-defaults';

/**
 * A few lines that tell what a configuration amounts to, for the end of a synthesis.
 *
 * @internal
 */
export function summaryOf(topology: Topology, source: string): string {
  const plan = planOf(topology);
  const { camunda, nodes, elasticsearch } = plan.settings;
  const perRegion = camunda.clusterSize / topology.regions.length;
  const distance = topology.roundTrip.milliseconds;
  return [
    `Camunda ${camunda.version} '${topology.name}' on Kubernetes ${plan.kubernetesVersions().join(' and ')}, in two AWS regions${distance === undefined ? '' : ` ${distance} ms apart`}`,
    ...topology.regions.map(region =>
      [
        `  region ${region.regionId}  ${region.awsRegion}`,
        `VPC ${region.vpcCidr}`,
        `services ${region.serviceCidr}`,
        `namespace ${region.namespace}`,
        `${plan.zones.length > 0 ? 'brokers' : 'node ids'} ${region.brokers.map(broker => broker.brokerId).join(' ')}${region.regionId === topology.activeRegion ? '  (active)' : ''}`,
      ].join('  '),
    ),
    `  brokers   ${camunda.clusterSize} (${perRegion} a region), partitions ${camunda.partitionCount}, replication factor ${camunda.replicationFactor}: two replicas in each region`,
    ...zoneLines(topology),
    `  traffic   to region ${topology.activeRegion}${plan.version.supports.activeActive ? ', and may go to both' : ' only'}`,
    ...phaseLines(topology),
    `  search    ${elasticsearch.nodesPerRegion} Elasticsearch nodes per region; every broker exports to both`,
    `  tls       ${tlsLine(topology)}`,
    `  memory    ${memoryLine(topology)}`,
    `  history   ${historyLine(topology)}`,
    `  nodes     ${3 * nodes.perZone} x ${nodes.instanceType} a region, ${nodes.perZone} in each of three zones`,
    ...chosenDefaults(topology).map(({ setting, value, why }) => `  chosen    ${setting}: ${String(value)}, ${why}`),
    ...topology.regions
      .filter(({ awsRegion }) => OPT_IN_REGIONS.includes(awsRegion))
      .map(({ awsRegion }) => `  enable    ${awsRegion}: an account cannot use this region until somebody enables it`),
    `  warnings  ${topology.warnings.length}`,
    ...topology.warnings.map(problem => `            ${describeProblem(problem)}`),
    `  from      ${source}`,
  ].join('\n');
}

function zoneLines(topology: Topology): string[] {
  const { zones } = planOf(topology);
  if (zones.length === 0) return [];
  return [
    `  zones     ${zones.map(({ name, priority }, i) => `${name} with priority ${priority}, leads ${ledIn(topology.partitions, i)}`).join('; ')}`,
  ];
}

function phaseLines(topology: Topology): string[] {
  const { settings } = planOf(topology);
  const { recovery, camunda } = settings;
  return [
    ...(recovery.recreatedRegion === undefined
      ? []
      : [`  recovery  region ${recovery.recreatedRegion} is being recreated: Operate and Tasklist run in neither region`]),
    ...(camunda.migratingFrom === undefined
      ? []
      : [`  migration data of ${camunda.migratingFrom} is being taken over: exporters of both versions, importer and Job`]),
  ];
}

function tlsLine(topology: Topology): string {
  const {
    settings: { tls },
  } = planOf(topology);
  if (!tls.enabled) return 'off: nothing is encrypted';
  return `Elasticsearch, gateway${tls.betweenBrokers ? ', and brokers among themselves' : '; not between brokers'}`;
}

/** How much of Elasticsearch it takes, by what is expected. */
function historyLine(topology: Topology): string {
  const { settings } = planOf(topology);
  const { keptGiB, usableGiB, daysUntilFull } = historyRoom(settings);
  const { retention, instancesPerDay } = settings.history;
  const kept =
    keptGiB === undefined ? 'kept for ever' : `kept for ${retention.days} days, ${Math.round(keptGiB)} of ${Math.round(usableGiB)} GiB`;
  return `${kept} in each region, with ${instancesPerDay} process instances a day${daysUntilFull === undefined ? '' : `: full on day ${daysUntilFull}`}`;
}

/** What the memory of a broker is divided into, and when it stops. The heap of Elasticsearch is what it gives itself. */
function memoryLine(topology: Topology): string {
  const plan = planOf(topology);
  const { orchestration, elasticsearch } = plan.settings;
  const { heapMiB, nativeMiB, rocksDbMiB, pageCacheMiB, replicas, freeSpaceProcessingMiB } = brokerSizing(plan.settings);
  return [
    `broker ${orchestration.resources.memoryMiB} MiB: heap ${heapMiB}, beside it ${nativeMiB}, RocksDB ${rocksDbMiB} (${replicas} replicas), cache ${pageCacheMiB}`,
    `takes no commands below ${freeSpaceProcessingMiB} MiB of ${orchestration.volumeGiB} GiB`,
    `Elasticsearch heap ${elasticsearchHeapMiB(elasticsearch.resources.memoryMiB)}`,
  ].join('; ');
}
