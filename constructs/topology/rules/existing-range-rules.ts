import { cidrContains, parseCidr } from '../plan/cidr';
import type { RegionSettings } from '../settings/regions';
import { isMapping } from '../settings/rows/value-kinds';
import { errorOf, type Problem } from './judging/problem';

const LISTS = ['otherCidrs', 'endpointCidrs'] as const;

/**
 * About the ranges of a VPC that exists already, beside the one that its subnets are in.
 *
 * @internal
 */
export function existingRangeProblems({ vpcCidr, existingVpc }: RegionSettings, i: number): Problem[] {
  if (!isMapping(existingVpc)) return [];
  const { otherCidrs, endpointCidrs } = existingVpc;
  const kinds = LISTS.flatMap(list => kindProblems(`regions[${i}].existingVpc.${list}`, existingVpc[list]));
  if (kinds.length > 0) return kinds;
  const ranges = [vpcCidr, ...listOf(otherCidrs)].map(parseCidr);
  // A range that is none has its own problem.
  if (ranges.includes(undefined)) return [];
  return listOf(endpointCidrs).flatMap((text, at) => {
    const cidr = parseCidr(text);
    if (!cidr || ranges.some(range => range && cidrContains(range, cidr))) return [];
    return [
      errorOf({
        rule: 'existing-vpc-endpoints',
        setting: `regions[${i}].existingVpc.endpointCidrs[${at}]`,
        value: text,
        requirement: "must lie within 'vpcCidr' or 'otherCidrs'",
        fix: 'name the subnets in which the interface endpoints are',
      }),
    ];
  });
}

function kindProblems(setting: string, value: unknown): Problem[] {
  const problem = (at: string, got: unknown, requirement: string): Problem =>
    errorOf({
      rule: 'existing-vpc-ranges',
      setting: at,
      value: got,
      requirement,
      fix: "write them like ['100.64.0.0/16'], or leave the list out",
    });
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [problem(setting, value, 'must be a list of IPv4 ranges')];
  return value.flatMap((text: unknown, at) =>
    parseCidr(text) ? [] : [problem(`${setting}[${at}]`, text, 'must be an IPv4 range that starts at its first address')],
  );
}

/**
 * What is no list has its own problem.
 *
 * @internal
 */
export function listOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}
