import { App } from 'aws-cdk-lib';
import { CamundaDualRegion } from 'cdk-camunda-dual-region';

const app = new App();
new CamundaDualRegion(app, 'Camunda', {
  camunda: { version: '8.9', clusterSize: 8, partitionCount: 8, replicationFactor: 4 },
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
    { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
  ],
});
app.synth();
