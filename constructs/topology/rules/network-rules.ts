import { cidrContains, cidrsOverlap, isPrivateCidr, parseCidr } from '../plan/cidr';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { errorOf, type Problem } from './problem';

/** `@see` Amazon VPC user guide: /16 to /28. Below /22 the zones of this plan would have too few addresses for pods. */
const VPC_PREFIX = { min: 16, max: 22 };
/** `@see` Amazon EKS API reference, KubernetesNetworkConfigRequest: /12 to /24 */
const SERVICE_PREFIX = { min: 12, max: 24 };

const CARRIER_GRADE_NAT = parseCidr('100.64.0.0/10');

interface NamedRange {
  readonly setting: string;
  readonly text: string;
  readonly limits: { readonly min: number; readonly max: number };
}

/** @internal */
export function networkProblems(settings: ResolvedSettings): Problem[] {
  const ranges = settings.regions.flatMap((region, i): NamedRange[] => [
    ...(region.vpcCidr === undefined ? [] : [{ setting: `regions[${i}].vpcCidr`, text: region.vpcCidr, limits: VPC_PREFIX }]),
    ...(region.serviceCidr === undefined
      ? []
      : [{ setting: `regions[${i}].serviceCidr`, text: region.serviceCidr, limits: SERVICE_PREFIX }]),
  ]);
  return [...ranges.flatMap(rangeProblems), ...overlapProblems(ranges), ...publicAccessProblems(settings.kubernetes.publicAccessCidrs)];
}

function rangeProblems({ setting, text, limits }: NamedRange): Problem[] {
  const cidr = parseCidr(text);
  if (!cidr) {
    return [
      errorOf({
        rule: 'cidr-valid',
        setting,
        value: text,
        requirement: 'must be an IPv4 range that starts at its first address',
        fix: "write it as 'a.b.c.d/n', for example '10.192.0.0/16'",
      }),
    ];
  }
  const problems: Problem[] = [];
  if (cidr.prefix < limits.min || cidr.prefix > limits.max) {
    problems.push(
      errorOf({
        rule: 'cidr-size',
        setting,
        value: text,
        requirement: `must be between /${limits.min} and /${limits.max}`,
        fix:
          cidr.prefix < limits.min
            ? `choose a smaller range, for example /${limits.min}`
            : `choose a larger range, for example /${limits.min}`,
      }),
    );
  }
  if (!isPrivateCidr(cidr)) {
    problems.push(
      errorOf({
        rule: 'cidr-private',
        setting,
        value: text,
        requirement: 'must lie within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10',
        fix: 'choose a private range: a public one would hide the hosts that own it',
      }),
    );
  } else if (setting.endsWith('serviceCidr') && CARRIER_GRADE_NAT && cidrContains(CARRIER_GRADE_NAT, cidr)) {
    problems.push(
      errorOf({
        rule: 'cidr-private',
        setting,
        value: text,
        requirement: 'must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
        fix: 'choose one of those: EKS does not accept 100.64.0.0/10 for Services',
      }),
    );
  }
  return problems;
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

function publicAccessProblems(cidrs: readonly string[]): Problem[] {
  if (!Array.isArray(cidrs)) {
    return [
      errorOf({
        rule: 'public-access',
        setting: 'kubernetes.publicAccessCidrs',
        value: cidrs,
        requirement: 'must be a list of IPv4 ranges',
        fix: 'leave it out for a private endpoint',
      }),
    ];
  }
  return cidrs.flatMap((text: unknown, i) => {
    const cidr = parseCidr(text);
    if (cidr && cidr.prefix > 0) return [];
    return [
      errorOf({
        rule: 'public-access',
        setting: `kubernetes.publicAccessCidrs[${i}]`,
        value: text,
        requirement: 'must be an IPv4 range smaller than the whole internet',
        fix: "name the addresses that you administer from, for example '198.51.100.7/32', or leave the list empty for a private endpoint",
      }),
    ];
  });
}
