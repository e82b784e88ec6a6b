import { cidrContains, isPrivateCidr, parseCidr } from '../plan/cidr';
import { FIXED_NAMES } from '../plan/names';
import { ZONE_COUNT } from '../plan/subnets';
import { AWS_REGIONS } from '../versions/aws-regions';
import { REPOSITORY } from './controllers';
import { REGISTRY } from './images';
import { REGION_KUBERNETES, type RegionKubernetesSettings } from './kubernetes';
import { EXISTING_VPC, type ExistingVpcSettings } from './region/existing-vpc';
import { KEYS, type KeySettings } from './region/keys';
import { ZONE, type ZoneSettings } from './region/zone';
import { matching } from './rows/checks';
import { BROKERS_ROLL, PODS_ROLL } from './rows/later';
import type { Check, Rows } from './rows/row';
import { DNS_LABEL, isTextOf } from './rows/value-kinds';

/** One of the two regions. */
export interface RegionSettings {
  /** The AWS region, for example `eu-west-2`. */
  readonly awsRegion: string;

  /** Range of the VPC, private, /16 to /22. Must overlap none of the other three ranges. */
  readonly vpcCidr: string;

  /**
   * A VPC of yours that this region is put into.
   *
   * @default - a VPC is made
   */
  readonly existingVpc?: ExistingVpcSettings;

  /** Range of the Kubernetes Services, private, /12 to /24. Must overlap none of the other three ranges. */
  readonly serviceCidr: string;

  /**
   * Kubernetes namespace of Camunda. Must differ between the regions, because DNS forwarding is per namespace.
   */
  readonly namespace: string;

  /**
   * AWS account.
   *
   * @default - the account of the credentials that deploy
   */
  readonly account?: string;

  /**
   * Three availability zones by name. Required in us-east-1, ca-central-1 and cn-north-1, where EKS does not run in every zone.
   *
   * @default - the first three zones of the AWS region
   */
  readonly availabilityZones?: string[];

  /**
   * Patch of Camunda that this region runs, all three numbers. For an upgrade of one region after the other: leave it out when
   * both run the same.
   *
   * @default - the tag in `images`, or the patch that this version of the library was made for
   */
  readonly camundaPatch?: string;

  /**
   * Registry, with an optional path, that serves all images of this region. For example
   * `123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror`. It should be in this region, so that pods start when the other one is lost.
   *
   * @default - that in `images.registry`, or the publishers' registries
   */
  readonly imageRegistry?: string;

  /**
   * Chart repository, an `https://` or `oci://` address, that serves the charts of all controllers in this region.
   *
   * @default - those in `controllers`
   */
  readonly chartRepository?: string;

  /**
   * What this region runs of Kubernetes. For an upgrade of one region after the other: leave it out when both run the same.
   *
   * @default - what `kubernetes` says
   */
  readonly kubernetes?: RegionKubernetesSettings;

  /**
   * Keys of yours in AWS KMS.
   *
   * @default - keys that AWS manages, and a key of the cluster's own for Kubernetes secrets
   */
  readonly keys?: KeySettings;

  /**
   * The zone that the brokers of this region form, where `camunda.zones` is true.
   *
   * @default - the AWS region is its name, and region 0 has the higher priority
   */
  readonly zone?: ZoneSettings;
}

/**
 * Names of AWS regions, known or not.
 *
 * @internal
 */
export const REGION_NAME = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/**
 * An AWS account.
 *
 * @internal
 */
export const ACCOUNT = /^\d{12}$/;

/** Namespaces that belong to Kubernetes or to the controllers that this library installs. */
const SYSTEM_NAMESPACES: readonly string[] = [
  'default',
  FIXED_NAMES.elasticOperatorNamespace,
  FIXED_NAMES.externalSecretsNamespace,
  FIXED_NAMES.certManagerNamespace,
  FIXED_NAMES.targetGroupBinding,
  FIXED_NAMES.trafficBinding,
];
const SYSTEM_PREFIX = 'kube-';
const DIFFERS = 'it has no default, because it differs between the regions';
const CARRIER_GRADE_NAT = parseCidr('100.64.0.0/10');

interface Prefixes {
  readonly min: number;
  readonly max: number;
}

/** `@see` Amazon VPC user guide: /16 to /28. Below /22 the zones of this plan would have too few addresses for pods. */
const VPC_PREFIX: Prefixes = { min: 16, max: 22 };
/** `@see` Amazon EKS API reference, KubernetesNetworkConfigRequest: /12 to /24 */
const SERVICE_PREFIX: Prefixes = { min: 12, max: 24 };

function rangeChecks({ min, max }: Prefixes, privateRange: Check): Check[] {
  return [
    {
      rule: 'cidr-valid',
      accepts: value => parseCidr(value) !== undefined,
      pattern: rangePattern({ min, max }),
      requirement: 'must be an IPv4 range that starts at its first address',
      fix: "write it as 'a.b.c.d/n', for example '10.192.0.0/16'",
    },
    {
      rule: 'cidr-size',
      accepts: value => isNone(value) || (prefixOf(value) >= min && prefixOf(value) <= max),
      requirement: `must be between /${min} and /${max}`,
      fix: value => `choose a ${prefixOf(value) < min ? 'smaller' : 'larger'} range, for example /${min}`,
    },
    privateRange,
  ];
}

const PRIVATE_FIX = 'choose a private range: a public one would hide the hosts that own it';

const PRIVATE: Check = {
  rule: 'cidr-private',
  accepts: value => isNone(value) || isPrivate(value),
  requirement: 'must lie within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10',
  fix: PRIVATE_FIX,
};

const PRIVATE_FOR_SERVICES: Check = {
  rule: 'cidr-private',
  accepts: value => isNone(value) || (isPrivate(value) && !isCarrierGrade(value)),
  requirement: 'must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
  fix: value => (isCarrierGrade(value) ? 'choose one of those: EKS does not accept 100.64.0.0/10 for Services' : PRIVATE_FIX),
};

function isCarrierGrade(value: unknown): boolean {
  const cidr = parseCidr(value);
  return cidr !== undefined && CARRIER_GRADE_NAT !== undefined && cidrContains(CARRIER_GRADE_NAT, cidr);
}

/** Ranges that are none have their own problem. */
function isNone(value: unknown): boolean {
  return parseCidr(value) === undefined;
}

function prefixOf(value: unknown): number {
  return parseCidr(value)?.prefix ?? 0;
}

function isPrivate(value: unknown): boolean {
  const cidr = parseCidr(value);
  return cidr !== undefined && isPrivateCidr(cidr);
}

/** What a pattern can say of a range. */
function rangePattern({ min, max }: Prefixes): RegExp {
  const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
  const prefixes = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  return new RegExp(`^${octet}(\\.${octet}){3}/(${prefixes.join('|')})$`);
}

/** @internal */
export const REGION = {
  awsRegion: {
    kind: 'string',
    required: DIFFERS,
    examples: AWS_REGIONS,
    checks: [
      matching(REGION_NAME, { rule: 'aws-region', requirement: 'must be the name of an AWS region', fix: "write it like 'eu-west-2'" }),
      {
        rule: 'aws-region-unknown',
        accepts: value => !isTextOf(REGION_NAME, value) || AWS_REGIONS.includes(value),
        requirement: 'should be a region that this version knows',
        fix: 'check the spelling; if AWS opened the region recently, measure the round-trip time to the other one',
        isWarning: true,
      },
    ],
  },
  vpcCidr: { kind: 'string', required: DIFFERS, checks: rangeChecks(VPC_PREFIX, PRIVATE) },
  existingVpc: {
    kind: 'section',
    rows: EXISTING_VPC,
    section: {
      rule: 'existing-vpc',
      requirement: 'must be a mapping with vpcId, privateSubnets and forwarderSubnets',
      fix: 'describe the VPC, or leave it out: then one is made',
    },
  },
  serviceCidr: { kind: 'string', required: DIFFERS, checks: rangeChecks(SERVICE_PREFIX, PRIVATE_FOR_SERVICES) },
  namespace: {
    kind: 'string',
    required: DIFFERS,
    checks: [
      matching(DNS_LABEL, {
        rule: 'namespace-label',
        requirement: 'must be a DNS label: at most 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen',
        fix: "choose a name like 'camunda-london'",
      }),
      {
        rule: 'namespace-system',
        accepts: value => typeof value !== 'string' || !(SYSTEM_NAMESPACES.includes(value) || value.startsWith(SYSTEM_PREFIX)),
        requirement: 'must not be a namespace that Kubernetes or a controller uses',
        fix: "choose a namespace of Camunda's own: the other region's DNS sends the whole namespace here",
      },
    ],
  },
  account: {
    kind: 'string',
    checks: [
      matching(ACCOUNT, {
        rule: 'account',
        requirement: 'must be the 12 digits of an AWS account',
        fix: "write it in quotes, for example '123456789012'",
      }),
    ],
  },
  availabilityZones: { kind: 'strings', length: ZONE_COUNT },
  camundaPatch: { kind: 'string', later: BROKERS_ROLL },
  imageRegistry: { kind: 'string', later: BROKERS_ROLL, checks: [REGISTRY] },
  chartRepository: { kind: 'string', later: PODS_ROLL, checks: [REPOSITORY] },
  kubernetes: { kind: 'section', rows: REGION_KUBERNETES },
  keys: {
    kind: 'section',
    rows: KEYS,
    section: { rule: 'kms-key', requirement: 'must be a mapping of purposes to keys', fix: 'leave it out for keys that AWS manages' },
  },
  zone: { kind: 'section', rows: ZONE },
} as const satisfies Rows<RegionSettings>;
