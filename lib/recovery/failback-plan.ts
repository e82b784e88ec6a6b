import type { RecoveryTopology, SnapshotRepository } from '../../constructs/topology/recovery-topology';
import { sidesOf } from './members';
import type { Plan, Step } from './step';
import { addBrokers } from './steps/add-brokers';
import { awaitMembers, awaitRecreation, awaitSteadyState } from './steps/deployments';
import { enableExporter, exporterIs } from './steps/exporters';
import { exporterOf, exporting, pauseExporting, resumeExporting } from './steps/exporting';
import { judgeRecreation } from './steps/judge-recreation';
import { restore } from './steps/restore';
import { registerSource, registerTarget, takeTheSnapshot, type Copy } from './steps/snapshot';
import { awaitHealth, verifyFailback } from './steps/verify-failback';

/** @internal */
export interface FailbackOptions {
  readonly snapshotName: string;
  readonly repository: SnapshotRepository;
}

/**
 * What brings a recreated region back. When Operate and Tasklist return differs between the versions: a rollout of brokers needs
 * brokers that have joined.
 *
 * @see Camunda 8 docs, dual-region operational procedure: failback
 *
 * @internal
 */
export function failbackPlan(topology: RecoveryTopology, recreatedRegion: number, { snapshotName, repository }: FailbackOptions): Plan {
  const sides = sidesOf(topology, recreatedRegion);
  const from = sides.others[0].regionId;
  const exporterId = exporterOf(topology, sides);
  const source = exporterOf(topology, sidesOf(topology, from));
  const copy: Copy = { sides, from, to: recreatedRegion, snapshot: snapshotName, repository, exporterId };
  const exporterEnabled = exporterIs(exporterId, 'ENABLED');
  const early = topology.dialect.failback.applicationsReturn === 'before-exporters';
  const applications: Step[] = [awaitSteadyState(topology, sides)];
  return {
    title: `Failback: region ${recreatedRegion} (${sides.affected.awsRegion}) is recreated`,
    steps: [
      judgeRecreation(topology, sides),
      awaitRecreation(topology, sides),
      awaitMembers(topology, sides),
      pauseExporting(topology, sides, []),
      registerSource(copy),
      takeTheSnapshot(copy),
      registerTarget(copy),
      restore(copy),
      ...(early ? applications : []),
      enableExporter(exporterId, source, []),
      resumeExporting(sides, [exporterEnabled]),
      addBrokers(topology, sides, [exporterEnabled, exporting(sides, 'EXPORTING', true)]),
      awaitHealth(sides),
      ...(early ? [] : [...applications, { ...awaitHealth(sides), id: 'await-health-again' }]),
      verifyFailback(topology, sides),
    ],
    afterwards: [
      `put region ${recreatedRegion} back into the traffic`,
      `the snapshot ${snapshotName} can be deleted when nobody needs it any more`,
    ],
  };
}
