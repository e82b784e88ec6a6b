import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { ClusterConfiguration } from './cluster-configuration';
import type { ClusterReadings } from './cluster-readings';
import { minorOf, type ClusterTopology } from './cluster-topology';
import { growthOf } from './growth';
import { idsOf, listText, sidesOf, sorted } from './members';
import { searchDifferences } from './search-comparison';
import type { Comparison, Stage } from './stage';
import { layoutDifferences } from './zone-layout';

/** What gateways count of a cluster that is to grow is not what is described, and changes on the way. */
const UNCOUNTED = { clusterSize: NaN, partitionsCount: NaN };

/**
 * Holds everything that the description says against what the system says of itself. What the stage explains is no difference, and
 * what the system does not tell is none either.
 *
 * @internal
 */
export function compare(description: RecoveryTopology, readings: ClusterReadings, stage: Stage): Comparison {
  const { gateways, configuration, exporters, search } = readings;
  const differences: string[] = [];
  const warnings: string[] = [];
  const members = configuration?.ok ? configuration.value : undefined;
  const growth = members && stage.kind === 'whole' ? growthOf(description, members, stage.changing || undefined) : undefined;
  const seen = gateways.ok ? { ...gateways.value, ...(growth ? UNCOUNTED : {}) } : undefined;
  if (seen) {
    differences.push(...versionDifferences(description, seen, stage, warnings));
    differences.push(...sizeDifferences(description, seen, members, stage));
  }
  differences.push(...wrongRegion(description, seen, members, stage));
  differences.push(...memberDifferences(description, seen, members, stage));
  differences.push(...partitionDifferences(description, seen, members, growth?.partitions));
  if (members?.layout) differences.push(...layoutDifferences(description, members.layout, needed(description, stage)));
  if (exporters?.ok) differences.push(...exporterDifferences(description, exporters.value, warnings));
  if (seen && members?.clusterId !== undefined && seen.clusterId !== '' && seen.clusterId !== members.clusterId) {
    differences.push(
      `the REST API is that of cluster ${seen.clusterId}, the management API that of cluster ${members.clusterId}: they are two clusters`,
    );
  }
  const fromSearch = searchDifferences(description, search, stage);
  return { differences: [...differences, ...fromSearch.differences], warnings: [...warnings, ...fromSearch.warnings] };
}

function versionDifferences(
  { camundaVersion }: RecoveryTopology,
  { gatewayVersion, brokers }: ClusterTopology,
  { kind }: Stage,
  warnings: string[],
): string[] {
  const differences: string[] = [];
  const judge = (who: string, version: string): void => {
    const minor = minorOf(version);
    if (minor === undefined || minor === camundaVersion) return;
    const text = `${who} run Camunda ${version}, the description says ${camundaVersion}`;
    // Between the two halves of an upgrade, each region runs a version of its own.
    if (kind === 'whole' && areNeighbours(minor, camundaVersion)) warnings.push(`${text}: an upgrade is under way`);
    else differences.push(text);
  };
  judge('gateways', gatewayVersion);
  for (const version of new Set(brokers.map(broker => broker.version))) {
    judge(`brokers ${listText(brokers.filter(broker => broker.version === version).map(({ brokerId }) => brokerId))}`, version);
  }
  return differences;
}

function areNeighbours(a: string, b: string): boolean {
  const [[majorA, minorA], [majorB, minorB]] = [a, b].map(version => version.split('.').map(Number));
  return majorA === majorB && Math.abs(minorA - minorB) === 1;
}

function sizeDifferences(
  description: RecoveryTopology,
  { clusterSize, replicationFactor: seenFactor }: ClusterTopology,
  configuration: ClusterConfiguration | undefined,
  stage: Stage,
): string[] {
  const { regions, replicationFactor } = description;
  const known = regions.flatMap(idsOf);
  const all = known.length;
  const alone =
    stage.affected === undefined ? Math.min(...regions.map(region => region.brokers.length)) : all - idsOf(regions[stage.affected]).length;
  const ids = configuration?.members.map(({ brokerId }) => brokerId) ?? [];
  const survivors = stage.affected === undefined ? [] : sidesOf(description, stage.affected).otherIds;
  const arePart = ids.length > alone && ids.length < all && survivors.every(id => ids.includes(id)) && ids.every(id => known.includes(id));
  // Verifying judges members that are missing by itself. Else the members themselves must show that a part of a region is there.
  const partly = stage.changing || stage.kind === 'whole' || arePart;
  const left = replicationFactor / regions.length;
  const differences: string[] = [];
  // As many brokers as one region has, and partitions that have lost no replica: a smaller cluster, in which nobody has failed over.
  const isSmaller = clusterSize === alone && isTold(seenFactor) && seenFactor > left;
  if (isTold(clusterSize) && (isSmaller || !isExplained(clusterSize, alone, all, partly))) {
    differences.push(`the cluster has ${clusterSize} brokers, the description says ${all}`);
  }
  if (isTold(seenFactor) && !isExplained(seenFactor, left, replicationFactor, partly)) {
    differences.push(`the cluster has replication factor ${seenFactor}, the description says ${replicationFactor}`);
  }
  return differences;
}

/** Before a gateway knows its cluster, it counts none, or less. */
function isTold(number: number): boolean {
  return number > 0;
}

/** All of it, or what one region has alone; what lies between only where members have come or gone in part. */
function isExplained(found: number, alone: number, all: number, partly: boolean): boolean {
  return found === all || found === alone || (partly && found > alone && found < all);
}

/** Whether the region that is called lost, or recreated, is the only one that lives. */
function wrongRegion(
  description: RecoveryTopology,
  seen: ClusterTopology | undefined,
  configuration: ClusterConfiguration | undefined,
  { kind, affected }: Stage,
): string[] {
  if (affected === undefined) return [];
  const { affectedIds, otherIds, others } = sidesOf(description, affected);
  const areOnly = (ids: readonly string[]): boolean => ids.some(id => affectedIds.includes(id)) && !ids.some(id => otherIds.includes(id));
  const option = `${kind === 'failover' ? '--lost' : '--recreated'} region${others[0].regionId}`;
  if (areOnly(seen?.brokers.map(({ brokerId }) => brokerId) ?? []))
    return [`only brokers of region ${affected} are seen; did you mean \`${option}\`?`];
  if (areOnly(configuration?.members.map(({ brokerId }) => brokerId) ?? []))
    return [`only brokers of region ${affected} are members; did you mean \`${option}\`?`];
  return [];
}

function memberDifferences(
  description: RecoveryTopology,
  seen: ClusterTopology | undefined,
  configuration: ClusterConfiguration | undefined,
  { affected }: Stage,
): string[] {
  const known = description.regions.flatMap(idsOf);
  const differences: string[] = [];
  const ids = configuration?.members.map(({ brokerId }) => brokerId) ?? [];
  const invalidEntries = unknownIn(known, [...ids, ...(seen?.brokers.map(({ brokerId }) => brokerId) ?? [])]);
  if (invalidEntries.length > 0) differences.push(`the description does not know brokers ${listText(sorted(invalidEntries))}`);
  if (configuration && affected !== undefined) {
    const missing = sidesOf(description, affected).otherIds.filter(id => !ids.includes(id));
    if (missing.length > 0) {
      differences.push(
        `brokers ${listText(missing)} of the surviving region, as the description has it, are not members: members are ${listText(sorted(ids))}`,
      );
    }
  }
  return differences;
}

function partitionDifferences(
  { partitions }: RecoveryTopology,
  seen: ClusterTopology | undefined,
  configuration: ClusterConfiguration | undefined,
  toCome: readonly number[] = [],
): string[] {
  const known = partitions.map(({ partitionId }) => partitionId);
  const count = seen?.partitionsCount ?? NaN;
  const differences: string[] = [];
  if (isTold(count) && count !== known.length)
    differences.push(`the cluster has ${count} partitions, the description says ${known.length}`);
  const held = configuration?.members.flatMap(member => member.partitions.map(({ partitionId }) => partitionId)) ?? [];
  const shown = seen?.brokers.flatMap(broker => broker.partitions.map(({ partitionId }) => partitionId)) ?? [];
  const invalidEntries = unknownIn(known, [...held, ...shown]);
  if (invalidEntries.length > 0)
    differences.push(`the description does not know partitions ${listText(invalidEntries.sort((a, b) => a - b))}`);
  const missing = configuration === undefined ? [] : known.filter(id => !held.includes(id) && !toCome.includes(id));
  if (missing.length > 0) differences.push(`no member holds partitions ${listText(missing)} of the description`);
  return differences;
}

/** Regions whose zones must be there. Where both may be, a verification judges what is missing. */
function needed(description: RecoveryTopology, { affected }: Stage): number[] {
  return affected === undefined ? [] : sidesOf(description, affected).others.map(({ regionId }) => regionId);
}

function unknownIn<T>(known: readonly T[], found: readonly T[]): T[] {
  return [...new Set(found)].filter(id => !known.includes(id));
}

/** One more than the description says may be somebody's own: nothing is done with it. */
function exporterDifferences(
  { exporters, furtherExporters = [] }: RecoveryTopology,
  found: ReadonlyMap<string, string>,
  warnings: string[],
): string[] {
  const known = exporters.map(({ exporterId }) => exporterId);
  const missing = known.filter(id => !found.has(id));
  const invalidEntries = [...found.keys()].filter(id => ![...known, ...furtherExporters.map(({ exporterId }) => exporterId)].includes(id));
  if (missing.length > 0) return [`brokers have no exporters ${listText(missing)}; they have ${listText([...found.keys()])}`];
  if (invalidEntries.length > 0) warnings.push(`brokers have exporters that the description does not know: ${listText(invalidEntries)}`);
  return [];
}
