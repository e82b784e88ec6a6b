import { parseCidr } from '../../plan/cidr';
import { REGION_NAME } from '../../settings/regions';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isMapping, isTextOf } from '../../settings/rows/value-kinds';
import { partitionOf } from '../../versions/aws-partitions';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import type { Judged } from '../judging/judged';
import { errorOf, warningOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

type Traffic = NonNullable<ResolvedSettings['traffic']>;

/** A security group takes 60 rules, of which a prefix list of Route 53 counts as 25. `@see` Amazon VPC user guide, quotas */
const MAX_RANGES = 30;

/** `@see` Elastic Load Balancing user guide, application load balancers: at least a /27 with eight free addresses */
const SMALLEST_PREFIX = 27;

/**
 * How traffic reaches Camunda, compared with versions, networks and with itself. Quiet while one of its values is wrong alone.
 *
 * @internal
 */
export function trafficProblems(settings: ResolvedSettings, _today: Date, { given, single }: Judged): Problem[] {
  const { traffic } = settings;
  if (!traffic || single.some(({ setting }) => setting === 'traffic' || setting.startsWith('traffic.'))) return [];
  return [
    ...policyProblems(traffic, settings),
    ...kindProblems(traffic, settings),
    ...partitionProblems(settings),
    ...listProblems(traffic),
    ...accessProblems(traffic),
    ...firewallProblems(traffic, given.traffic?.firewall),
    ...subnetProblems(settings),
  ];
}

function policyProblems({ policy }: Traffic, { camunda: { version } }: ResolvedSettings): Problem[] {
  if (policy !== 'weighted' || !isKnownVersion(version)) return [];
  const finding = { rule: 'traffic-weighted', setting: 'traffic.policy', value: policy };
  if (!CAMUNDA_VERSIONS[version].supports.activeActive) {
    return [
      errorOf({
        ...finding,
        requirement: `must be 'failover' with version ${version}: Camunda takes users of both regions at once from 8.9 on, and through the APIs v2 alone`,
        fix: "write 'failover', and move clients of the APIs v1 to v2 before they use two regions",
      }),
    ];
  }
  return [
    warningOf({
      ...finding,
      requirement:
        "should be 'failover' where people come with a browser: each region knows its own sessions, so they are logged out whenever the DNS answers with the other region",
      fix: "keep 'weighted' for clients of the APIs v2 alone; no client of the APIs v1 may use it",
    }),
  ];
}

function kindProblems({ loadBalancer }: Traffic, { camunda: { version } }: ResolvedSettings): Problem[] {
  if (loadBalancer !== 'network' || !isKnownVersion(version) || !CAMUNDA_VERSIONS[version].components) return [];
  return [
    errorOf({
      rule: 'traffic-load-balancer',
      setting: 'traffic.loadBalancer',
      value: loadBalancer,
      requirement: `must be 'application' with version ${version}: Operate and Tasklist have pods of their own, which a network load balancer cannot tell apart by name`,
      fix: "choose 'application'",
    }),
  ];
}

function partitionProblems({ regions, traffic }: ResolvedSettings): Problem[] {
  const awsRegion: unknown = regions[0]?.awsRegion;
  if (!isTextOf(REGION_NAME, awsRegion)) return [];
  const { id } = partitionOf(awsRegion);
  if (id === 'aws') return [];
  return [
    errorOf({
      rule: 'traffic-partition',
      setting: 'traffic',
      value: traffic?.hostName,
      requirement: `must be left out in the partition '${id}', whose health checkers this version does not know`,
      fix: 'leave it out, and bring load balancers and names of your own',
    }),
  ];
}

function listProblems({ allowedCidrs, healthCheckerPrefixLists }: Traffic): Problem[] {
  return [
    ...(allowedCidrs.length <= MAX_RANGES
      ? []
      : [
          errorOf({
            rule: 'traffic',
            setting: 'traffic.allowedCidrs',
            value: allowedCidrs.length,
            requirement: `must have at most ${MAX_RANGES} ranges: a security group takes 60 rules, and a prefix list of health checkers counts as 25`,
            fix: 'put neighbouring ranges together',
          }),
        ]),
    ...(healthCheckerPrefixLists === undefined || healthCheckerPrefixLists.length === 2
      ? []
      : [
          errorOf({
            rule: 'traffic',
            setting: 'traffic.healthCheckerPrefixLists',
            value: healthCheckerPrefixLists,
            requirement: 'must be a list of two prefix lists',
            fix: 'name that of region 0 and that of region 1, in this order',
          }),
        ]),
  ];
}

/** Who may come, and whether the health checkers are among them. */
function accessProblems({ scheme, allowedCidrs, healthCheckerPrefixLists }: Traffic): Problem[] {
  if (scheme !== 'public') return [];
  if (allowedCidrs.length === 0) {
    return [
      warningOf({
        rule: 'traffic-open',
        setting: 'traffic.allowedCidrs',
        value: allowedCidrs,
        requirement: 'should name the ranges that users and job workers come from: without any, everybody may try to log in',
        fix: "name them, with 'traffic.healthCheckerPrefixLists', or choose 'internal' as 'traffic.scheme'",
      }),
    ];
  }
  if (healthCheckerPrefixLists !== undefined) return [];
  return [
    errorOf({
      rule: 'traffic-health-checkers',
      setting: 'traffic.healthCheckerPrefixLists',
      value: undefined,
      requirement:
        "must be given with 'traffic.allowedCidrs': Route 53 would find both load balancers unhealthy, and no name would ever move",
      fix: "name the prefix list 'com.amazonaws.<region>.route53-healthchecks' of both regions; `aws ec2 describe-managed-prefix-lists` prints its id",
    }),
  ];
}

function firewallProblems({ firewall, loadBalancer, scheme }: Traffic, given: unknown): Problem[] {
  if (loadBalancer === 'network') {
    if (given !== true) return [];
    return [
      errorOf({
        rule: 'traffic-firewall',
        setting: 'traffic.firewall',
        value: given,
        requirement: 'must be left out with a network load balancer, which AWS WAF cannot be put before',
        fix: "leave it out, or choose 'application' as 'traffic.loadBalancer'",
      }),
    ];
  }
  if (firewall || scheme !== 'public') return [];
  return [
    warningOf({
      rule: 'traffic-firewall',
      setting: 'traffic.firewall',
      value: firewall,
      requirement: 'should be true where the load balancers are public: nothing else slows down those who try passwords',
      fix: 'leave it out, or have a firewall of your own before them',
    }),
  ];
}

/** Subnets of their own, so that network policies can tell load balancers from all else in the VPC. Those of a VPC that is made are large enough. */
function subnetProblems({ regions }: ResolvedSettings): Problem[] {
  return regions.flatMap((region, i) => {
    if (!isMapping(region?.existingVpc)) return [];
    const setting = `regions[${i}].existingVpc.loadBalancerSubnets`;
    const listed: unknown = region.existingVpc.loadBalancerSubnets;
    if (listed === undefined) {
      return [
        errorOf({
          rule: 'traffic-subnets',
          setting,
          value: undefined,
          requirement: "must be given with 'traffic'",
          fix: "list one in each of 'availabilityZones', with a route to the internet where 'traffic.scheme' is 'public'",
        }),
      ];
    }
    const ranges: unknown[] = Array.isArray(listed) ? listed.map((subnet: unknown) => (isMapping(subnet) ? subnet.cidr : undefined)) : [];
    const small = ranges.find(cidr => (parseCidr(cidr)?.prefix ?? 0) > SMALLEST_PREFIX);
    if (small === undefined) return [];
    return [
      errorOf({
        rule: 'traffic-subnets',
        setting,
        value: small,
        requirement: `must be subnets of at least /${SMALLEST_PREFIX}, which a load balancer needs`,
        fix: 'name larger ones',
      }),
    ];
  });
}
