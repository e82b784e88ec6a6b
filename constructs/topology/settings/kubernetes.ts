import { parseCidr } from '../plan/cidr';
import { KUBERNETES_VERSIONS } from '../versions/kubernetes-versions';
import { ADDONS, type AddonSettings } from './addons';
import { knownVersion, matching, oneOf } from './rows/checks';
import { NODES_ROLL, PODS_ROLL, procedure } from './rows/later';
import type { Check, Rows } from './rows/row';

/** The EKS clusters. */
export interface KubernetesSettings {
  /**
   * Minor version of Kubernetes.
   *
   * @default '1.36'
   */
  readonly version?: string;

  /**
   * Release of the nodes' image, of `version`, for example `1.36.4-20260923`. Write the newest each month: that is how nodes get security
   * patches. A change replaces the nodes of a region, one after the other.
   *
   * @default - the newest one when a node group is made, and when `version` is raised
   */
  readonly nodeRelease?: string;

  /**
   * Versions of the add-ons. A change updates the add-on in place.
   *
   * @default - those that this version of the library was made for
   */
  readonly addons?: AddonSettings;

  /**
   * Ranges from which the API endpoint can be reached over the internet. `0.0.0.0/0` is refused.
   *
   * @default - none: the endpoint is private
   */
  readonly publicAccessCidrs?: string[];

  /**
   * IAM roles that become administrators of both clusters.
   *
   * @default - none: only deployments through the CDK reach the clusters
   */
  readonly adminRoleArns?: string[];

  /**
   * IAM roles that may carry out a recovery in both clusters, and nothing else.
   *
   * @default - none: a recovery needs an administrator
   */
  readonly recoveryRoleArns?: string[];

  /**
   * How long logs of the control plane and VPC flow logs are kept, in days. One of the values that CloudWatch accepts.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
}

/** What one region runs while it is upgraded before the other. */
export interface RegionKubernetesSettings {
  /**
   * Minor version of Kubernetes.
   *
   * @default - `kubernetes.version`
   */
  readonly version?: string;

  /**
   * Release of the nodes' image, of the region's version.
   *
   * @default - `kubernetes.nodeRelease`
   */
  readonly nodeRelease?: string;

  /**
   * Versions of the add-ons.
   *
   * @default - `kubernetes.addons`, or those that this version of the library was made for
   */
  readonly addons?: AddonSettings;
}

/** `@see` Amazon CloudWatch Logs API reference, PutRetentionPolicy */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const SMALL_RANGE: Check = {
  rule: 'public-access',
  accepts: value => (parseCidr(value)?.prefix ?? 0) > 0,
  requirement: 'must be an IPv4 range smaller than the whole internet',
  fix: "name the addresses that you administer from, for example '198.51.100.7/32', or leave the list empty for a private endpoint",
};

const roles = (rule: string): Pick<Extract<Rows<KubernetesSettings>['adminRoleArns'], object>, 'list' | 'checks'> => {
  const fix = "write it like 'arn:aws:iam::123456789012:role/Operators'";
  return {
    list: { rule, requirement: 'must be a list of ARNs', fix },
    checks: [matching(/^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/.+$/, { rule, requirement: 'must be the ARN of an IAM role', fix })],
  };
};

const KNOWN_VERSION = knownVersion('kubernetes-version', 'a version of EKS', Object.keys(KUBERNETES_VERSIONS));

const UPGRADE = procedure('upgrade-kubernetes.md', 'One minor version at a time, and never back.');

/** Rules judge it, by the version of the region. */
const NODE_RELEASE = { kind: 'string', later: { ...NODES_ROLL, note: 'Never back to an older release.' } } as const;

/** @internal */
export const REGION_KUBERNETES = {
  version: { kind: 'string', later: UPGRADE, checks: [KNOWN_VERSION] },
  nodeRelease: NODE_RELEASE,
  addons: { kind: 'section', later: PODS_ROLL, rows: ADDONS },
} as const satisfies Rows<RegionKubernetesSettings>;

/** @internal */
export const KUBERNETES = {
  version: { kind: 'string', default: '1.36', later: UPGRADE, checks: [KNOWN_VERSION] },
  nodeRelease: NODE_RELEASE,
  addons: { kind: 'section', later: PODS_ROLL, rows: ADDONS },
  publicAccessCidrs: {
    kind: 'strings',
    default: [],
    list: { rule: 'public-access', requirement: 'must be a list of IPv4 ranges', fix: 'leave it out for a private endpoint' },
    checks: [SMALL_RANGE],
  },
  adminRoleArns: { kind: 'strings', default: [], ...roles('admin-role') },
  recoveryRoleArns: { kind: 'strings', default: [], ...roles('recovery-role') },
  logRetentionDays: {
    kind: 'integer',
    default: 90,
    checks: [
      oneOf(RETENTION_DAYS, {
        rule: 'log-retention',
        requirement: `must be one of ${RETENTION_DAYS.join(', ')}`,
        fix: 'choose the next larger one',
      }),
    ],
  },
} as const satisfies Rows<KubernetesSettings>;
