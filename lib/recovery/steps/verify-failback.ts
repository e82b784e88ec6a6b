import type { RecoveryTopology } from '../../../constructs/topology/recovery-topology';
import { allOf, holds, running, unknown, type Finding } from '../finding';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../management-calls';
import { listText, type Sides } from '../members';
import { countDocuments, documentCount } from '../search-calls';
import type { Condition, Step } from '../step';
import type { World } from '../world';
import { complete } from './add-brokers';
import { exporterIs } from './exporters';

/** @internal */
export function awaitHealth(sides: Sides): Step {
  return {
    id: 'await-health',
    title: 'Wait until all brokers are healthy',
    purpose: 'A deployment restarts brokers, and a partition needs three of its four replicas.',
    requires: [],
    done: { says: 'gateways see every broker with partitions, all healthy', calls: [READ_TOPOLOGY], look: world => healthy(world, sides) },
    timeoutMs: 1_800_000,
    advice: `restart, one at a time, brokers that run and are not ready; then 'recover resume'`,
  };
}

/** @internal */
export function verifyFailback(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'verify',
    title: 'See that both regions are whole',
    purpose: 'Two replicas of each partition in each region, both exporters enabled, the same documents in both Elasticsearch.',
    requires: [],
    done: whole(topology, sides),
    timeoutMs: 1_800_000,
    advice: `counts that do not come together mean that an exporter lags or that a restore has missed something: compare 'GET /_cat/count/INDEX' of both regions, index by index`,
  };
}

/** @internal */
export function whole(topology: RecoveryTopology, sides: Sides): Condition {
  const exporters = topology.exporters.filter(({ kind }) => kind === topology.exporters[0].kind);
  const members = complete(topology, sides);
  return {
    says: `replication factor ${topology.replicationFactor}, two replicas of each partition in each region, exporters ${listText(exporters.map(({ exporterId }) => exporterId))} ENABLED, documents equal in both regions but for what is being exported`,
    calls: [READ_CONFIGURATION, READ_TOPOLOGY, READ_EXPORTERS, ...topology.regions.map(({ regionId }) => countDocuments(regionId))],
    look: async world => {
      const findings = [await members.look(world, []), await healthy(world, sides)];
      for (const { exporterId } of exporters) findings.push(await exporterIs(exporterId, 'ENABLED').look(world, []));
      findings.push(await sameDocuments(world, topology));
      return allOf(findings);
    },
  };
}

async function healthy(world: World, { allIds }: Sides): Promise<Finding> {
  const reading = await world.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const { brokers } = reading.value;
  const well = brokers
    .filter(({ partitions }) => partitions.length > 0 && partitions.every(({ health }) => health === 'healthy'))
    .map(({ nodeId }) => nodeId);
  const ill = allIds.filter(id => !well.includes(id));
  return ill.length === 0 ? holds(`${allIds.length} brokers are healthy`) : running(`brokers ${listText(ill)} are not healthy`);
}

/** Counts each region, then the first one again: what has come in between is what may be missing in the other. */
async function sameDocuments(world: World, { regions }: RecoveryTopology): Promise<Finding> {
  const counts: number[] = [];
  for (const { regionId } of [...regions, regions[0]]) {
    const reading = await world.read(countDocuments(regionId), documentCount);
    if (!reading.ok) return unknown(`Elasticsearch of region ${regionId}: ${reading.why}`);
    counts.push(reading.value);
  }
  const [before, other, after] = counts;
  const growth = Math.abs(after - before);
  const distance = Math.max(0, Math.min(before, after) - other, other - Math.max(before, after));
  const text = `documents: ${regions.map(({ regionId }, i) => `${counts[i]} in region ${regionId}`).join(', ')}`;
  return distance <= growth ? holds(text) : running(`${text}; they are not equal yet`);
}
