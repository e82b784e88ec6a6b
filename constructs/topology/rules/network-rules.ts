import { cidrsOverlap, parseCidr } from '../plan/cidr';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { errorOf, type Problem } from './judging/problem';

interface NamedRange {
  readonly setting: string;
  readonly text: string;
}

/** @internal */
export function networkProblems({ regions }: ResolvedSettings): Problem[] {
  return overlapProblems(
    regions.flatMap(({ vpcCidr, serviceCidr }, i) => [
      { setting: `regions[${i}].vpcCidr`, text: vpcCidr },
      { setting: `regions[${i}].serviceCidr`, text: serviceCidr },
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
          requirement: `must not overlap '${earlier.setting}' (${earlier.text})`,
          fix: 'give each of the four ranges its own block: routes between the regions are by address',
        }),
      ];
    }),
  );
}
