import { REGION_NAME, type RegionSettings } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/rows/value-kinds';
import { partitionOf } from '../versions/aws-partitions';
import { errorOf, type Problem } from './judging/problem';

const KEY_ARN = /^arn:([a-z-]+):kms:([a-z0-9-]+):/;

/** What is copied from region to region with the keys of both. */
const IN_BOTH = ['buckets', 'secrets'] as const;

/**
 * Keys of AWS KMS, which are regional.
 *
 * @internal
 */
export function keyProblems({ regions }: ResolvedSettings): Problem[] {
  return [...regions.flatMap(placeProblems), ...bothProblems(regions)];
}

function placeProblems({ awsRegion, keys }: RegionSettings, i: number): Problem[] {
  // A region that is none has its own problem.
  if (!isMapping(keys) || !isTextOf(REGION_NAME, awsRegion)) return [];
  const place = `arn:${partitionOf(awsRegion).id}:kms:${awsRegion}:`;
  return Object.entries(keys).flatMap(([name, arn]) => {
    if (!isTextOf(KEY_ARN, arn) || arn.startsWith(place)) return [];
    return [
      errorOf({
        rule: 'kms-key-region',
        setting: `regions[${i}].keys.${name}`,
        value: arn,
        requirement: `must be a key in ${awsRegion}, where it encrypts`,
        fix: `make one there, or a replica of a multi-Region key, whose ARN begins with '${place}'`,
      }),
    ];
  });
}

function bothProblems(regions: readonly RegionSettings[]): Problem[] {
  if (regions.length !== 2) return [];
  return IN_BOTH.flatMap(name => {
    const [first, second] = regions.map(({ keys }) => (isMapping(keys) ? keys[name] : undefined));
    if ((first === undefined) === (second === undefined)) return [];
    const i = first === undefined ? 0 : 1;
    return [
      errorOf({
        rule: 'kms-key-both',
        setting: `regions[${i}].keys.${name}`,
        value: undefined,
        requirement: `must be given, because 'regions[${1 - i}].keys.${name}' is`,
        fix: 'name a key of each region: what one encrypts is copied to the other one, and encrypted there again',
      }),
    ];
  });
}
