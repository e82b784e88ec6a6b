import { App } from 'aws-cdk-lib';
import { CamundaDualRegion } from 'cdk-camunda-dual-region';

// Four mistakes: what does a user see of them?
new CamundaDualRegion(new App(), 'Camunda', {
  camunda: { version: '7.9', clusterSize: 5 },
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'kube-system' },
    { awsRegion: 'eu-west-3', vpcCidr: '10.192.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
  ],
});
