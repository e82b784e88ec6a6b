import type { DualRegionSettings } from '../lib';

/** Settings of as many deployments as asked for. They differ by name only: ranges of different deployments may be equal. */
export function deployments(count: number): DualRegionSettings[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `camunda-${i}`,
    regions: [
      { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
      { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
    ],
  }));
}
