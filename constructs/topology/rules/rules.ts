import type { ResolvedSettings } from '../settings/resolved-settings';
import { backupProblems } from './backup-rules';
import { camundaProblems } from './camunda-rules';
import { existingVpcProblems } from './existing-vpc-rules';
import { licenseProblems } from './license-rules';
import { networkProblems } from './network-rules';
import { patchProblems } from './patch-rules';
import { platformProblems } from './platform-rules';
import { podProblems } from './pod-rules';
import type { Problem } from './problem';
import { regionPatchProblems } from './region-patch-rules';
import { regionProblems } from './region-rules';
import { reviewProblems } from './review-rules';
import { roundTripProblems } from './round-trip-rules';
import { sizingProblems } from './sizing-rules';
import { tlsProblems } from './tls-rules';
import { unusedPodProblems } from './unused-pod-rules';
import { versionProblems } from './version-rules';
import { zoneNeighbourProblems } from './zone-rules';

/** About what workloads get and need beside what the platform gives them. */
const WORKLOAD_RULES = [sizingProblems, zoneNeighbourProblems, podProblems, patchProblems, licenseProblems, tlsProblems, unusedPodProblems];

/**
 * What all rules have to say about a configuration.
 *
 * Values may be of another kind than the type says, because JavaScript and files do not check it. Rules never throw on
 * those: each reports what it cannot use, and rules that compare several settings stay quiet until each of them is valid.
 * So a reader of files can report its own findings and these together.
 *
 * @param settings with every default filled in
 * @param today the day for which the warnings hold. No day makes an error of what was none before.
 *
 * @internal
 */
export function problemsOf(settings: ResolvedSettings, today: Date = new Date()): Problem[] {
  const rules = [
    camundaProblems,
    versionProblems,
    regionPatchProblems,
    regionProblems,
    roundTripProblems,
    networkProblems,
    existingVpcProblems,
    platformProblems,
    backupProblems,
    reviewProblems,
    ...WORKLOAD_RULES,
  ];
  return rules.flatMap(rule => rule(settings, today));
}
