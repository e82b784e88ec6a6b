import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isTextOf } from '../../settings/rows/value-kinds';
import type { CamundaVersion } from '../../versions/camunda-version';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import { isInRange, isOlderThan, SEES_RENEWED_TOKENS } from '../../versions/elasticsearch-version';
import { errorOf, warningOf, type Problem } from '../judging/problem';

const TAG = /^[\w][\w.-]{0,127}$/;

/** @internal */
export function versionProblems(settings: ResolvedSettings): Problem[] {
  const { camunda } = settings;
  // Without a version there is nothing to compare with, and the version has its own problem.
  if (!isKnownVersion(camunda.version)) return [];
  const version = CAMUNDA_VERSIONS[camunda.version];
  return [
    ...migrationProblems(camunda.migratingFrom, version),
    ...tagProblems(settings, version),
    ...elasticsearchProblems(settings, version),
  ];
}

/**
 * Whether this library has a table of the version.
 *
 * @internal
 */
export function isKnownVersion(version: unknown): version is string {
  return typeof version === 'string' && Object.hasOwn(CAMUNDA_VERSIONS, version);
}

function migrationProblems(migratingFrom: unknown, { minor, migration }: CamundaVersion): Problem[] {
  if (migratingFrom === undefined || (migration && migratingFrom === migration.from)) return [];
  const [target] = Object.values(CAMUNDA_VERSIONS).filter(version => version.migration);
  return [
    errorOf({
      rule: 'migration',
      setting: 'camunda.migratingFrom',
      value: migratingFrom,
      requirement: migration ? `must be '${migration.from}' with version ${minor}` : `must not be given with version ${minor}`,
      fix: `only the upgrade from ${target.migration?.from} to ${target.minor} takes data over: leave it out for any other`,
    }),
  ];
}

function tagProblems({ images, camunda }: ResolvedSettings, { images: known }: CamundaVersion): Problem[] {
  const tags = [
    ['images.camundaTag', images.camundaTag, known.camunda.tag],
    ['images.connectorsTag', images.connectorsTag, known.connectors.tag],
  ] as const;
  return tags.flatMap(([setting, tag, patch]) => {
    if (tag === undefined || (isTextOf(TAG, tag) && (tag === camunda.version || tag.startsWith(`${camunda.version}.`)))) return [];
    return [
      errorOf({
        rule: 'image-tag',
        setting,
        value: tag,
        requirement: `must be a tag of Camunda ${camunda.version}`,
        fix: `name an exact patch, for example '${patch}'`,
      }),
    ];
  });
}

function elasticsearchProblems(
  { images, backup }: ResolvedSettings,
  { minor, images: known, elasticsearchVersions }: CamundaVersion,
): Problem[] {
  const tag = images.elasticsearchTag;
  if (tag === undefined) return [];
  if (isInRange(tag, elasticsearchVersions)) return backup.enabled && isOlderThan(tag, SEES_RENEWED_TOKENS) ? [losesItsToken(tag)] : [];
  const ranges = elasticsearchVersions.map(({ major, oldestMinor }) => `${major}.${oldestMinor} or newer of ${major}`);
  return [
    errorOf({
      rule: 'elasticsearch-version',
      setting: 'images.elasticsearchTag',
      value: tag,
      requirement: `must be an exact version that Camunda ${minor} supports: ${ranges.join(', ')}`,
      fix: `write all three numbers in quotes, for example '${known.elasticsearch.tag}'`,
    }),
  ];
}

function losesItsToken(tag: string): Problem {
  return warningOf({
    rule: 'elasticsearch-token',
    setting: 'images.elasticsearchTag',
    value: tag,
    requirement:
      'should be 8.18 or newer while snapshots are kept: patches of older versions do not see that the token for S3 was renewed, and can lose access within a day',
    fix: 'leave the setting out, or make sure that your patch has elastic/elasticsearch#119748',
  });
}
