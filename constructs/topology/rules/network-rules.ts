import { cidrsOverlap, cidrText, parseCidr } from '../plan/cidr';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { listOf } from './existing-range-rules';
import { errorOf, type Problem } from './judging/problem';

interface NamedRange {
  readonly setting: string;
  readonly text: unknown;
}

/** @internal */
export function networkProblems({ regions }: ResolvedSettings): Problem[] {
  return overlapProblems(
    regions.flatMap(({ vpcCidr, serviceCidr, existingVpc }, i) => [
      { setting: `regions[${i}].vpcCidr`, text: vpcCidr },
      { setting: `regions[${i}].serviceCidr`, text: serviceCidr },
      ...listOf(existingVpc?.otherCidrs).map((text, at) => ({ setting: `regions[${i}].existingVpc.otherCidrs[${at}]`, text })),
    ]),
  );
}

function overlapProblems(ranges: readonly NamedRange[]): Problem[] {
  return ranges.flatMap((range, i) =>
    ranges.slice(0, i).flatMap(earlier => {
      const [a, b] = [parseCidr(range.text), parseCidr(earlier.text)];
      if (!a || !b || !cidrsOverlap(a, b)) return [];
      return [
        errorOf({
          rule: 'cidr-overlap',
          setting: range.setting,
          value: range.text,
          requirement: `must not overlap '${earlier.setting}' (${cidrText(b)})`,
          fix: 'give each range its own block: routes between the regions are by address, and VPCs with a range in common cannot be peered',
        }),
      ];
    }),
  );
}
