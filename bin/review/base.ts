import { statSync } from 'node:fs';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import type { ComparedBase } from '../../lib/review/changes/changes-section';
import { stateOf, type DeploymentState, type StateInput } from '../../lib/review/changes/deployment-state';
import { ConfigurationFileError } from '../config/configuration-file-error';
import { readConfigurationOf } from '../config/read-configuration';
import { BaseError } from './base-error';
import { configurationAt } from './base-git';
import { readState } from './base-state-folder';

/** What a review compares with. */
export interface Base extends ComparedBase {
  /** Undefined where there was no such deployment yet: then everything is new, and nothing is dangerous. */
  readonly state?: DeploymentState;
}

/** What it takes to read a base. */
export interface BaseOptions {
  /** A folder that an earlier review has written, or a git ref. */
  readonly base: string;
  /** The configuration under review. At a git ref, the file of the same path is read. */
  readonly config: string;
  /** Version of this library. */
  readonly libraryVersion: string;
  /** Synthesises settings in this process. */
  readonly render: (settings: DualRegionSettings) => Omit<StateInput, 'libraryVersion'>;
  readonly today: Date;
}

/** Reads what a configuration is compared with. Throws a BaseError if that is not possible. */
export function readBase(options: BaseOptions): Base {
  const { base, libraryVersion } = options;
  if (!isFolder(base)) return baseAtRef(options);
  const state = readState(base);
  const notes =
    state.libraryVersion === libraryVersion
      ? []
      : [
          `The base was rendered by version ${state.libraryVersion} of this library, this one is ${libraryVersion}: changes of the library are among those above.`,
        ];
  return { name: base, state, notes };
}

function baseAtRef({ base, config, libraryVersion, render, today }: BaseOptions): Base {
  const { commit, text } = configurationAt(base, config);
  const name = commit.startsWith(base) ? base : `${base} (${commit})`;
  if (text === undefined) return { name, notes: [`There is no ${config} at ${name}: the deployment is new.`] };
  const notes = [
    'The base is the configuration at a commit, rendered by the code at hand: what an update of this library itself changes is not seen. Compare with the state folder of an earlier review for that.',
  ];
  try {
    const rendered = readConfigurationOf(text, `${name}:${config}`, today).rendered(render);
    return { name, state: stateOf({ ...rendered, libraryVersion }), notes };
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    const [first] = error.problems.filter(({ severity }) => severity === ProblemSeverity.ERROR);
    throw new BaseError(
      `${config} at ${name} has mistakes for this version of the library: '${first.setting}' ${first.requirement}, got ${first.value}`,
      'compare with the state folder of an earlier review',
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
