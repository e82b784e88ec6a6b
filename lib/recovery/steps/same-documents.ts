import type { RecoveryTopology } from '../../../constructs/topology/recovery-topology';
import type { HttpCall } from '../call';
import { differentFamilies, missingIndices, type Counts } from '../document-comparison';
import { exportedPositions, lagOf, standingStill } from '../exported-positions';
import { holds, open, running, unknown, type Finding } from '../finding';
import { readBrokerPartitions } from '../management-calls';
import { idsOf, listText, sorted } from '../members';
import { indexStates, readIndices } from '../search-calls';
import { countDocuments, documentCounts } from '../search-data-calls';
import type { World } from '../world';

/** Longer than exporters collect before they write, and longer than Elasticsearch takes to show what was written. */
const LOOK_AGAIN_MS = 5_000;

/** @internal */
export function documentCalls({ regions }: RecoveryTopology): HttpCall[] {
  return [
    ...sorted(regions.flatMap(idsOf)).map(readBrokerPartitions),
    ...regions.flatMap(({ regionId }) => [readIndices(regionId), countDocuments(regionId)]),
  ];
}

/**
 * Whether both regions have the same indices with the same documents, but for what is being exported. Counts one region, the other, and
 * the first one again; once more after some seconds, if they differ or exporters have something to write.
 *
 * @internal
 */
export async function sameDocuments(world: World, topology: RecoveryTopology): Promise<Finding> {
  const before = await exportedPositions(world, topology);
  if (before.paused.length > 0) return open(`exporting is paused: ${listText(before.paused)}`);
  const lacking = await lackingIndices(world, topology);
  if (lacking.state !== 'holds') return lacking;
  const first = await countAll(world, topology);
  if ('state' in first) return first;
  const { camundaVersion } = topology;
  const now = differentFamilies({ camundaVersion, ...first, lag: lagOf(before) });
  if (now.length === 0 && lagOf(before) === 0) return asText(first, topology, before.silent);
  await world.ports.clock.sleep(LOOK_AGAIN_MS);
  const after = await exportedPositions(world, topology);
  const still = standingStill(before, after);
  if (still.length > 0)
    return running(
      `exporters of partitions ${listText(still)} have written nothing for ${LOOK_AGAIN_MS / 1_000} s, with ${lagOf(after)} records to go`,
    );
  const second = await countAll(world, topology);
  if ('state' in second) return second;
  const both = { here: [...first.here, ...second.here], there: second.there };
  const different = differentFamilies({ camundaVersion, ...both, lag: Math.max(lagOf(before), lagOf(after)) });
  return different.length === 0
    ? asText(second, topology, after.silent)
    : running(`documents differ between the regions by more than what is being exported: ${listText(different)}`);
}

interface Counted {
  readonly here: readonly Counts[];
  readonly there: Counts;
}

async function countAll(world: World, { regions }: RecoveryTopology): Promise<Counted | Finding> {
  const counts: Counts[] = [];
  for (const { regionId } of [...regions, regions[0]]) {
    const reading = await world.read(countDocuments(regionId), documentCounts);
    if (!reading.ok) return unknown(`Elasticsearch of region ${regionId}: ${reading.why}`);
    counts.push(reading.value);
  }
  return { here: [counts[0], counts[2]], there: counts[1] };
}

async function lackingIndices(world: World, { regions }: RecoveryTopology): Promise<Finding> {
  const names: ReadonlySet<string>[] = [];
  for (const { regionId } of regions) {
    const reading = await world.read(readIndices(regionId), indexStates);
    if (!reading.ok) return unknown(`Elasticsearch of region ${regionId}: ${reading.why}`);
    names.push(new Set(reading.value.keys()));
  }
  const missing = regions.flatMap(({ regionId }, i) => missingIndices(names[1 - i], names[i]).map(name => `${name} in region ${regionId}`));
  return missing.length === 0 ? holds('the same indices') : running(`indices are missing: ${listText(missing)}`);
}

function asText({ here, there }: Counted, { regions }: RecoveryTopology, silent: readonly number[]): Finding {
  const totals = [here[0], there].map(counts => [...counts.values()].reduce((sum, count) => sum + count, 0));
  return holds(
    `documents: ${regions.map(({ regionId }, i) => `${totals[i]} in region ${regionId}`).join(', ')}`,
    silent.length === 0
      ? []
      : [`whether brokers ${listText(silent)} export cannot be seen from here: GET :9600/actuator/partitions of each`],
  );
}
