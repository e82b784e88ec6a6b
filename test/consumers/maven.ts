import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { command, type Outcome } from '../e2e/support/command';
import { ROOT } from './proof';

/** Maven's name of what an npm package is in Java, and the version that we use of it. */
export interface Artifact {
  readonly npmName: string;
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

/** Where Maven keeps what a repository has served it. */
export const USERS_REPOSITORY = join(homedir(), '.m2', 'repository');
/** Compiled code would cost more than it brings: these programs run for seconds. */
const QUICK = '-XX:+TieredCompilation -XX:TieredStopAtLevel=1';
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get';

/** Runs Maven, with a repository of its own unless it is the user's. */
export function maven(args: readonly string[], cwd: string, repository = USERS_REPOSITORY, env = process.env): Promise<Outcome> {
  return command('mvn', ['--batch-mode', '--quiet', '--no-transfer-progress', `-Dmaven.repo.local=${repository}`, ...args], {
    cwd,
    env: { ...env, MAVEN_OPTS: QUICK },
  });
}

/** What an npm package is in Java; undefined if it is nothing there. */
export function artifactOf(npmName: string): Artifact | undefined {
  const file = join(ROOT, 'node_modules', npmName, 'package.json');
  const { version, jsii } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly version: string;
    readonly jsii?: {
      readonly targets?: { readonly java?: { readonly maven: { readonly groupId: string; readonly artifactId: string } } };
    };
  };
  const names = jsii?.targets?.java?.maven;
  return names && { npmName, group: names.groupId, artifact: names.artifactId, version };
}

/** Asks the repositories for a version. Undefined if it is served, else their answer. */
export async function refusal(artifact: Artifact, cwd: string): Promise<string | undefined> {
  const { code, stdout, stderr } = await maven([GET, '-Dtransitive=false', `-Dartifact=${coordinates(artifact)}`], cwd);
  if (code === 0) return undefined;
  return /\[ERROR\].*?(Could not find artifact [^\n]*|[^\n]*)/.exec(`${stdout}\n${stderr}`)?.[1] ?? `exit code ${code}`;
}

/** The newest version that the repositories serve with all that it needs; undefined if there is none. */
export async function newestServed(artifact: Artifact, cwd: string): Promise<Artifact | undefined> {
  const { code } = await maven([GET, '-Dtransitive=false', `-Dartifact=${coordinates({ ...artifact, version: 'LATEST' })}`], cwd);
  if (code !== 0) return undefined;
  const folder = join(USERS_REPOSITORY, ...artifact.group.split('.'), artifact.artifact);
  const lists = existsSync(folder) ? readdirSync(folder).filter(file => /^maven-metadata-.*\.xml$/.test(file)) : [];
  const release = lists.map(file => /<release>([^<]+)</.exec(readFileSync(join(folder, file), 'utf8'))?.[1]).find(Boolean);
  if (release === undefined) return undefined;
  const found = { ...artifact, version: release };
  const whole = await maven([GET, `-Dartifact=${coordinates(found)}`], cwd);
  return whole.code === 0 ? found : undefined;
}

/** A file of a version in a repository. */
export function fileOf(repository: string, { group, artifact, version }: Artifact, extension: 'jar' | 'pom'): string {
  return join(repository, ...group.split('.'), artifact, version, `${artifact}-${version}.${extension}`);
}

/** Name by which Maven asks. */
export function coordinates({ group, artifact, version }: Artifact): string {
  return `${group}:${artifact}:${version}`;
}
