import { AWS_REGIONS, REGIONS_WITH_UNSUITABLE_ZONES } from './aws-regions';
import { errorOf, warningOf, type Problem } from './problem';
import type { ResolvedSettings } from './resolved-settings';
import { ROUND_TRIP_LIMIT_MS, ROUND_TRIP_WARNING_MS, roundTripBetween } from './round-trip';
import type { RegionSettings } from './settings';
import { ZONE_COUNT } from './subnets';

const REGION_NAME = /^[a-z]{2}(-[a-z]+)+-\d$/;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Namespaces that belong to Kubernetes or to the controllers that this library installs. */
const SYSTEM_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'elastic-system', 'external-secrets'];

/** @internal */
export function regionProblems(settings: ResolvedSettings): Problem[] {
  const { regions } = settings;
  return [
    ...countProblems(regions),
    ...regions.flatMap((region, i) => [
      ...awsRegionProblems(region, i),
      ...zoneProblems(region, i),
      ...namespaceProblems(region, i),
      ...accountProblems(region, i),
    ]),
    ...differenceProblems(regions),
    ...roundTripProblems(settings),
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

function awsRegionProblems({ awsRegion }: RegionSettings, i: number): Problem[] {
  if (awsRegion === undefined || AWS_REGIONS.includes(awsRegion)) return [];
  const setting = `regions[${i}].awsRegion`;
  if (!REGION_NAME.test(awsRegion)) {
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
      fix: 'check the spelling; nothing to do if AWS opened the region recently',
    }),
  ];
}

function zoneProblems({ awsRegion, availabilityZones }: RegionSettings, i: number): Problem[] {
  if (awsRegion === undefined) return [];
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
  const valid = availabilityZones.every(zone => String(zone).startsWith(awsRegion) && /^[a-z]$/.test(String(zone).slice(awsRegion.length)));
  if (valid && availabilityZones.length === ZONE_COUNT && new Set(availabilityZones).size === ZONE_COUNT) return [];
  return [
    errorOf({
      rule: 'availability-zones',
      setting,
      value: availabilityZones,
      requirement: `must be three different zones of ${awsRegion}`,
      fix: `list three, for example ${['a', 'b', 'c'].map(letter => `'${awsRegion}${letter}'`).join(', ')}`,
    }),
  ];
}

function namespaceProblems({ namespace }: RegionSettings, i: number): Problem[] {
  if (namespace === undefined) return [];
  const setting = `regions[${i}].namespace`;
  if (!DNS_LABEL.test(namespace)) {
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
  if (SYSTEM_NAMESPACES.includes(namespace) || namespace.startsWith('kube-')) {
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
  if (account === undefined || /^\d{12}$/.test(account)) return [];
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
  if (first.account !== second.account) {
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

function roundTripProblems({ regions, acknowledgedRoundTripMs }: ResolvedSettings): Problem[] {
  const [first, second] = regions.map(region => region.awsRegion);
  if (regions.length !== 2 || first === undefined || second === undefined || first === second) return [];
  const { milliseconds, source } = roundTripBetween(first, second);
  const setting = 'regions[1].awsRegion';
  if (milliseconds === undefined) {
    return [
      warningOf({
        rule: 'round-trip-unknown',
        setting,
        value: second,
        requirement: `should be a region whose distance from ${first} is known`,
        fix: `measure the round-trip time; Camunda wants at most ${ROUND_TRIP_LIMIT_MS} ms`,
      }),
    ];
  }
  const requirement = (verb: string, limit: number): string =>
    `${verb} be at most ${limit} ms from ${first}, and is ${milliseconds} ms away (${source})`;
  if (milliseconds > ROUND_TRIP_LIMIT_MS && milliseconds > acknowledgedRoundTripMs) {
    return [
      errorOf({
        rule: 'round-trip',
        setting,
        value: second,
        requirement: requirement('must', ROUND_TRIP_LIMIT_MS),
        fix: "choose regions that are closer, or measure and set 'acknowledgedRoundTripMs' to what you accept: every command waits for the other region",
      }),
    ];
  }
  if (milliseconds > ROUND_TRIP_WARNING_MS) {
    return [
      warningOf({
        rule: 'round-trip-long',
        setting,
        value: second,
        requirement: requirement('should', ROUND_TRIP_WARNING_MS),
        fix: 'load-test with your processes: every command waits for the other region',
      }),
    ];
  }
  return [];
}
