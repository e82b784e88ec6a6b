/**
 * AWS regions of the standard partition. An unknown name is a warning only, because AWS opens regions more often than
 * this library is released.
 *
 * @see AWS general reference, Regions
 *
 * @internal
 */
export const AWS_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/**
 * Regions in which the first three zones of an account may include one that EKS does not run in, or in which an account
 * may have fewer than three.
 *
 * @see Amazon EKS user guide, subnet requirements: use1-az3, usw1-az2 and cac1-az3 are not supported
 *
 * @internal
 */
export const REGIONS_WITH_UNSUITABLE_ZONES: readonly string[] = ['ca-central-1', 'us-east-1', 'us-west-1'];
