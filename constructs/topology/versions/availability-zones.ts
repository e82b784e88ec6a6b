/**
 * What is out of the ordinary with the zones of an AWS region.
 *
 * @internal
 */
export interface RegionZones {
  /** Letters of zones that accounts have, as examples. */
  readonly letters?: readonly string[];
  /** Why the first three zones of an account may not do. Names of zones differ between accounts, so people must choose. */
  readonly unsuitable?: string;
  /** Why no three zones do. */
  readonly tooFew?: string;
}

/**
 * As of November 2026. Of regions that are not here the first three zones do, and accounts have a, b and c.
 *
 * @see Amazon EKS user guide, subnet requirements for clusters: use1-az3, usw1-az2 and cac1-az3 are disallowed
 * @see eksctl 3916: no clusters in cnn1-az4
 * @see AWS Regions and Availability Zones: which there are in each region
 */
const ZONES: { readonly [awsRegion: string]: RegionZones | undefined } = {
  'ap-northeast-1': { letters: ['a', 'c', 'd'] },
  'ca-central-1': { letters: ['a', 'b', 'd'], unsuitable: 'EKS does not run in cac1-az3' },
  'cn-north-1': { letters: ['a', 'b', 'd'], unsuitable: 'EKS may have no room in cnn1-az4' },
  'us-east-1': { unsuitable: 'EKS does not run in use1-az3' },
  'us-west-1': { tooFew: 'accounts have two zones there, and EKS does not run in usw1-az2, which older accounts have too' },
};

/** @internal */
export function zonesIn(awsRegion: string): RegionZones {
  return Object.hasOwn(ZONES, awsRegion) ? (ZONES[awsRegion] ?? {}) : {};
}

/**
 * Names of three zones, as an example.
 *
 * @internal
 */
export function exampleZones(awsRegion: string): string[] {
  return (zonesIn(awsRegion).letters ?? ['a', 'b', 'c']).map(letter => `${awsRegion}${letter}`);
}
