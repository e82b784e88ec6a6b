import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';

/** The settings of config/default.yaml, as a caller from code writes them. */
export const DEFAULT_SETTINGS: DualRegionSettings = {
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
    { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
  ],
};
