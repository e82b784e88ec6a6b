import { ZONE_COUNT } from '../plan/subnets';
import { ACCOUNT, REGION_NAME, type RegionSettings } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isTextOf } from '../settings/rows/value-kinds';
import { exampleZones, zonesIn } from '../versions/availability-zones';
import { partitionOf } from '../versions/aws-partitions';
import { errorOf, type Problem } from './judging/problem';

/** @internal */
export function regionProblems({ regions }: ResolvedSettings): Problem[] {
  // Zones and partitions are judged by the name of their region, which has its own problem if it is none.
  const named = regions.flatMap((region, i) => (isTextOf(REGION_NAME, region.awsRegion) ? [{ region, i }] : []));
  return [
    ...named.flatMap(({ region, i }) => [...partitionProblems(region, i), ...zoneProblems(region, i)]),
    ...differenceProblems(regions),
  ];
}

function partitionProblems({ awsRegion }: RegionSettings, i: number): Problem[] {
  const { id, lacks } = partitionOf(awsRegion);
  if (lacks === undefined) return [];
  return [
    errorOf({
      rule: 'partition-unsupported',
      setting: `regions[${i}].awsRegion`,
      value: awsRegion,
      requirement: `must be in another partition than '${id}', which lacks ${lacks}`,
      fix: 'choose two regions of the standard partition, of AWS GovCloud (US) or of China',
    }),
  ];
}

function zoneProblems({ awsRegion, availabilityZones }: RegionSettings, i: number): Problem[] {
  const { tooFew, unsuitable } = zonesIn(awsRegion);
  if (tooFew !== undefined) {
    return [
      errorOf({
        rule: 'region-zones',
        setting: `regions[${i}].awsRegion`,
        value: awsRegion,
        requirement: `must be a region with three zones for EKS: ${tooFew}`,
        fix: 'choose a region nearby: Elasticsearch and the brokers keep a majority because they are spread over three zones',
      }),
    ];
  }
  const setting = `regions[${i}].availabilityZones`;
  const fix = `list three, for example ${exampleZones(awsRegion)
    .map(zone => `'${zone}'`)
    .join(', ')}`;
  if (availabilityZones === undefined) {
    if (unsuitable === undefined) return [];
    return [
      errorOf({
        rule: 'availability-zones-unsuitable',
        setting,
        value: undefined,
        requirement: `must name three zones in ${awsRegion}: ${unsuitable}, and that may be one of the first three of your account`,
        fix: `look up which is which with 'aws ec2 describe-availability-zones --region ${awsRegion}', and ${fix}`,
      }),
    ];
  }
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

function samePartitionProblems(first: unknown, second: unknown): Problem[] {
  if (!isTextOf(REGION_NAME, first) || !isTextOf(REGION_NAME, second) || partitionOf(first) === partitionOf(second)) return [];
  return [
    errorOf({
      rule: 'partition-same',
      setting: 'regions[1].awsRegion',
      value: second,
      requirement: `must be in the partition of 'regions[0].awsRegion', '${partitionOf(first).id}', and is in '${partitionOf(second).id}'`,
      fix: 'choose two regions of one partition: VPCs cannot be peered from one into another, nor secrets and objects copied',
    }),
  ];
}

function isAccountOrNone(account: unknown): boolean {
  return account === undefined || isTextOf(ACCOUNT, account);
}

function differenceProblems(regions: readonly RegionSettings[]): Problem[] {
  if (regions.length !== 2) return [];
  const [first, second] = regions;
  const problems = samePartitionProblems(first.awsRegion, second.awsRegion);
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
