import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { BaseError } from './base-error';

/** A configuration as it stood at a commit. */
export interface ConfigurationAtRef {
  /** The commit that the ref stands for, shortened. */
  readonly commit: string;
  /** Undefined if there was no such file yet. */
  readonly text?: string;
}

/** Reads a configuration file as of a git ref. The work tree is not touched. */
export function configurationAt(ref: string, config: string): ConfigurationAtRef {
  // A file that is named like an option must not become one.
  if (ref.startsWith('-') || ref.trim() === '')
    throw new BaseError(`'${ref}' is no git ref`, "name a branch, a tag or a commit, for example 'origin/main'");
  const folder = existingFolder(dirname(resolve(config)));
  const top = git(folder, ['rev-parse', '--show-toplevel']);
  if (top === undefined) {
    throw new BaseError(`'${ref}' is no folder, and '${config}' is in no git repository`, 'name the --out folder of an earlier review');
  }
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])?.trim();
  if (commit === undefined || commit === '') {
    throw new BaseError(
      `there is neither a folder nor a git ref '${ref}'`,
      `check the spelling; in a shallow clone fetch it first: git fetch origin ${ref}`,
    );
  }
  const path = relative(realpathSync(top.trim()), resolve(realpathSync(folder), relative(folder, resolve(config))));
  const object = `${commit}:${path.split(sep).join('/')}`;
  const isThere = git(folder, ['cat-file', '-e', object]) !== undefined;
  return { commit: commit.slice(0, 12), ...(isThere ? { text: git(folder, ['show', object]) } : {}) };
}

/** A configuration that is new may be in a folder that is new. */
function existingFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existingFolder(dirname(folder));
}

/** What git prints. Undefined if it fails. */
function git(folder: string, args: readonly string[]): string | undefined {
  const { status, stdout, error } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) throw new BaseError(`git cannot be run: ${error.message}`, 'install git, or name the --out folder of an earlier review');
  return status === 0 ? stdout : undefined;
}
