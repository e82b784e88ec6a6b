import { App } from 'aws-cdk-lib';
import { CamundaDualRegion } from '../../lib';

// Networks of your own: docs/existing.md says what must be in them. Zones and subnets are listed in the same order.
const app = new App();
new CamundaDualRegion(app, 'Camunda', {
  regions: [
    {
      awsRegion: 'eu-west-2',
      availabilityZones: ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'],
      vpcCidr: '10.192.0.0/16',
      serviceCidr: '10.190.0.0/16',
      namespace: 'camunda-london',
      existingVpc: {
        vpcId: 'vpc-00000000000000a00',
        privateSubnets: [
          { subnetId: 'subnet-00000000000000a01', cidr: '10.192.0.0/18', routeTableId: 'rtb-00000000000000a01' },
          { subnetId: 'subnet-00000000000000a02', cidr: '10.192.64.0/18', routeTableId: 'rtb-00000000000000a02' },
          { subnetId: 'subnet-00000000000000a03', cidr: '10.192.128.0/18', routeTableId: 'rtb-00000000000000a03' },
        ],
        // For the DNS forwarder alone. They share a route table without a way to the internet.
        forwarderSubnets: [
          { subnetId: 'subnet-00000000000000a04', cidr: '10.192.250.0/28', routeTableId: 'rtb-00000000000000a04' },
          { subnetId: 'subnet-00000000000000a05', cidr: '10.192.250.16/28', routeTableId: 'rtb-00000000000000a04' },
          { subnetId: 'subnet-00000000000000a06', cidr: '10.192.250.32/28', routeTableId: 'rtb-00000000000000a04' },
        ],
      },
    },
    {
      awsRegion: 'eu-west-3',
      availabilityZones: ['eu-west-3a', 'eu-west-3b', 'eu-west-3c'],
      vpcCidr: '10.202.0.0/16',
      serviceCidr: '10.200.0.0/16',
      namespace: 'camunda-paris',
      existingVpc: {
        vpcId: 'vpc-00000000000000b00',
        privateSubnets: [
          { subnetId: 'subnet-00000000000000b01', cidr: '10.202.0.0/18', routeTableId: 'rtb-00000000000000b01' },
          { subnetId: 'subnet-00000000000000b02', cidr: '10.202.64.0/18', routeTableId: 'rtb-00000000000000b02' },
          { subnetId: 'subnet-00000000000000b03', cidr: '10.202.128.0/18', routeTableId: 'rtb-00000000000000b03' },
        ],
        forwarderSubnets: [
          { subnetId: 'subnet-00000000000000b04', cidr: '10.202.250.0/28', routeTableId: 'rtb-00000000000000b04' },
          { subnetId: 'subnet-00000000000000b05', cidr: '10.202.250.16/28', routeTableId: 'rtb-00000000000000b04' },
          { subnetId: 'subnet-00000000000000b06', cidr: '10.202.250.32/28', routeTableId: 'rtb-00000000000000b04' },
        ],
        // Where the eleventh address of each is taken.
        forwarderAddresses: ['10.202.250.5', '10.202.250.21', '10.202.250.37'],
      },
    },
  ],
});
app.synth();
