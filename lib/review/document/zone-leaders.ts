import { shareLeaders } from '../../../constructs/topology/plan/placement/cluster-zones';
import { ledIn } from '../../../constructs/topology/plan/placement/partitions';
import { plannedPartitions } from '../../../constructs/topology/plan/placement/planned-placement';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { crossRegionTraffic } from '../monthly-cost';
import type { Cell, ReviewTable } from './review-document';

/** Priorities by region, and what would set them. */
interface Choice {
  readonly name: string;
  readonly priorities: readonly number[];
}

/**
 * What the priorities of zones mean for leaders, latency and traffic, beside the other choices. None where brokers are numbered.
 *
 * @internal
 */
export function zoneTables(topology: Topology): ReviewTable[] {
  const { zones } = planOf(topology);
  if (zones.length === 0) return [];
  return [
    {
      title: 'Zones of Camunda',
      columns: ['zone', 'region', 'brokers', 'replicas of each partition', 'priority'],
      rows: zones.map(({ name, numberOfBrokers, numberOfReplicas, priority }, regionId) => [
        name,
        String(regionId),
        String(numberOfBrokers),
        String(numberOfReplicas),
        String(priority),
      ]),
      notes: [
        "A cluster keeps the list that it started with. Later priorities are those of 'recover switch', and 'recover status' shows them.",
      ],
    },
    {
      title: 'Where partitions are led, by the priorities of zones',
      columns: [
        'priorities',
        ...topology.regions.map(({ regionId }) => `led in region ${regionId}`),
        ...topology.regions.map(({ regionId }) => `round trip of a command from region ${regionId}`),
        ...topology.regions.map(({ regionId }) => `bytes from region ${regionId} to the other, for each byte of log and of exports`),
      ],
      rows: choicesFor(topology).map(choice => rowOf(topology, choice)),
      notes: [
        'A command waits for a broker of the other region in any case: a majority is three of four replicas. A client in the region without the leader waits for a second crossing. Figures are means over the partitions, of the round trip between the regions alone.',
        'Bytes cross once for each replica and for the Elasticsearch in the other region, and leave from the region of the leader.',
      ],
    },
  ];
}

function choicesFor(topology: Topology): Choice[] {
  const priorities = planOf(topology).zones.map(({ priority }) => priority);
  const configured = { name: `configured: ${priorities.join(' and ')}`, priorities };
  if (shareLeaders(planOf(topology).zones)) {
    return [
      configured,
      ...topology.regions.map(({ regionId }) => ({
        name: `region ${regionId} higher`,
        priorities: priorities.map((_, i) => (i === regionId ? 1000 : 500)),
      })),
    ];
  }
  const led = priorities[0] > priorities[1] ? 1 : 0;
  return [
    configured,
    { name: `after 'recover switch --to region${led}'`, priorities: [...priorities].reverse() },
    { name: 'equal', priorities: priorities.map(() => Math.max(...priorities)) },
  ];
}

function rowOf(topology: Topology, { name, priorities }: Choice): Cell[] {
  const { settings } = planOf(topology);
  const regions = settings.regions.map((region, i) => ({ ...region, zone: { ...region.zone, priority: priorities[i] } }));
  const partitions = plannedPartitions({ ...settings, regions });
  const led = regions.map((_, regionId) => ledIn(partitions, regionId));
  const { milliseconds } = topology.roundTrip;
  const { copiesOfLog, copiesOfExports } = crossRegionTraffic(topology);
  const share = led.map(count => count / partitions.length);
  return [
    name,
    ...led.map(String),
    ...share.map(own => (milliseconds === undefined ? 'not known' : `${rounded(milliseconds * (1 + (1 - own)))} ms`)),
    ...share.map(own => `${rounded(copiesOfLog * own)} + ${rounded(copiesOfExports * own)}`),
  ];
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
