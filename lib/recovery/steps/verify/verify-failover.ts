import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../../calls/management-calls';
import { allOf, met, running, unknown, type Finding } from '../../finding';
import type { Condition, Step } from '../../run/step';
import type { ClusterView } from '../../view/cluster-view';
import { listText, type Sides } from '../../view/members';
import { exporterIs } from '../exporters';
import { exportsOn } from '../exports-on';
import { belowStrength, hasNotReturned, startAdvice } from '../loss-conditions';
import { brokersRemoved } from '../remove-brokers';

/** @internal */
export function verifyFailover(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'verify',
    title: 'See that the surviving region works alone',
    purpose: 'Every partition must have a leader again, and nothing may wait for the lost region.',
    requires: [],
    done: failedOver(topology, sides),
    timeoutMs: 300_000,
    advice: `look which partition has no leader (GET :8080/v2/topology) and into the logs of the brokers that hold it; then 'recover resume'`,
  };
}

/** @internal */
export function failedOver(topology: RecoveryTopology, sides: Sides): Condition {
  const removed = brokersRemoved(sides);
  const exporting = exportsOn(topology, sides);
  // Exporters of an older version may be off in both regions, at the end of a migration.
  const exporters = topology.exporters
    .map(({ exporterId, regionId, kind }) => ({ exporterId, kind, lost: regionId === sides.affected.regionId }))
    .filter(({ kind, lost }) => lost || kind === topology.exporters[0].kind);
  const further = (topology.furtherExporters ?? []).filter(({ regionId }) => regionId === sides.affected.regionId);
  return {
    description: `each of ${topology.partitions.length} partitions has a leader among ${listText(sides.otherIds)}; exporters of the surviving region are enabled, the others are not, and exporting is not paused`,
    calls: [READ_CONFIGURATION, READ_TOPOLOGY, READ_EXPORTERS, ...exporting.calls],
    check: async view => {
      const findings = [await removed.check(view, []), await hasNotReturned(sides).check(view, []), await leaders(view, topology, sides)];
      for (const { exporterId, lost } of exporters) {
        findings.push(await exporterIs(exporterId, lost ? 'DISABLED' : 'ENABLED').check(view, []));
      }
      for (const { exporterId } of further) findings.push(await exporterIs(exporterId, 'DISABLED', false).check(view, []));
      const engine = allOf(findings);
      // Brokers are many, and worth asking once all the rest is there.
      return engine.state === 'met' ? allOf([engine, await exporting.check(view, [])]) : engine;
    },
  };
}

async function leaders(view: ClusterView, { partitions, replicationFactor, regions }: RecoveryTopology, sides: Sides): Promise<Finding> {
  const reading = await view.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const { brokers, clusterSize } = reading.value;
  const ids = brokers.map(({ brokerId }) => brokerId);
  const led = new Set(
    brokers.flatMap(broker => broker.partitions.filter(({ role }) => role === 'leader').map(({ partitionId }) => partitionId)),
  );
  const leaderless = partitions.filter(({ partitionId }) => !led.has(partitionId)).map(({ partitionId }) => partitionId);
  const missing = sides.otherIds.filter(id => !ids.includes(id));
  if (leaderless.length > 0) return withoutLeaders(leaderless, missing);
  const left = replicationFactor / regions.length;
  return met(`${partitions.length} partitions have leaders, gateways count ${clusterSize} brokers`, [
    missing.length === 0
      ? `each partition has ${left} replicas left and needs both: no broker may be lost, and none restarted without need, until the failback`
      : belowStrength(missing),
  ]);
}

/** A broker of the survivor that is down is the reason, and the one thing to put right. */
function withoutLeaders(leaderless: readonly number[], missing: readonly string[]): Finding {
  const why = `partitions ${listText(leaderless)} have no leader yet`;
  return missing.length === 0 ? running(why) : { ...running(`${why}; ${belowStrength(missing)}`), advice: startAdvice(missing) };
}
