/**
 * Prices of one AWS region, in USD.
 *
 * @internal
 */
export interface RegionPrices {
  /** A node of size `large` an hour, by family. Larger sizes cost in proportion. */
  readonly largeHour: { readonly [family: string]: number };
  /** A GiB of a gp3 volume, a month. */
  readonly volumeGiBMonth: number;
  readonly natGatewayHour: number;
  /** An application load balancer costs what a network load balancer costs. */
  readonly loadBalancerHour: number;
  /** A GB that leaves for another AWS region of the same continent. */
  readonly crossRegionGB: number;
  /** A GB in S3 Standard, a month. */
  readonly s3GBMonth: number;
}

/**
 * The month in which the prices were noted. They are list prices on demand, without tax and discounts.
 *
 * @internal
 */
export const PRICES_AS_OF = '2025-01';

/**
 * Where AWS publishes them.
 *
 * @internal
 */
export const PRICE_PAGES = [
  'https://aws.amazon.com/ec2/pricing/on-demand/',
  'https://aws.amazon.com/ebs/pricing/',
  'https://aws.amazon.com/eks/pricing/',
  'https://aws.amazon.com/vpc/pricing/',
  'https://aws.amazon.com/elasticloadbalancing/pricing/',
  'https://aws.amazon.com/s3/pricing/',
  'https://aws.amazon.com/secrets-manager/pricing/',
  'https://aws.amazon.com/kms/pricing/',
  'https://aws.amazon.com/route53/pricing/',
  'https://aws.amazon.com/waf/pricing/',
  'https://aws.amazon.com/cloudwatch/pricing/',
];

/**
 * What costs the same in every region.
 *
 * @internal
 */
export const WORLDWIDE_PRICES = {
  controlPlaneHour: 0.1,
  /** While the Kubernetes version is in extended support. */
  extendedControlPlaneHour: 0.6,
  publicAddressHour: 0.005,
  secretMonth: 0.4,
  keyMonth: 1,
  /** Of an endpoint in AWS, of an alarm, or of other health checks. */
  healthCheckMonth: 0.5,
  /** HTTPS is one, and asking every ten seconds another one. */
  healthCheckFeatureMonth: 1,
  firewallMonth: 5,
  firewallRuleMonth: 1,
  alarmMonth: 0.1,
};

/** @internal */
export const HOURS_A_MONTH = 730;

/**
 * Only what is known: a region that is not here has no estimate.
 *
 * @internal
 */
export const PRICES: { readonly [awsRegion: string]: RegionPrices | undefined } = {
  'us-east-1': prices({ m6i: 0.096, r6i: 0.126, c6i: 0.085 }, 0.08, 0.045, 0.0225, 0.02, 0.023),
  'us-east-2': prices({ m6i: 0.096, r6i: 0.126, c6i: 0.085 }, 0.08, 0.045, 0.0225, 0.02, 0.023),
  'us-west-2': prices({ m6i: 0.096, r6i: 0.126, c6i: 0.085 }, 0.08, 0.045, 0.0225, 0.02, 0.023),
  'ca-central-1': prices({ m6i: 0.107 }, 0.088, 0.05, 0.02475, 0.02, 0.025),
  'eu-west-1': prices({ m6i: 0.107, r6i: 0.141 }, 0.088, 0.048, 0.0252, 0.02, 0.023),
  'eu-west-2': prices({ m6i: 0.111, r6i: 0.148 }, 0.0928, 0.05, 0.02646, 0.02, 0.024),
  'eu-west-3': prices({ m6i: 0.112, r6i: 0.148 }, 0.0928, 0.05, 0.02646, 0.02, 0.024),
  'eu-central-1': prices({ m6i: 0.115, r6i: 0.152 }, 0.0952, 0.052, 0.027, 0.02, 0.0245),
  'eu-north-1': prices({ m6i: 0.102 }, 0.0836, 0.046, 0.02394, 0.02, 0.023),
  'ap-southeast-1': prices({ m6i: 0.12 }, 0.096, 0.059, 0.0252, 0.09, 0.025),
  'ap-southeast-2': prices({ m6i: 0.12 }, 0.096, 0.059, 0.0252, 0.098, 0.025),
  'ap-northeast-1': prices({ m6i: 0.124 }, 0.096, 0.062, 0.0243, 0.09, 0.025),
};

function prices(
  largeHour: RegionPrices['largeHour'],
  volumeGiBMonth: number,
  natGatewayHour: number,
  loadBalancerHour: number,
  crossRegionGB: number,
  s3GBMonth: number,
): RegionPrices {
  return { largeHour, volumeGiBMonth, natGatewayHour, loadBalancerHour, crossRegionGB, s3GBMonth };
}

/**
 * A node an hour. Undefined for a type or region of which no price is known.
 *
 * @internal
 */
export function nodeHour(awsRegion: string, instanceType: string): number | undefined {
  const [, family, size, times] = /^(\w+)\.(large|xlarge|(\d+)xlarge)$/.exec(instanceType) ?? [];
  const largeHour = PRICES[awsRegion]?.largeHour ?? {};
  if (!Object.hasOwn(largeHour, family)) return undefined;
  const large = largeHour[family];
  return large * (size === 'large' ? 1 : size === 'xlarge' ? 2 : 2 * Number(times));
}
