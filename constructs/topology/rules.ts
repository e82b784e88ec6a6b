import { camundaProblems } from './camunda-rules';
import { networkProblems } from './network-rules';
import { platformProblems } from './platform-rules';
import type { Problem } from './problem';
import { regionProblems } from './region-rules';
import type { ResolvedSettings } from './resolved-settings';

/**
 * What all rules have to say about a configuration.
 *
 * Settings that could not be read may be missing here even where the type says otherwise; rules pass over those, so that
 * a reader of files can report its own findings and these together.
 *
 * @internal
 */
export function problemsOf(settings: ResolvedSettings): Problem[] {
  return [camundaProblems, regionProblems, networkProblems, platformProblems].flatMap(rule => rule(settings));
}
