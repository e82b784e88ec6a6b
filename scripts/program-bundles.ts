import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { peerDependencies } from '../package.json';
import { AUTHORITY_BUNDLE } from './authority-bundle';

const ROOT = join(__dirname, '..');

/** The program that the package brings. */
export const PROGRAM = 'camunda-dual-region';

/** Names of its commands that earlier versions had as programs. They go with the next version. */
const ALIASES = ['recover', 'review'];

/**
 * Bundles the program into one file: users of the library inherit nothing of what it needs. What the library has as peers is the
 * user's, and is not in it.
 */
export async function bundleProgram(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'bin', `${PROGRAM}.ts`)],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: Object.keys(peerDependencies),
    outfile,
    logLevel: 'warning',
  });
  copyResourceSpecification(outfile);
  copyAuthorityBundle(dirname(outfile));
}

/** Writes what an earlier name starts, beside the program. */
export function writeAliases(program: string): void {
  for (const command of ALIASES) {
    const lines = ['#!/usr/bin/env node', `process.argv.splice(2, 0, '${command}');`, `require('./${basename(program)}');`, ''];
    writeFileSync(join(dirname(program), `${command}.js`), lines.join('\n'), { mode: 0o755 });
  }
}

/** What AWS publishes of its resources: a file that the comparison of templates reads from the folder above its own. */
function copyResourceSpecification(program: string): void {
  const diff = createRequire(createRequire(__filename).resolve('@aws-cdk/cloudformation-diff'));
  const specification = join(dirname(diff.resolve('@aws-cdk/aws-service-spec/package.json')), 'db.json.gz');
  const target = join(dirname(program), '..', 'db.json.gz');
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(specification, target);
}

/** The program synthesises, too. In it, the folder of the construct is its own. */
function copyAuthorityBundle(folder: string): void {
  cpSync(join(ROOT, AUTHORITY_BUNDLE), join(folder, relative('constructs/certificates', AUTHORITY_BUNDLE)));
}
