import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { PROGRAM } from '../../scripts/program-bundles';
import { appFolder, check, must, ROOT, showsMistakes, synthesises, type Consumer, type Setting } from './proof';

const PACKAGE = 'cdk-camunda-dual-region';
/** Of a file that holds types alone, the compiler leaves this. */
const NO_CODE = /^(("use strict";|Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);|\/\/.*)\s*)*$/;

/** An app in TypeScript, in an empty folder, from the packed tarball. */
export async function typescriptConsumer(setting: Setting): Promise<Consumer> {
  const cwd = appFolder(setting, 'typescript');
  const [tarball] = readdirSync(join(ROOT, 'dist', 'js')).filter(file => file.endsWith('.tgz'));
  await must('npm', ['init', '--yes'], { cwd });
  // The versions that we test with: npm would take the newest ones in range for the peers.
  const wanted = [...peers(), 'typescript', '@types/node'].map(name => `${name}@${installedVersion(name)}`);
  await must('npm', ['install', '--no-audit', '--no-fund', join(ROOT, 'dist', 'js', tarball), ...wanted], { cwd });
  const installed = join(cwd, 'node_modules', PACKAGE);
  check('npm package: holds what the library needs, and nothing else', strayFiles(installed));
  check('npm package: has the schema of the configuration, and the feature flags', await unreadable(cwd));
  check('npm package: brings no dependencies but peers', ownDependencies(installed));
  for (const program of [[PROGRAM, 'recover'], ['recover']]) {
    const help = await must('npx', ['--no-install', ...program, '--help'], { cwd });
    check(`npm package: '${program.join(' ')}' starts`, help.includes('failover') ? [] : [`its help is: ${help}`]);
  }
  check('npm package: the review is the one of the project', await reviewDiffers(cwd));
  const manifests = await must('npx', ['--no-install', PROGRAM, 'manifests', '--config', 'default.yaml', '--out', '-'], { cwd });
  check('npm package: renders manifests', manifests.includes('kind: StatefulSet') ? [] : [`it wrote: ${manifests.slice(0, 200)}`]);
  await must('npx', ['--no-install', 'tsc', '--project', '.'], { cwd });
  const run = { program: process.execPath, cwd };
  const seconds = await synthesises('TypeScript', setting, { ...run, args: ['out/app.js'], comparison: { anyAsset: false } });
  await showsMistakes('TypeScript', setting, { ...run, args: ['out/mistakes.js'], message: /ConfigurationError: ([\s\S]*?)\n {4}at / });
  return { name: 'TypeScript, npm package', seconds, notes: [] };
}

/** What a user cannot load by its name. */
async function unreadable(cwd: string): Promise<string[]> {
  const files = ['schema', 'feature-flags'].map(name => `${PACKAGE}/config/${name}.json`);
  const answers = await Promise.all(
    files.map(file => must(process.execPath, ['--print', `Object.keys(require(${JSON.stringify(file)})).length`], { cwd })),
  );
  return files.filter((_, i) => !(Number(answers[i]) > 0));
}

/** Reviews a configuration with the program of the package, compares it with the result, and both with what the project's own program says. */
async function reviewDiffers(cwd: string): Promise<string[]> {
  cpSync(join(ROOT, 'config/default.yaml'), join(cwd, 'default.yaml'));
  // Our own is compiled on the way, as the project says, wherever it runs.
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json') };
  const review = (program: readonly string[], out: string, more: readonly string[] = []): Promise<string> =>
    must(process.execPath, [...program, '--config', 'default.yaml', '--out', out, ...more], { cwd, env });
  const shipped = [`node_modules/.bin/${PROGRAM}`, 'review'];
  await review(shipped, 'first');
  await review(shipped, 'shipped', ['--base', 'first']);
  const source = ['--import', createRequire(__filename).resolve('tsx'), join(ROOT, `bin/${PROGRAM}.ts`), 'review'];
  await review(source, 'source', ['--base', 'first']);
  const [one, other] = ['shipped', 'source'].map(folder => readFileSync(join(cwd, folder, 'review.md'), 'utf8'));
  return one === other ? [] : ['review.md of the package differs from that of the project'];
}

/** The peers of the library, by name. */
export function peers(): string[] {
  const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(peerDependencies);
}

/** The version of a package that the project itself uses. */
export function installedVersion(name: string): string {
  const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function ownDependencies(folder: string): string[] {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly peerDependencies?: Readonly<Record<string, string>>;
  };
  return [...Object.keys(dependencies), ...(Object.keys(peerDependencies).length > 0 ? [] : ['no peers at all'])];
}

function strayFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const needed = reachable(folder, 'dist/lib/index.js');
  const meant =
    /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|\.jsii|dist\/bin\/(camunda-dual-region|recover|review)\.js|dist\/db\.json\.gz|dist\/(bin|constructs\/certificates)\/authority\/bundle\/index\.js|config\/(schema|feature-flags)\.json|.*\.d\.ts)$/;
  return [
    ...[...needed].filter(file => !files.includes(file)).map(file => `missing: ${file}`),
    ...files
      .filter(file => !meant.test(file) && !needed.has(file) && !NO_CODE.test(readFileSync(join(folder, file), 'utf8')))
      .map(file => `not needed: ${file}`),
    ...files.filter(file => file.endsWith('.d.ts') && !files.includes(file.replace(/\.d\.ts$/, '.js'))).map(file => `types alone: ${file}`),
  ];
}

/** Files that a module loads, itself included. */
function reachable(folder: string, entry: string): Set<string> {
  const found = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, target] of text.matchAll(/require\("(\.[^"]+)"\)/g)) open.push(normalize(join(dirname(file), `${target}.js`)));
  }
  return found;
}
