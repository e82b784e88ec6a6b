import { ConfigurationError } from '../../constructs/topology/rules/judging/configuration-error';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { ConfigurationFileError } from './configuration-file-error';
import { readConfigurationText } from './configuration-text';
import { judge } from './judgement';
import type { LocatedProblem } from './located-problem';
import { placeAt } from './text-place';
import { parseYaml, type PlacedProblem } from './yaml-source';

/** What a configuration file says. */
export interface Configuration {
  readonly settings: DualRegionSettings;
  /** Findings that do not stop the synthesis, in the order of their lines. */
  readonly warnings: readonly LocatedProblem[];
  /**
   * Runs what renders the settings. A mistake that only comes to light there, such as a patch of an object that is not rendered, is one
   * of the file like all others: a ConfigurationFileError.
   */
  readonly rendered: <T>(render: (settings: DualRegionSettings) => T) => T;
}

/**
 * Reads a configuration file.
 *
 * Throws one ConfigurationFileError with everything that is wrong: syntax, keys, kinds of values, and the rules that
 * settings from code must follow as well.
 *
 * @param path the file
 * @param today the day for which the warnings hold
 */
export function readConfiguration(path: string, today: Date = new Date()): Configuration {
  const file = readConfigurationText(path);
  if ('problem' in file) throw new ConfigurationFileError([{ ...file.problem, file: path, line: 1, column: 1 }]);
  return readConfigurationOf(file.text, path, today);
}

/**
 * Reads the text of a configuration, as `readConfiguration` does.
 *
 * @param text what the file says
 * @param path the file, for messages
 * @param today the day for which the warnings hold
 */
export function readConfigurationOf(text: string, path: string, today: Date = new Date()): Configuration {
  const { settings, problems, placed } = judge(parseYaml(text), today);
  const located = (found: readonly PlacedProblem[]): LocatedProblem[] =>
    found
      .map(({ problem, offset }): LocatedProblem => ({ ...problem, file: path, ...placeAt(text, offset) }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  const warnings = located(problems);
  if (warnings.some(problem => problem.severity === ProblemSeverity.ERROR)) throw new ConfigurationFileError(warnings);
  return {
    settings,
    warnings,
    rendered: render => {
      try {
        return render(settings);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        throw new ConfigurationFileError(located([...problems, ...error.problems.map(placed)]));
      }
    },
  };
}
