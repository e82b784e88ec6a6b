import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpCall } from '../calls/call';
import { readBrokerPartitions } from '../calls/management-calls';
import { indexStates, readIndices } from '../calls/search-calls';
import { countDocuments, documentCounts } from '../calls/search-data-calls';
import { met, open, running, unknown, type Finding } from '../finding';
import type { ClusterView } from '../view/cluster-view';
import { differentFamilies, missingIndices, type Counts } from '../view/document-comparison';
import { exportedPositions, lagOf, standingStill, type ExportedPositions } from '../view/exported-positions';
import { idsOf, listText, sorted } from '../view/members';

/** Longer than Elasticsearch takes to show what was written. */
const LOOK_AGAIN_MS = 5_000;
/** Until a difference counts: longer than exporters collect before they write, and than an archiver takes from the copy to the deletion. */
const LOOKS = 4;

/** @internal */
export function documentCalls({ regions }: RecoveryTopology): HttpCall[] {
  return [
    ...sorted(regions.flatMap(idsOf)).map(readBrokerPartitions),
    ...regions.flatMap(({ regionId }) => [readIndices(regionId), countDocuments(regionId)]),
  ];
}

/**
 * Whether both regions have the same indices with the same documents, but for what is being exported. Counts one region, the other, and
 * the first one again; and all of that again every few seconds, as long as they differ or exporters have something to write.
 *
 * @internal
 */
export async function sameDocuments(view: ClusterView, topology: RecoveryTopology): Promise<Finding> {
  const begin = await exportedPositions(view, topology);
  const lacking = await lackingIndices(view, topology);
  if (lacking.state !== 'met') return lacking;
  let before = await lookOnce(view, topology, begin);
  if ('state' in before) return before;
  if (lagOf(begin) === 0 && differencesIn([before], topology).length === 0) return asText(before, topology);
  for (let looks = 1; ; looks += 1) {
    await view.ports.clock.sleep(LOOK_AGAIN_MS);
    const now: Looked | Finding = await lookOnce(view, topology, await exportedPositions(view, topology));
    if ('state' in now) return now;
    const different = differencesIn([before, now], topology);
    const still = standingStill(begin, now.positions);
    if (different.length === 0 && still.length === 0) return asText(now, topology);
    if (looks === LOOKS - 1) return stillDifferent(still, different, now);
    before = now;
  }
}

/** What one look has brought. */
interface Looked extends Counted {
  readonly positions: ExportedPositions;
}

async function lookOnce(view: ClusterView, topology: RecoveryTopology, positions: ExportedPositions): Promise<Looked | Finding> {
  if (positions.paused.length > 0) return open(`exporting is paused: ${listText(positions.paused)}`);
  if (view.ports.broker && positions.silent.length > 0)
    return unknown(`brokers ${listText(positions.silent)} do not say whether they export: GET :9600/actuator/partitions of each`);
  const counted = await countAll(view, topology);
  return 'state' in counted ? counted : { ...counted, positions };
}

/** What differs although it was looked at before and after, by more than exporters have to write. */
function differencesIn(looks: readonly Looked[], { camundaVersion }: RecoveryTopology): string[] {
  const here = looks.flatMap(check => check.here);
  return differentFamilies({
    camundaVersion,
    here,
    there: looks.at(-1)!.there,
    lag: Math.max(...looks.map(({ positions }) => lagOf(positions))),
  });
}

function stillDifferent(still: readonly number[], different: readonly string[], { positions }: Looked): Finding {
  if (still.length === 0)
    return running(`documents differ between the regions by more than what is being exported: ${listText(different)}`);
  const seconds = ((LOOKS - 1) * LOOK_AGAIN_MS) / 1_000;
  return running(
    `exporters of partitions ${listText(still)} have written nothing for ${seconds} s, with ${lagOf(positions)} records to go`,
  );
}

interface Counted {
  readonly here: readonly Counts[];
  readonly there: Counts;
}

async function countAll(view: ClusterView, { regions }: RecoveryTopology): Promise<Counted | Finding> {
  const counts: Counts[] = [];
  for (const { regionId } of [...regions, regions[0]]) {
    const reading = await view.read(countDocuments(regionId), documentCounts);
    if (!reading.ok) return unknown(`Elasticsearch of region ${regionId}: ${reading.why}`);
    counts.push(reading.value);
  }
  return { here: [counts[0], counts[2]], there: counts[1] };
}

async function lackingIndices(view: ClusterView, { regions }: RecoveryTopology): Promise<Finding> {
  const names: ReadonlySet<string>[] = [];
  for (const { regionId } of regions) {
    const reading = await view.read(readIndices(regionId), indexStates);
    if (!reading.ok) return unknown(`Elasticsearch of region ${regionId}: ${reading.why}`);
    names.push(new Set(reading.value.keys()));
  }
  const missing = regions.flatMap(({ regionId }, i) => missingIndices(names[1 - i], names[i]).map(name => `${name} in region ${regionId}`));
  return missing.length === 0 ? met('the same indices') : running(`indices are missing: ${listText(missing)}`);
}

function asText({ here, there, positions: { silent } }: Looked, { regions }: RecoveryTopology): Finding {
  const totals = [here[0], there].map(counts => [...counts.values()].reduce((sum, count) => sum + count, 0));
  return met(
    `documents: ${regions.map(({ regionId }, i) => `${totals[i]} in region ${regionId}`).join(', ')}`,
    silent.length === 0
      ? []
      : [`whether brokers ${listText(silent)} export cannot be seen from here: GET :9600/actuator/partitions of each`],
  );
}
