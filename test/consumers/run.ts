import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Topology } from '../../lib';
import { javaConsumer } from './java-package';
import { typescriptConsumer } from './npm-package';
import { check, closingLine, hasFailed, must, ROOT, say, type Consumer, type Setting } from './proof';
import { pythonConsumer } from './python-package';

/** What the wrong apps of all languages are given. */
const WRONG = {
  camunda: { version: '7.9', clusterSize: 5 },
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'kube-system' },
    { awsRegion: 'eu-west-3', vpcCidr: '10.192.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
  ],
};
const CONSUMERS: Readonly<Record<string, (setting: Setting) => Promise<Consumer>>> = {
  typescript: typescriptConsumer,
  python: pythonConsumer,
  java: javaConsumer,
};

/** The example that other languages have, too. */
const EXAMPLE = 'examples/beside-camunda/app.ts';

/** Proves the packages that `npm run package` has left, for a release: what is published is what was proven. */
const BUILT = '--built';

async function main(given: readonly string[]): Promise<void> {
  const wanted = given.filter(word => word !== BUILT);
  const unknown = wanted.filter(word => !Object.keys(CONSUMERS).includes(word));
  if (unknown.length > 0) throw new Error(`languages must be of ${Object.keys(CONSUMERS).join(', ')}, got ${unknown.join(', ')}`);
  const work = mkdtempSync(join(tmpdir(), 'consumers-'));
  try {
    await prove(work, wanted.length > 0 ? wanted : Object.keys(CONSUMERS), given.includes(BUILT));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function prove(work: string, languages: readonly string[], built: boolean): Promise<void> {
  if (!built) await buildPackages(languages);
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { readonly context: unknown };
  const setting: Setting = {
    work,
    ours: join(work, 'ours'),
    beside: join(work, 'beside'),
    built,
    mistakes: mistakesOf(WRONG),
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context), JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(work, 'jsii') },
  };
  const consumers = [{ name: 'ours, from source', seconds: await synthesise('bin/app.ts', setting.ours, setting.env), notes: [] }];
  await synthesise(EXAMPLE, setting.beside, setting.env);
  for (const language of languages) {
    try {
      consumers.push((await CONSUMERS[language](setting)) as (typeof consumers)[number]);
    } catch (error) {
      check(`${language}: DID NOT RUN TO ITS END`, [(error as Error).message]);
    }
  }
  say(`\n${table(consumers)}`);
}

async function buildPackages(languages: readonly string[]): Promise<void> {
  await must('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  await must('npm', ['run', '--silent', 'build:programs'], { cwd: ROOT });
  // The jar comes with its consumer, because other jars have to be there before it can be built.
  const targets = ['js', ...languages.filter(language => language === 'python')];
  for (const target of ['js', 'python', 'java']) rmSync(join(ROOT, 'dist', target), { recursive: true, force: true });
  await must('npx', ['--no-install', 'jsii-pacmak', '--targets', ...targets, '--no-npmignore', '--no-fingerprint', '--', '.'], {
    cwd: ROOT,
  });
}

/** Runs an app of ours from its source, and returns the seconds it took. */
async function synthesise(app: string, outdir: string, env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  await must(process.execPath, ['--import', 'tsx', app], { cwd: ROOT, env: { ...env, CDK_OUTDIR: outdir } });
  return (performance.now() - start) / 1000;
}

function mistakesOf(settings: typeof WRONG): string[] {
  try {
    Topology.of(settings);
  } catch (error) {
    return (error as Error).message.split('\n').map(line => line.trim());
  }
  throw new Error('the wrong settings are right');
}

function table(consumers: readonly Consumer[]): string {
  const rows = consumers.map(({ name, seconds, notes }) => {
    const factor = (seconds / consumers[0].seconds).toFixed(1);
    const honest = notes.length === 0 ? 'as a user gets it' : `${notes.length} of its dependencies are not what a user gets, see above`;
    return `| ${name} | ${seconds.toFixed(1)} s | ${factor} | ${honest} |`;
  });
  return ['| consumer | synthesis | against ours | dependencies |', '|---|---|---|---|', ...rows].join('\n');
}

main(process.argv.slice(2)).then(
  () => {
    say(closingLine());
    process.exitCode = hasFailed() ? 1 : 0;
  },
  (error: Error) => {
    check('the proofs can run', [error.message]);
    say(closingLine());
    process.exitCode = 1;
  },
);
