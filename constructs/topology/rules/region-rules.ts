import { FIXED_NAMES } from '../plan/names';
import { ZONE_COUNT } from '../plan/subnets';
import type { ResolvedSettings } from '../settings/resolved-settings';
import type { RegionSettings } from '../settings/settings';
import { DNS_LABEL, isTextOf } from '../settings/value-kinds';
import { AWS_REGIONS, REGIONS_WITH_UNSUITABLE_ZONES } from '../versions/aws-regions';
import { errorOf, warningOf, type Problem } from './problem';

const REGION_NAME = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** Namespaces that belong to Kubernetes or to the controllers that this library installs. */
const SYSTEM_NAMESPACES: readonly string[] = [
  'default',
  FIXED_NAMES.elasticOperatorNamespace,
  FIXED_NAMES.externalSecretsNamespace,
  FIXED_NAMES.certManagerNamespace,
];
const SYSTEM_PREFIX = 'kube-';
const ACCOUNT = /^\d{12}$/;

/** @internal */
export function regionProblems({ regions }: ResolvedSettings): Problem[] {
  return [
    ...countProblems(regions),
    ...regions.flatMap((region, i) => [
      ...requiredProblems(region, i),
      ...awsRegionProblems(region, i),
      ...zoneProblems(region, i),
      ...namespaceProblems(region, i),
      ...accountProblems(region, i),
    ]),
    ...differenceProblems(regions),
  ];
}

function countProblems(regions: readonly RegionSettings[]): Problem[] {
  if (regions.length === 2) return [];
  return [
    errorOf({
      rule: 'region-count',
      setting: 'regions',
      value: regions.length,
      requirement: 'must list exactly two regions',
      fix: 'describe region 0 and region 1, in this order',
    }),
  ];
}

function requiredProblems(region: RegionSettings, i: number): Problem[] {
  return (['awsRegion', 'vpcCidr', 'serviceCidr', 'namespace'] as const)
    .filter(key => region[key] === undefined)
    .map(key =>
      errorOf({
        rule: 'required',
        setting: `regions[${i}].${key}`,
        value: undefined,
        requirement: 'must be given',
        fix: 'add it: it has no default, because it differs between the regions',
      }),
    );
}

function awsRegionProblems({ awsRegion }: RegionSettings, i: number): Problem[] {
  if (awsRegion === undefined || AWS_REGIONS.includes(awsRegion)) return [];
  const setting = `regions[${i}].awsRegion`;
  if (!isTextOf(REGION_NAME, awsRegion)) {
    return [
      errorOf({
        rule: 'aws-region',
        setting,
        value: awsRegion,
        requirement: 'must be the name of an AWS region',
        fix: "write it like 'eu-west-2'",
      }),
    ];
  }
  return [
    warningOf({
      rule: 'aws-region-unknown',
      setting,
      value: awsRegion,
      requirement: 'should be a region that this version knows',
      fix: 'check the spelling; if AWS opened the region recently, measure the round-trip time to the other one',
    }),
  ];
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
  const strangers = zones.flatMap((zone, at) =>
    isZone(zone) ? [] : [problem(`${setting}[${at}]`, zone, `must be a zone of ${awsRegion}`)],
  );
  if (zones.length === ZONE_COUNT && (strangers.length > 0 || new Set(zones).size === ZONE_COUNT)) return strangers;
  return [...strangers, problem(setting, availabilityZones, `must be three different zones of ${awsRegion}`)];
}

function namespaceProblems({ namespace }: RegionSettings, i: number): Problem[] {
  if (namespace === undefined) return [];
  const setting = `regions[${i}].namespace`;
  if (!isTextOf(DNS_LABEL, namespace)) {
    return [
      errorOf({
        rule: 'namespace-label',
        setting,
        value: namespace,
        requirement: 'must be a DNS label: at most 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen',
        fix: "choose a name like 'camunda-london'",
      }),
    ];
  }
  if (SYSTEM_NAMESPACES.includes(namespace) || namespace.startsWith(SYSTEM_PREFIX)) {
    return [
      errorOf({
        rule: 'namespace-system',
        setting,
        value: namespace,
        requirement: 'must not be a namespace that Kubernetes or a controller uses',
        fix: "choose a namespace of Camunda's own: the other region's DNS sends the whole namespace here",
      }),
    ];
  }
  return [];
}

function accountProblems({ account }: RegionSettings, i: number): Problem[] {
  if (isAccountOrNone(account)) return [];
  return [
    errorOf({
      rule: 'account',
      setting: `regions[${i}].account`,
      value: account,
      requirement: 'must be the 12 digits of an AWS account',
      fix: "write it in quotes, for example '123456789012'",
    }),
  ];
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
