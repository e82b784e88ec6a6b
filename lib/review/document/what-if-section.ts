import { partitionsWithoutQuorum, quorumOf } from '../../../constructs/topology/plan/placement/partitions';
import { documentBucketOf } from '../../../constructs/topology/plan/storage/document-storage';
import { snapshotStorage } from '../../../constructs/topology/plan/storage/snapshot-storage';
import { planOf } from '../../../constructs/topology/plan-of';
import { areInS3 } from '../../../constructs/topology/settings/storage/documents';
import type { Topology } from '../../../constructs/topology/topology';
import { ZONE_NOTES, zoneLosses, type ZoneLoss } from '../losses';
import { counted, listed, numbered, toned, toneOf } from './cells';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

/** Up to so many numbers are worth reading. */
const MAX_NUMBERS = 12;

/**
 * What stops, what recovers by itself and what to do when something is lost.
 *
 * @internal
 */
export function whatIfSection(topology: Topology): ReviewSection {
  const tables = [lossTable(topology), commandTable(topology), bucketTable(topology), ...documentTable(topology)];
  const [{ replicas }] = topology.partitions;
  return {
    id: 'what-if',
    title: 'What if',
    summary:
      `A partition processes with ${quorumOf(replicas.length)} of its ${replicas.length} replicas. A lost region stops all of them until a failover; ` +
      `what a lost zone or broker stops is in the table.`,
    tone: toneOf(tables),
    tables,
  };
}

function lossTable(topology: Topology): ReviewTable {
  const { regions } = topology;
  return {
    title: 'Losses',
    columns: ['lost', 'partitions that stop', 'what recovers by itself', 'what you do'],
    rows: [
      ...regions.map(({ regionId }) => regionRow(topology, regionId)),
      ...regions.flatMap(({ regionId }) => zoneLosses(topology, regionId).map(loss => zoneRow(regionId, loss))),
      ...brokerRows(topology),
      peeringRow(topology),
      ...regions.map(({ regionId, awsRegion }): Cell[] => [
        `Elasticsearch of region ${regionId} (${awsRegion})`,
        toned('none', 'good'),
        'exporters go on once it is back; until then records stay on the volumes of the brokers',
        'bring it back before the volumes are full',
      ]),
    ],
    notes: [
      'No acknowledged command is lost with a region: each was on a broker of the other one before it was acknowledged.',
      ...ZONE_NOTES,
      'Camunda documents less than a minute for the steps of a failover, and 5 minutes and the time of a snapshot and its restore for a failback. Measure your own in a drill: docs/recovery.md.',
    ],
  };
}

function regionRow(topology: Topology, regionId: number): Cell[] {
  const { awsRegion, brokers } = topology.regions[regionId];
  const stopped = partitionsWithoutQuorum(
    topology.partitions,
    brokers.map(({ brokerId }) => brokerId),
  );
  const traffic = topology.activeRegion === regionId ? `; route users to region ${1 - regionId}` : '';
  return [
    `region ${regionId} (${awsRegion}), for good`,
    stopped.length === topology.partitions.length ? `all ${stopped.length}` : String(stopped.length),
    'nothing: without the other region no partition has a majority',
    `${failover(regionId)}${traffic}; later ${failback(regionId)}`,
  ];
}

function zoneRow(regionId: number, { name, brokerIds, stopped, certain }: ZoneLoss): Cell[] {
  return [
    `${name} of region ${regionId} (${numbered('broker', brokerIds)}${certain ? '' : ', at worst'})`,
    stoppedText(stopped.length, stopped, certain),
    'leaders move to other brokers; what has no volume starts in the other zones; brokers and Elasticsearch nodes return with the zone',
    stopped.length === 0 ? 'nothing' : 'wait for the zone: a failover would give up the whole region',
  ];
}

function brokerRows(topology: Topology): Cell[][] {
  const stops = topology.brokers.filter(({ brokerId }) => partitionsWithoutQuorum(topology.partitions, [brokerId]).length > 0);
  const led = topology.brokers.map(
    ({ brokerId }) => topology.partitions.filter(({ preferredLeader }) => preferredLeader === brokerId).length,
  );
  return [
    [
      'any one broker',
      stops.length === 0
        ? toned('none', 'good')
        : toned(
            `some, with ${numbered(
              'broker',
              stops.map(({ brokerId }) => brokerId),
            )}`,
            'danger',
          ),
      `the ${counted(Math.max(...led), 'partition at most that it led elects', 'partitions at most that it led elect')} another leader; the pod starts again with its volume`,
      'nothing',
    ],
  ];
}

function peeringRow(topology: Topology): Cell[] {
  return [
    'the connection between the regions',
    `all ${topology.partitions.length}`,
    'everything, once it is back: nothing was decided on either side meanwhile',
    'fix the connection; a failover gives up the region that it names',
  ];
}

function stoppedText(count: number, stopped: readonly number[], certain: boolean): Cell {
  if (count === 0) return toned('none', 'good');
  const numbers = count > MAX_NUMBERS ? String(count) : listed(stopped);
  return toned(certain ? numbers : `up to ${count}`, 'warning');
}

function commandTable(topology: Topology): ReviewTable {
  const contexts = topology.regions.map(({ regionId }) => `region${regionId}=CONTEXT${regionId}`).join(',');
  return {
    title: 'Recovery commands',
    columns: ['lost', 'see', 'fail over', 'bring back', 'deploy meanwhile'],
    rows: topology.regions.map(({ regionId }) => [
      `region ${regionId}`,
      `recover status --context ${contexts}`,
      `${failover(regionId)} --context ${contexts}`,
      `recovery: { recreatedRegion: ${regionId} }, deploy, then ${failback(regionId)} --context ${contexts}`,
      `npx cdk deploy 'Camunda/*${1 - regionId}'`,
    ]),
    notes: [
      'Before a failover be sure that the region is lost; one that is alive is cut off first, with recover fence.',
      `docs/recovery.md is the guide, docs/runbook/${planOf(topology).version.minor}.md the same steps without the program.`,
    ],
  };
}

function failover(regionId: number): string {
  return `recover failover --lost region${regionId}`;
}

function failback(regionId: number): string {
  return `recover failback --recreated region${regionId}`;
}

function bucketTable(topology: Topology): ReviewTable {
  const plan = planOf(topology);
  if (!plan.settings.backup.enabled) {
    return {
      title: 'Buckets that remain',
      columns: ['lost', 'what is there'],
      rows: topology.regions.map(({ regionId }) => [
        `region ${regionId}`,
        toned('no bucket of this deployment: a failback needs a repository that you make', 'warning'),
      ]),
    };
  }
  return {
    title: 'Buckets that remain',
    columns: ['lost', 'the survivor writes', 'the recreated region restores from', 'copies of what the lost region wrote'],
    rows: topology.regions.map(({ regionId }) => {
      const survivor = snapshotStorage(topology, 1 - regionId);
      return [`region ${regionId}`, survivor.bucket, `the same, read-only, client ${survivor.client}`, survivor.copies];
    }),
    notes: [
      'Copies are complete only if nothing was in flight when the region was lost: docs/backup.md says how to look.',
      `Replaced and deleted objects are kept for ${counted(plan.settings.backup.expiryDays, 'day')}.`,
    ],
  };
}

function documentTable(topology: Topology): ReviewTable[] {
  if (!areInS3(planOf(topology).settings.documents)) return [];
  return [
    {
      title: 'Documents that remain',
      columns: ['lost', 'the survivor reads and writes', 'is away'],
      rows: topology.regions.map(({ regionId }) => [
        `region ${regionId}`,
        documentBucketOf(topology, 1 - regionId),
        'documents of the lost region that S3 had not copied yet: they come when that region is back',
      ]),
      notes: [
        'S3 copies most documents within seconds, and promises no time. A failover and a failback change nothing about documents: docs/documents.md.',
      ],
    },
  ];
}
