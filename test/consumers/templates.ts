import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SUFFIX = '.template.json';
/** Name of an asset's file: a hash of what is in it. */
const ASSET = /^[0-9a-f]{64}\.zip$/;

/** How a consumer's templates are compared with ours. */
export interface Comparison {
  /**
   * Whether names of assets may differ. Functions of aws-cdk-lib itself differ from one of its versions to the next, and with them the
   * hashes that are their names. With the same version they are equal to the byte.
   */
  readonly anyAsset: boolean;
}

/** What differs between the templates of two cloud assemblies, as paths. */
export function differences(ours: string, theirs: string, { anyAsset }: Comparison): string[] {
  const [expected, found] = [ours, theirs].map(templatesIn);
  if (expected.size === 0) return ['we have no templates'];
  const names = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return names.flatMap(name => unequal(name, expected.get(name), found.get(name), anyAsset));
}

function templatesIn(folder: string): Map<string, unknown> {
  const files = readdirSync(folder).filter(file => file.endsWith(SUFFIX));
  return new Map(files.map(file => [file.slice(0, -SUFFIX.length), JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown]));
}

function unequal(path: string, expected: unknown, found: unknown, anyAsset: boolean): string[] {
  if (expected === found) return [];
  if (isObject(expected) && isObject(found) && Array.isArray(expected) === Array.isArray(found)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
    return keys.flatMap(key => unequal(`${path}.${key}`, expected[key], found[key], anyAsset));
  }
  if (anyAsset && [expected, found].every(value => typeof value === 'string' && ASSET.test(value))) return [];
  return [`${path}: ours ${excerpt(expected)}, theirs ${excerpt(found)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function excerpt(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
