import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationFileError } from '../../../bin/config/configuration-file-error';
import type { LocatedProblem } from '../../../bin/config/located-problem';
import { readConfiguration, type Configuration } from '../../../bin/config/read-configuration';
import { WHEN_ALL_WERE_SUPPORTED } from './versions';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const BASE = `name: camunda
camunda: { version: "8.9", clusterSize: 8, partitionCount: 8, replicationFactor: 4 }
activeRegion: 0
regions:
  - awsRegion: eu-west-2
    vpcCidr: 10.192.0.0/16
    serviceCidr: 10.190.0.0/16
    namespace: camunda-london
  - awsRegion: eu-west-3
    vpcCidr: 10.202.0.0/16
    serviceCidr: 10.200.0.0/16
    namespace: camunda-paris
`;

/** A file in a temporary folder. */
export function fileOf(content: string | Uint8Array, name = 'test.yaml'): string {
  const path = join(folder, name);
  // The tests of another file may have been through with it.
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** What reading a file gives: settings, or problems. */
export function outcomeOf(path: string): { readonly configuration?: Configuration; readonly problems: readonly LocatedProblem[] } {
  let configuration: Configuration | undefined;
  const problems = problemsOf(() => (configuration = readConfiguration(path, WHEN_ALL_WERE_SUPPORTED)).warnings);
  return { configuration, problems };
}

/** The problems of a ConfigurationFileError, or what is given. Any other error fails the test. */
export function problemsOf(run: () => readonly LocatedProblem[]): readonly LocatedProblem[] {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    return error.problems;
  }
}

export function problemsIn(content: string | Uint8Array): readonly LocatedProblem[] {
  return outcomeOf(fileOf(content)).problems;
}

/** The base file with pieces replaced, each of which must be there. */
export function changed(...changes: readonly (readonly [was: string, is: string])[]): string {
  return changes.reduce((text, [was, is]) => {
    if (!text.includes(was)) throw new Error(`${was} is not in the file`);
    return text.replace(was, () => is);
  }, BASE);
}

/** Takes the mark » out of a string, and says in which line and column it was. */
export function unmarked(marked: string): { readonly text: string; readonly line: number; readonly column: number } {
  const before = marked.slice(0, marked.indexOf('»')).split('\n');
  return { text: marked.replace('»', ''), line: before.length, column: before[before.length - 1].length + 1 };
}
