import type { CamundaVersion } from './camunda-version';

const EXACT_VERSION = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}$/;

/** The numbers of a version that decide what it can do. */
export interface MinorVersion {
  readonly major: number;
  readonly minor: number;
}

/**
 * From this version on Elasticsearch uses the second AWS SDK, which asks the STS of `AWS_REGION` by itself.
 *
 * @see Elasticsearch 8.19 release highlights
 *
 * @internal
 */
export const SECOND_AWS_SDK: MinorVersion = { major: 8, minor: 19 };

/**
 * From this version on every patch of Elasticsearch notices that its token was renewed. It watches the file; 8.14 to the first patches of 8.17 cannot.
 *
 * @see https://github.com/elastic/elasticsearch/pull/119748
 *
 * @internal
 */
export const SEES_RENEWED_TOKENS: MinorVersion = { major: 8, minor: 18 };

/**
 * Whether a tag is an exact version of Elasticsearch in one of the ranges that a version of Camunda supports.
 *
 * @internal
 */
export function isInRange(tag: unknown, ranges: CamundaVersion['elasticsearchVersions']): tag is string {
  const version = typeof tag === 'string' ? minorVersionOf(tag) : undefined;
  return version !== undefined && ranges.some(({ major, oldestMinor }) => major === version.major && oldestMinor <= version.minor);
}

/**
 * Whether a tag is an exact version that is older than another one.
 *
 * @internal
 */
export function isOlderThan(tag: string, other: MinorVersion): boolean {
  const one = minorVersionOf(tag);
  return one !== undefined && (one.major < other.major || (one.major === other.major && one.minor < other.minor));
}

/** Major and minor of a version with all three numbers. */
function minorVersionOf(tag: string): MinorVersion | undefined {
  const [, major, minor] = EXACT_VERSION.exec(tag) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
