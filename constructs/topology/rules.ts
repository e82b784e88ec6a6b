import { camundaProblems } from './camunda-rules';
import { networkProblems } from './network-rules';
import { platformProblems } from './platform-rules';
import type { Problem } from './problem';
import { regionProblems } from './region-rules';
import type { ResolvedSettings } from './resolved-settings';
import { roundTripProblems } from './round-trip-rules';
import { versionProblems } from './version-rules';

/**
 * What all rules have to say about a configuration.
 *
 * Values may be of another kind than the type says, because JavaScript and files do not check it. Rules never throw on
 * those: each reports what it cannot use, and rules that compare several settings stay quiet until each of them is valid.
 * So a reader of files can report its own findings and these together.
 *
 * @param settings with every default filled in
 * @param today the day for which the warnings hold. A date never makes an error.
 *
 * @internal
 */
export function problemsOf(settings: ResolvedSettings, today: Date = new Date()): Problem[] {
  return [camundaProblems, versionProblems, regionProblems, roundTripProblems, networkProblems, platformProblems].flatMap(rule =>
    rule(settings, today),
  );
}
