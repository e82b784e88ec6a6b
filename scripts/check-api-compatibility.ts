import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayBreak } from './release-versions';

// Compares the API that `npm run build` has written with that of the last tag.
const ROOT = join(__dirname, '..');

function main(): number {
  const tag = lastTag();
  if (tag === undefined) {
    say('NOT COMPARED: there is no tag v*, so there is no released API yet. The first tag is what the next run compares with.');
    return 0;
  }
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  const old = mkdtempSync(join(tmpdir(), 'api-of-last-tag-'));
  try {
    say(`building ${tag} to compare with`);
    execFileSync('git', ['worktree', 'add', '--detach', '--force', old, tag], { cwd: ROOT, stdio: 'ignore' });
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: old, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: old, stdio: ['ignore', 'ignore', 'inherit'] });
    // Everything is experimental before 1.0, and would not count otherwise.
    const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'jsii-diff', '--error-on', 'all', '--keys', old, ROOT], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const changes = `${stdout}${stderr}`
      .split('\n')
      .filter(line => line.trim() && !line.startsWith('!!'))
      .join('\n');
    if (status === 0) {
      say(`the API of ${version} is compatible with ${tag}`);
      return 0;
    }
    say(changes);
    if (mayBreak(tag.slice(1), version)) {
      say(`version ${version} may break what ${tag} promised: say in CHANGELOG.md how to change over`);
      return 0;
    }
    say(`version ${version} must not break what ${tag} promised; keep the old names, or raise the version`);
    return 1;
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', old], { cwd: ROOT, stdio: 'ignore' });
    rmSync(old, { recursive: true, force: true });
  }
}

function lastTag(): string | undefined {
  // A tag on this very commit is the release that is being checked.
  const { status, stdout } = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', 'HEAD^'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = main();
