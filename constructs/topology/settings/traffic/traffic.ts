import { parseCidr } from '../../plan/cidr';
import { matching, oneOf } from '../rows/checks';
import { procedure, UNNOTICED } from '../rows/later';
import type { Check, Rows, Words } from '../rows/row';

/**
 * How users and job workers reach Camunda from outside of the clusters: a load balancer in each region, one name in the DNS for both,
 * and health checks that move it.
 *
 * @see docs/traffic.md
 */
export interface TrafficSettings {
  /** Id of the public hosted zone in Amazon Route 53, in the account of the deployment. Certificates are validated and names made there. */
  readonly hostedZoneId: string;

  /** Name that users open. It lies in the hosted zone; `region0.` and `region1.` before it are the names of one region alone. */
  readonly hostName: string;

  /**
   * `public`, or `internal` for load balancers that have no address in the internet.
   *
   * @default 'public'
   */
  readonly scheme?: string;

  /**
   * `failover` to answer with the active region while it is healthy, or `weighted` for both, from 8.9 on and for API clients alone.
   *
   * @default 'failover'
   */
  readonly policy?: string;

  /**
   * IPv4 ranges that may open connections, at most 30.
   *
   * @default - everybody, or with `internal` the VPCs of both regions
   */
  readonly allowedCidrs?: string[];

  /**
   * Prefix lists of Route 53's health checkers, of region 0 and region 1. Needed with `allowedCidrs` where the load balancers are public.
   *
   * @default - none
   */
  readonly healthCheckerPrefixLists?: string[];

  /**
   * Whether AWS WAF looks at requests.
   *
   * @default - true for an application load balancer; a network load balancer cannot have it
   */
  readonly firewall?: boolean;

  /**
   * `application`, or `network` for fixed addresses and PrivateLink.
   *
   * @default 'application'
   */
  readonly loadBalancer?: string;
}

const RULE = 'traffic';

const ZONE_ID: Check = matching(/^Z[A-Z0-9]{1,31}$/, {
  rule: RULE,
  requirement: "must be the id of a hosted zone: 'Z', and capital letters and digits",
  fix: "write it like 'Z0123456789ABCDEFGHIJ'; `aws route53 list-hosted-zones` prints it",
});

/** A certificate of AWS takes no more in its first name, and the names of a region have eight before it. */
const HOST_NAME: Check = matching(/^(?=.{4,56}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, {
  rule: RULE,
  requirement: 'must be a name of 4 to 56 lower-case letters, digits, hyphens and dots',
  fix: "write it like 'camunda.example.com', without 'https://' and without a dot at the end",
});

const RANGE: Check = {
  rule: RULE,
  accepts: value => parseCidr(value) !== undefined,
  requirement: 'must be an IPv4 range that starts at its first address',
  fix: "write it as 'a.b.c.d/n'",
};

const PREFIX_LIST: Check = matching(/^pl-([0-9a-f]{8}|[0-9a-f]{17})$/, {
  rule: RULE,
  requirement: 'must be the id of a prefix list',
  fix: "write it like 'pl-0123456789abcdef0'; docs/traffic.md has the command that prints it",
});

const RANGES: Words = { rule: RULE, requirement: 'must be a list', fix: 'leave it out to admit everybody' };

const PREFIX_LISTS: Words = {
  rule: RULE,
  requirement: 'must be a list of two prefix lists',
  fix: 'name that of region 0 and that of region 1, in this order',
};

/** @internal */
export const TRAFFIC = {
  hostedZoneId: { kind: 'string', required: true, checks: [ZONE_ID] },
  hostName: { kind: 'string', required: true, checks: [HOST_NAME] },
  scheme: {
    kind: 'string',
    default: 'public',
    checks: [
      oneOf(['public', 'internal'], {
        rule: RULE,
        requirement: "must be 'public' or 'internal'",
        fix: "choose 'internal' where nobody comes over the internet",
      }),
    ],
  },
  policy: {
    kind: 'string',
    default: 'failover',
    later: UNNOTICED,
    checks: [
      oneOf(['failover', 'weighted'], {
        rule: RULE,
        requirement: "must be 'failover' or 'weighted'",
        fix: "choose 'failover' unless API clients alone come by this name",
      }),
    ],
  },
  allowedCidrs: { kind: 'strings', default: [], later: UNNOTICED, list: RANGES, checks: [RANGE] },
  healthCheckerPrefixLists: { kind: 'strings', length: 2, later: UNNOTICED, list: PREFIX_LISTS, checks: [PREFIX_LIST] },
  firewall: { kind: 'boolean', default: ({ loadBalancer }) => loadBalancer !== 'network', follows: ['loadBalancer'], later: UNNOTICED },
  loadBalancer: {
    kind: 'string',
    default: 'application',
    checks: [
      oneOf(['application', 'network'], {
        rule: RULE,
        requirement: "must be 'application' or 'network'",
        fix: "choose 'application' unless clients need fixed addresses or PrivateLink",
      }),
    ],
  },
} as const satisfies Rows<TrafficSettings>;

/**
 * What changing any of it later does, as far as a row says nothing else.
 *
 * @internal
 */
export const TRAFFIC_LATER = procedure('traffic.md', 'Load balancers are made anew, and users do without them meanwhile.');
