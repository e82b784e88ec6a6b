import { App } from 'aws-cdk-lib';
import { CamundaDualRegion } from '../../lib';

// No Kubernetes endpoint on the internet: nothing has to be said for it. Deployments need no way into the VPCs, because a function
// inside of them applies what is deployed. The roles need one, a VPN for example, and get what they do and no more.
const app = new App();
new CamundaDualRegion(app, 'Camunda', {
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
    { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
  ],
  kubernetes: {
    publicAccessCidrs: [], // the default
    adminRoleArns: ['arn:aws:iam::111111111111:role/PlatformTeam'],
    recoveryRoleArns: ['arn:aws:iam::111111111111:role/OnCall'],
  },
});
app.synth();
