import { resolveSettings } from '../settings/resolve-settings';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { SETTINGS, type DualRegionSettings } from '../settings/settings';
import { camundaProblems } from './camunda-rules';
import { capacityProblems } from './capacity-rules';
import { clusterZoneProblems } from './cluster-zone-rules';
import { existingVpcProblems } from './existing-vpc-rules';
import { extraFlowProblems } from './extra-flow-rules';
import { furtherExporterProblems } from './further-exporter-rules';
import { historyAgeProblems } from './history/age-rules';
import { exporterDifferenceProblems } from './history/exporter-rules';
import { historyIntervalProblems } from './history/interval-rule';
import { historyRoomProblems } from './history/room-rules';
import { causeOf } from './judging/causes';
import type { Judged } from './judging/judged';
import type { Problem } from './judging/problem';
import { keyProblems } from './key-rules';
import { monitoringProblems } from './monitoring/monitoring-rules';
import { networkProblems } from './network-rules';
import { nodeProblems } from './node-rules';
import { patchProblems } from './patch-rules';
import { podProblems } from './pod-rules';
import { regionProblems } from './region-rules';
import { registryProblems } from './registry-rules';
import { reviewProblems } from './review-rules';
import { roleProblems } from './role-rules';
import { roundTripProblems } from './round-trip-rules';
import { settingProblems } from './setting-rules';
import { sizingProblems } from './sizing-rules';
import { backupProblems } from './storage/backup-rules';
import { documentProblems } from './storage/document-rules';
import { tlsProblems } from './tls-rules';
import { trafficProblems } from './traffic/traffic-rules';
import { unusedProblems } from './unused-rules';
import { userProblems } from './users/user-rules';
import { variableProblems } from './variable-rules';
import { kubernetesProblems } from './versions/kubernetes-rules';
import { regionPatchProblems } from './versions/region-patch-rules';
import { supportProblems } from './versions/support-rules';
import { versionProblems } from './versions/version-rules';
import { zoneNeighbourProblems } from './zone-rules';

/** Compares settings with each other, where each of them is valid alone. */
type Rule = (settings: ResolvedSettings, today: Date, judged: Judged) => readonly Problem[];

/** About what workloads get and need beside what the platform gives them. */
const WORKLOAD_RULES: readonly Rule[] = [
  sizingProblems,
  zoneNeighbourProblems,
  (_settings, _today, { pods }) => pods,
  exporterDifferenceProblems,
  furtherExporterProblems,
  variableProblems,
  historyIntervalProblems,
  historyAgeProblems,
  historyRoomProblems,
  patchProblems,
  tlsProblems,
  userProblems,
  trafficProblems,
  unusedProblems,
];

/**
 * What all rules have to say about a configuration.
 *
 * Values may be of another kind than the type says, because JavaScript and files do not check it. Rules never throw on
 * those: each reports what it cannot use, and rules that compare several settings stay quiet until each of them is valid.
 * So a reader of files can report its own findings and these together.
 *
 * @param given what is written
 * @param today the day for which the warnings hold. No day makes an error of what was none before.
 *
 * @internal
 */
export function problemsOf(given: DualRegionSettings, today: Date = new Date()): Problem[] {
  const settings = resolveSettings(given);
  const single = settingProblems(SETTINGS, given, settings);
  const judged: Judged = { given, single, pods: podProblems(settings) };
  const rules: readonly Rule[] = [
    camundaProblems,
    clusterZoneProblems,
    versionProblems,
    supportProblems,
    regionPatchProblems,
    kubernetesProblems,
    regionProblems,
    roundTripProblems,
    networkProblems,
    extraFlowProblems,
    existingVpcProblems,
    roleProblems,
    registryProblems,
    keyProblems,
    capacityProblems,
    nodeProblems,
    backupProblems,
    documentProblems,
    monitoringProblems,
    reviewProblems,
    ...WORKLOAD_RULES,
  ];
  return [...single, ...rules.flatMap(rule => rule(settings, today, judged))].map(problem => withCause(problem, given));
}

/** A user who did not write a value looks for what made it so. */
function withCause(problem: Problem, given: DualRegionSettings): Problem {
  const cause = causeOf(problem.setting, given);
  return cause === undefined ? problem : { ...problem, fix: `${problem.fix}; its value follows '${cause}'` };
}
