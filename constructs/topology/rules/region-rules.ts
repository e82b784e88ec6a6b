import { ZONE_COUNT } from '../plan/subnets';
import { ACCOUNT, REGION_NAME, type RegionSettings } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isTextOf } from '../settings/rows/value-kinds';
import { REGIONS_WITH_UNSUITABLE_ZONES } from '../versions/aws-regions';
import { errorOf, warningOf, type Problem } from './judging/problem';

/** @internal */
export function regionProblems({ regions }: ResolvedSettings): Problem[] {
  return [...regions.flatMap(zoneProblems), ...differenceProblems(regions)];
}

function zoneProblems({ awsRegion, availabilityZones }: RegionSettings, i: number): Problem[] {
  // Zones are judged by the name of their region, which has its own problem if it is none.
  if (!isTextOf(REGION_NAME, awsRegion)) return [];
  const setting = `regions[${i}].availabilityZones`;
  if (availabilityZones === undefined) {
    if (!REGIONS_WITH_UNSUITABLE_ZONES.includes(awsRegion)) return [];
    return [
      warningOf({
        rule: 'availability-zones-unsuitable',
        setting,
        value: undefined,
        requirement: `should name three zones in ${awsRegion}, where one zone does not offer EKS or an account may have only two`,
        fix: "look them up with 'aws ec2 describe-availability-zones' and list three",
      }),
    ];
  }
  const fix = `list three, for example ${['a', 'b', 'c'].map(letter => `'${awsRegion}${letter}'`).join(', ')}`;
  const problem = (at: string, value: unknown, requirement: string): Problem =>
    errorOf({ rule: 'availability-zones', setting: at, value, requirement, fix });
  const zones: readonly unknown[] = Array.isArray(availabilityZones) ? availabilityZones : [];
  const isZone = (zone: unknown): boolean =>
    typeof zone === 'string' && zone.startsWith(awsRegion) && /^[a-z]$/.test(zone.slice(awsRegion.length));
  const invalidEntries = zones.flatMap((zone, at) =>
    isZone(zone) ? [] : [problem(`${setting}[${at}]`, zone, `must be a zone of ${awsRegion}`)],
  );
  if (zones.length === ZONE_COUNT && (invalidEntries.length > 0 || new Set(zones).size === ZONE_COUNT)) return invalidEntries;
  return [...invalidEntries, problem(setting, availabilityZones, `must be three different zones of ${awsRegion}`)];
}

function isAccountOrNone(account: unknown): boolean {
  return account === undefined || isTextOf(ACCOUNT, account);
}

function differenceProblems(regions: readonly RegionSettings[]): Problem[] {
  if (regions.length !== 2) return [];
  const [first, second] = regions;
  const problems: Problem[] = [];
  if (first.awsRegion !== undefined && first.awsRegion === second.awsRegion) {
    problems.push(
      errorOf({
        rule: 'region-same',
        setting: 'regions[1].awsRegion',
        value: second.awsRegion,
        requirement: "must differ from 'regions[0].awsRegion'",
        fix: 'choose a second AWS region: one region that is listed twice is lost at once',
      }),
    );
  }
  if (first.namespace !== undefined && first.namespace === second.namespace) {
    problems.push(
      errorOf({
        rule: 'namespace-same',
        setting: 'regions[1].namespace',
        value: second.namespace,
        requirement: "must differ from 'regions[0].namespace'",
        fix: 'give each region its own namespace: names of the other region are found by their namespace',
      }),
    );
  }
  if (isAccountOrNone(first.account) && isAccountOrNone(second.account) && first.account !== second.account) {
    problems.push(
      errorOf({
        rule: 'account-same',
        setting: 'regions[1].account',
        value: second.account,
        requirement: "must equal 'regions[0].account'",
        fix: 'deploy both regions into one account: accepting a peering from another one needs a role there, which this version does not make',
      }),
    );
  }
  return problems;
}
