import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a review is compared with: the output of another review. */
export interface BaseFolder {
  readonly folder: string;
  /** What the comparison cannot see, each a sentence. */
  readonly notes: readonly string[];
}

/** A base that cannot be had, with the sentence that says why and what to do. */
export class BaseError extends Error {
  public override readonly name = 'BaseError';
}

/**
 * Hands over the output of an earlier review: a folder that one wrote, or a commit, whose own program then makes it from its own
 * configuration. Nothing of a commit is checked out, and nothing of it is left behind.
 *
 * @param base a folder, or anything that git takes for a commit
 * @param config the configuration, from the root of the repository
 * @param use is told the folder while it is there
 */
export function withBase<T>(base: string, config: string, use: (base: BaseFolder) => T): T {
  if (existsSync(base) && statSync(base).isDirectory()) return use({ folder: base, notes: [] });
  const commit = commitOf(base);
  const folder = mkdtempSync(join(tmpdir(), 'review-base-'));
  try {
    return use({
      folder: reviewAt(commit, base, config, folder),
      notes: [`${base} is commit ${commit.slice(0, 12)}, rendered by its own code with the packages that are installed now.`],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commitOf(base: string): string {
  // A name that begins with a hyphen would be an option.
  const { status, stdout } = spawnSync('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`], {
    encoding: 'utf8',
  });
  if (status === 0) return stdout.trim();
  throw new BaseError(`'${base}' is neither a folder with an earlier review nor a commit that git knows here; fetch it, or name a folder`);
}

function reviewAt(commit: string, base: string, config: string, folder: string): string {
  const [code, out] = [join(folder, 'code'), join(folder, 'out')];
  mkdirSync(code);
  const archive = spawnSync('git', ['archive', '--format=tar', commit], { maxBuffer: Infinity });
  const unpacked = spawnSync('tar', ['-x', '-C', code], { input: archive.stdout });
  if (archive.status !== 0 || unpacked.status !== 0) throw new BaseError(`the files of ${base} cannot be read: ${String(archive.stderr)}`);
  for (const file of ['bin/review.ts', config]) {
    if (!existsSync(join(code, file)))
      throw new BaseError(`${base} has no ${file}; name a commit that has it, or the folder of an earlier review`);
  }
  symlinkSync(resolve('node_modules'), join(code, 'node_modules'), 'dir');
  const review = spawnSync(process.execPath, ['--import', 'tsx', 'bin/review.ts', '--config', config, '--out', out], {
    cwd: code,
    encoding: 'utf8',
  });
  // What was dangerous then is no reason not to compare with it.
  if (review.status === 0 || review.status === 2) return out;
  throw new BaseError(`the review of ${base} fails, so that there is nothing to compare with:\n${review.stderr}`);
}
