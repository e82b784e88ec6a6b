import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { peerDependencies } from '../package.json';
import { AUTHORITY_BUNDLE } from './authority-bundle';

const ROOT = join(__dirname, '..');

/** Programs that the package brings, each in one file: whoever imports the library inherits none of what they need. */
export const PROGRAMS: readonly ('recover' | 'review')[] = ['recover', 'review'];

/** Bundles a program. What the library has as peers is the user's, and is not in it. */
export async function bundleProgram(name: (typeof PROGRAMS)[number], outfile: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'bin', `${name}.ts`)],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: Object.keys(peerDependencies),
    outfile,
    logLevel: 'warning',
  });
  if (name !== 'review') return;
  copyResourceSpecification(outfile);
  copyAuthorityBundle(dirname(outfile));
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
