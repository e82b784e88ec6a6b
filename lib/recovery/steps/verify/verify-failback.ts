import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../../calls/management-calls';
import { allOf } from '../../finding';
import type { Condition, Step } from '../../run/step';
import { listText, type Sides } from '../../view/members';
import { complete } from '../add-brokers';
import { exporterIs } from '../exporters';
import { healthy } from '../health';
import { documentCalls, sameDocuments } from '../same-documents';

/** @internal */
export function verifyFailback(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'verify',
    title: 'See that both regions are whole',
    purpose:
      'Two replicas of each partition in each region, both exporters enabled and not paused, the same indices and documents in both Elasticsearch, but for ' +
      'what belongs to one region and what is being exported.',
    requires: [],
    done: whole(topology, sides),
    timeoutMs: 1_800_000,
    advice:
      `what differs although nothing is exported was missed by a restore, or an exporter has left it out: compare 'GET /_cat/count/INDEX' of both regions for the ` +
      `indices that are named. What is missing can only be copied once more: ${onceMore(sides)}. Exporters that stand still are found by their logs`,
  };
}

function onceMore({ affected: { regionId } }: Sides): string {
  const region = `region${regionId}`;
  return `'recover fence --region ${region}', 'recover failover --lost ${region} --fenced --abandon', recreate it, 'recover failback --recreated ${region}'`;
}

/** @internal */
export function whole(topology: RecoveryTopology, sides: Sides): Condition {
  const exporters = topology.exporters.filter(({ kind }) => kind === topology.exporters[0].kind);
  const brokers = complete(topology, sides);
  return {
    description: `replication factor ${topology.replicationFactor}, two replicas of each partition in each region, exporters ${listText(exporters.map(({ exporterId }) => exporterId))} ENABLED, the same indices and documents in both regions, but for what belongs to one of them (sessions, v1 operations) and what is being exported`,
    calls: [READ_CONFIGURATION, READ_TOPOLOGY, READ_EXPORTERS, ...documentCalls(topology)],
    check: async view => {
      const findings = [await brokers.check(view, []), await healthy(view, sides)];
      for (const { exporterId } of exporters) findings.push(await exporterIs(exporterId, 'ENABLED').check(view, []));
      const engine = allOf(findings);
      // Documents are worth counting, which can take seconds, once all the rest is there.
      return engine.state === 'met' ? allOf([engine, await sameDocuments(view, topology)]) : engine;
    },
  };
}
