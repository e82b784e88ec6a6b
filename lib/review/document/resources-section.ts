import { capacityShortage, workloadDemands, type Demand } from '../../../constructs/topology/plan/capacity';
import { brokerSizing } from '../../../constructs/topology/plan/sizing';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { ZONE_NOTES, zoneLosses } from '../losses';
import { movableDemand, sum, totalOf, zoneLoads, type ZoneLoad } from '../zone-loads';
import { counted, numbered, toned, toneOf } from './cells';
import { historyTable } from './history-table';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

/**
 * Whether the nodes hold the pods, also with one zone gone.
 *
 * @internal
 */
export function resourcesSection(topology: Topology): ReviewSection {
  const zones = zoneLoads(topology);
  const tables = [
    zoneTable(topology, zones),
    workloadTable(topology),
    lostZoneTable(topology, zones),
    brokerTable(topology),
    historyTable(topology),
  ];
  return {
    id: 'resources',
    title: 'Resources of the node groups',
    summary: summaryOf(topology, zones),
    tone: toneOf(tables),
    tables,
  };
}

function summaryOf(topology: Topology, [{ usable }]: readonly ZoneLoad[]): string {
  const { settings } = planOf(topology);
  const { instanceType, perZone } = settings.nodes;
  const nodes = `${counted(perZone, 'node')} of type ${instanceType} in each zone of each region`;
  if (usable === undefined) return `${nodes}; what they hold is not known here.`;
  return capacityShortage(settings) === undefined
    ? `${nodes}; they hold all pods, and with one zone gone, everything without a volume fits in the other two.`
    : `${nodes}; they do not hold all pods.`;
}

function zoneTable(topology: Topology, zones: readonly ZoneLoad[]): ReviewTable {
  const { instanceType, perZone, maxPerZone } = planOf(topology).settings.nodes;
  return {
    title: 'Node groups, one per zone, alike in both regions',
    columns: [
      'node group',
      'nodes',
      'brokers',
      'Elasticsearch nodes',
      'CPU for pods',
      'bound CPU',
      'memory for pods',
      'bound memory',
      'verdict',
    ],
    rows: zones.map(({ name, brokers, elasticsearchNodes, usable, bound }) => [
      name,
      `${perZone} x ${instanceType}, up to ${maxPerZone}`,
      String(brokers),
      String(elasticsearchNodes),
      usable ? cpu(usable) : 'not known',
      usable ? `${cpu(bound)} (${share(bound.cpuMillis, usable.cpuMillis)})` : cpu(bound),
      usable ? memory(usable) : 'not known',
      usable ? `${memory(bound)} (${share(bound.memoryMiB, usable.memoryMiB)})` : memory(bound),
      usable === undefined
        ? toned('check it yourself', 'warning')
        : fits(bound, usable)
          ? toned('fits', 'good')
          : toned('does not fit', 'danger'),
    ]),
    notes: [
      'For pods is what a node has less what EKS reserves and what the agents on every node ask for. Bound is what brokers and Elasticsearch ask for, whose volumes cannot leave the zone.',
      'Requests count, not limits. Memory requests equal their limits.',
      ...planOf(topology).settings.nodes.groups.map(
        ({ name, perZone, instanceType }) => `Beside them, ${perZone} x ${instanceType} in each zone as '${name}', for workloads of yours.`,
      ),
    ],
  };
}

function workloadTable(topology: Topology): ReviewTable {
  const workloads = workloadDemands(planOf(topology).settings);
  const names = [...new Set(workloads.map(({ name }) => name))];
  return {
    title: 'What the pods of a region ask for',
    columns: ['workload', 'pods', 'CPU', 'memory', 'zone'],
    rows: names.map(name => {
      const own = workloads.filter(workload => workload.name === name);
      const total = sum(own.map(totalOf));
      const pods = own.reduce((count, workload) => count + workload.pods, 0);
      return [name, String(pods), cpu(total), memory(total), own[0].zonal ? 'keeps its own' : 'any'];
    }),
  };
}

function lostZoneTable(topology: Topology, zones: readonly ZoneLoad[]): ReviewTable {
  const movable = movableDemand(topology);
  const losses = zoneLosses(topology, 0);
  return {
    title: 'With one zone gone',
    columns: ['lost', 'wait for it to return', 'spare CPU in the other two', 'spare memory', 'what can move', 'partitions that stop'],
    rows: zones.map(({ name, brokers, elasticsearchNodes }) => {
      const left = zones.filter(other => other.name !== name);
      const spare = spareIn(left);
      return [
        name,
        `${counted(brokers, 'broker')}, ${counted(elasticsearchNodes, 'Elasticsearch node')}`,
        spare ? cpu(spare) : 'not known',
        spare ? memory(spare) : 'not known',
        spare === undefined
          ? toned('check it yourself', 'warning')
          : capacityShortage(planOf(topology).settings) === undefined
            ? toned(`all of it fits: ${cpu(movable)} CPU, ${memory(movable)}`, 'good')
            : toned('does not fit', 'danger'),
        stoppedCell(topology, losses.find(loss => loss.name === name) ?? losses[losses.length - 1], zones.length),
      ];
    }),
    notes: [...ZONE_NOTES, 'What can move is placed pod by pod, as the rule capacity does at synthesis; spare room is before that.'],
  };
}

function stoppedCell(topology: Topology, { certain, stopped, name }: ReturnType<typeof zoneLosses>[number], zones: number): Cell {
  if (topology.brokers.length / topology.regions.length < zones && !certain) return 'none';
  if (stopped.length === 0) return toned('none', 'good');
  return toned(certain ? numbered('partition', stopped) : `up to ${stopped.length}, if neighbours share ${name}`, 'warning');
}

function spareIn(zones: readonly ZoneLoad[]): Demand | undefined {
  const usable = zones.flatMap(zone => zone.usable ?? []);
  if (usable.length < zones.length) return undefined;
  const [has, bound] = [sum(usable), sum(zones.map(zone => zone.bound))];
  return { cpuMillis: has.cpuMillis - bound.cpuMillis, memoryMiB: has.memoryMiB - bound.memoryMiB };
}

function brokerTable(topology: Topology): ReviewTable {
  const { settings } = planOf(topology);
  const { memoryMiB } = settings.orchestration.resources;
  const { heapMiB, nativeMiB, rocksDbMiB, pageCacheMiB, replicas, freeSpaceProcessingMiB, leastVolumeMiB } = brokerSizing(settings);
  return {
    title: 'Memory and volume of a broker',
    columns: ['what', 'MiB', 'of'],
    rows: [
      ['Java heap', String(heapMiB), `${memoryMiB} MiB`],
      ['JVM beside it', String(nativeMiB), `${memoryMiB} MiB`],
      [`RocksDB of ${counted(replicas, 'replica')}`, String(rocksDbMiB), `${memoryMiB} MiB`],
      [
        "file system's cache",
        pageCacheMiB * 5 < memoryMiB ? toned(String(pageCacheMiB), 'warning') : String(pageCacheMiB),
        `${memoryMiB} MiB`,
      ],
      ['free space below which it takes no commands', String(freeSpaceProcessingMiB), `${settings.orchestration.volumeGiB} GiB of volume`],
      ['smallest volume that works at all', String(leastVolumeMiB), `${settings.orchestration.volumeGiB} GiB of volume`],
    ],
    notes: ['By the resource planning and disk space pages of the Camunda 8 docs: a fifth of the memory should be left for the cache.'],
  };
}

function fits(demand: Demand, room: Demand): boolean {
  return demand.cpuMillis <= room.cpuMillis && demand.memoryMiB <= room.memoryMiB;
}

function cpu({ cpuMillis }: Demand): string {
  return `${cpuMillis} m`;
}

function memory({ memoryMiB }: Demand): string {
  return `${memoryMiB} MiB`;
}

function share(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}
