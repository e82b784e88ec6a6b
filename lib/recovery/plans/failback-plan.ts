import type { RecoveryTopology, SnapshotRepository } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Condition, Plan, Step } from '../run/step';
import { addBrokers, complete } from '../steps/add-brokers';
import { bothRegionsLive, wayOut } from '../steps/both-regions';
import { bothSearchesLive } from '../steps/both-searches';
import { recreationLives, survivorLives } from '../steps/coming-back';
import { awaitMembers, awaitRecreation, awaitSteadyState } from '../steps/deployments';
import { describedCluster } from '../steps/described-cluster';
import { disableExporter, enableExporter, exporterIs } from '../steps/exporters';
import { exporterOf, exporting, pauseExporting, resumeExporting } from '../steps/exporting';
import { awaitHealth } from '../steps/health';
import { searchIdentified } from '../steps/identified';
import { judgeRecreation } from '../steps/judge-recreation';
import { awaitRest } from '../steps/rest';
import { restore } from '../steps/restore';
import { registerSource, registerTarget, takeTheSnapshot, type Copy } from '../steps/snapshot';
import { exportersStandStill } from '../steps/standstill';
import { verifyFailback } from '../steps/verify/verify-failback';
import { returnLeaders } from '../steps/zones/leaders';
import { trafficHint } from '../traffic/traffic-hint';
import { sidesOf } from '../view/members';

/** @internal */
export interface FailbackOptions {
  readonly snapshotName: string;
  readonly repository: SnapshotRepository;
  readonly again?: boolean;
  readonly resumesExporting?: boolean;
  readonly zonePriority?: number;
}

/**
 * What brings a recreated region back. When Operate and Tasklist return differs between the versions: a rollout of brokers needs
 * brokers that have joined.
 *
 * @see Camunda 8 docs, dual-region operational procedure: failback
 *
 * @internal
 */
export function failbackPlan(topology: RecoveryTopology, recreatedRegion: number, options: FailbackOptions): Plan {
  const { snapshotName, repository, again = false, resumesExporting = false, zonePriority } = options;
  const sides = sidesOf(topology, recreatedRegion);
  const from = sides.others[0].regionId;
  const exporterId = exporterOf(topology, sides);
  const source = exporterOf(topology, sidesOf(topology, from));
  const copy: Copy = {
    sides,
    from,
    to: recreatedRegion,
    snapshot: snapshotName,
    repository,
    exporterId,
    identified: searchIdentified(topology, recreatedRegion),
  };
  const still = exportersStandStill(sides);
  const exporterEnabled = exporterIs(exporterId, 'ENABLED');
  const early = topology.dialect.failback.applicationsReturn === 'before-exporters';
  const applications: Step[] = [awaitSteadyState(topology, sides)];
  const resumption = resumeExporting(sides, []);
  const addition = addBrokers(topology, sides, [...(again ? [] : [exporterEnabled]), exporting(sides, 'EXPORTING', true)], zonePriority);
  return {
    title: `Failback: region ${recreatedRegion} (${sides.affected.awsRegion}) is recreated`,
    described: describedCluster(topology, 'failback', recreatedRegion, again),
    release: {
      after: 'pause-exporting',
      step: resumption,
      done: 'exporting was resumed, so that the logs of the surviving region do not grow',
      advice: wayOut(recreatedRegion),
    },
    steps: [
      judgeRecreation(topology, sides, again),
      { ...awaitRecreation(topology, sides), watch: survivorLives(sides, again) },
      { ...awaitMembers(topology, sides), watch: recreationLives(sides, again) },
      ...watchedBy(bothRegionsLive(sides), [
        ...(again ? [...(resumesExporting ? [{ ...resumption, id: 'resume-exporting-first' }] : []), addition] : []),
        ...(again ? [disableExporter(exporterId, complete(topology, sides))] : []),
      ]),
      ...watchedBy(bothSearchesLive(copy), [
        pauseExporting(topology, sides, []),
        awaitRest(copy, topology.camundaVersion),
        registerSource(copy),
        takeTheSnapshot(copy, still),
        registerTarget(copy),
        restore(copy, still),
        ...(early ? applications : []),
        enableExporter(exporterId, source, still),
      ]),
      ...watchedBy(bothRegionsLive(sides), [
        { ...resumption, requires: [exporterEnabled] },
        ...(again ? [] : [addition]),
        awaitHealth(sides),
        ...(early ? [] : [...applications, { ...awaitHealth(sides), id: 'await-health-again' }]),
        ...(haveLeadingZone(topology) ? [returnLeaders(topology)] : []),
        verifyFailback(topology, sides),
      ]),
    ],
    afterwards: [
      `put region ${recreatedRegion} back into the traffic`,
      ...trafficHint(topology, recreatedRegion, '--on', 'if it was taken out'),
      ...(topology.furtherExporters ?? [])
        .filter(({ regionId }) => regionId === recreatedRegion)
        .map(
          ({ exporterId }) =>
            `enable your exporter ${exporterId} when its server is back, which the failover has disabled: POST :9600/actuator/exporters/${exporterId}/enable. What was exported meanwhile is not exported again`,
        ),
      `the snapshot ${snapshotName} can be deleted when nobody needs it any more`,
    ],
  };
}

/** Whether leaders belong into one of the zones. */
function haveLeadingZone({ regions }: RecoveryTopology): boolean {
  return new Set(regions.map(({ zone }) => zone?.priority)).size > 1;
}

function watchedBy(watch: Condition, steps: readonly Step[]): Step[] {
  return steps.map(step => ({ ...step, watch }));
}
