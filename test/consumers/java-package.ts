import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standInFromNpm, standInFromOlder } from './java-stand-ins';
import { artifactOf, coordinates, fileOf, maven, newestServed, refusal, USERS_REPOSITORY, type Artifact } from './maven';
import { peers } from './npm-package';
import { appFolder, must, ROOT, say, showsMistakes, synthesises, type Consumer, type Setting } from './proof';

/** An app in Java, from the jar, with Maven. */
export async function javaConsumer(setting: Setting): Promise<Consumer> {
  const cwd = appFolder(setting, 'java');
  const repository = join(setting.work, 'maven');
  const notes = await fillRepository(repository, setting.work);
  const options = ['--targets', 'java', '--no-npmignore', '--no-fingerprint', '--maven-local-repository', repository];
  if (!setting.built) await must('npx', ['--no-install', 'jsii-pacmak', ...options], { cwd: ROOT });
  await installOurs(repository, cwd);
  const build = await maven(['compile'], cwd, repository);
  if (build.code !== 0) throw new Error(`the app in Java does not compile:\n${build.stdout.slice(-3000)}`);
  const env = { MAVEN_OPTS: '-XX:+TieredCompilation -XX:TieredStopAtLevel=1' };
  const args = ['--batch-mode', `-Dmaven.repo.local=${repository}`, 'exec:java'];
  const run = { program: 'mvn', cwd, env };
  const seconds = await synthesises('Java', setting, { ...run, args: ['--quiet', ...args], comparison: { anyAsset: false } });
  // Maven is not quiet here: what the app throws is a warning to it.
  const message = /software\.amazon\.jsii\.\w+: ([\s\S]*?)(?:\n\s+at |\n\[|$)/;
  await showsMistakes('Java', setting, { ...run, args: [...args, '-Dexec.mainClass=com.example.app.Mistakes'], message });
  return { name: 'Java, jar', seconds, notes };
}

/** A repository with what the jar needs. What is not served gets a stand-in, and a note. */
async function fillRepository(repository: string, work: string): Promise<string[]> {
  const notes: string[] = [];
  const missing: { artifact: Artifact; older?: Artifact }[] = [];
  for (const artifact of peers().flatMap(name => artifactOf(name) ?? [])) {
    const answer = await refusal(artifact, work);
    if (answer === undefined) continue;
    const older = await newestServed(artifact, work);
    missing.push({ artifact, older });
    const proven = older
      ? `the classes of ${older.version} around the JavaScript of ${artifact.version}`
      : 'a module made from its npm package';
    notes.push(`${coordinates(artifact)}: Maven answers '${answer}'; proven with ${proven}`);
  }
  notes.forEach(note => say(`!!!!!! Java: not what a user gets: ${note}`));
  mkdirSync(repository);
  // Stand-ins must never reach the repository of the user: they have the names of the real ones.
  if (existsSync(USERS_REPOSITORY))
    cpSync(USERS_REPOSITORY, repository, { recursive: true, filter: path => !path.includes('/com/example/') });
  for (const { artifact, older } of missing.filter(entry => entry.older)) await standInFromOlder(artifact, older!, repository, work);
  for (const { artifact } of missing.filter(entry => !entry.older)) await standInFromNpm(artifact, repository, work);
  return notes;
}

async function installOurs(repository: string, cwd: string): Promise<void> {
  const { version, jsii } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly jsii: { readonly targets: { readonly java: { readonly maven: { readonly groupId: string; readonly artifactId: string } } } };
  };
  const { groupId: group, artifactId: artifact } = jsii.targets.java.maven;
  const ours = { npmName: artifact, group, artifact, version };
  const built = join(ROOT, 'dist', 'java');
  const { code, stdout } = await maven(
    ['install:install-file', `-Dfile=${fileOf(built, ours, 'jar')}`, `-DpomFile=${fileOf(built, ours, 'pom')}`],
    cwd,
    repository,
  );
  if (code !== 0) throw new Error(`cannot install the jar: ${stdout}`);
}
