import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CamundaDualRegion, VpcEndpoints, type ExistingSubnetSettings } from '../../lib';

// VPCs without NAT: AWS is reached through endpoints, and images and charts come from a registry in each region.
const app = new App();
const account = '111111111111';
const places = [
  { awsRegion: 'eu-west-2', namespace: 'camunda-london', network: '10.192', serviceCidr: '10.190.0.0/16', id: 'a' },
  { awsRegion: 'eu-west-3', namespace: 'camunda-paris', network: '10.202', serviceCidr: '10.200.0.0/16', id: 'b' },
].map(place => ({ ...place, availabilityZones: ['a', 'b', 'c'].map(zone => `${place.awsRegion}${zone}`) }));

/** Three subnets that exist already. Ids end in the letter of the region, a digit for the purpose, and the zone. */
function subnets(purpose: string, rangeOf: (zone: number) => string): ExistingSubnetSettings[] {
  return [0, 1, 2].map(zone => ({
    subnetId: `subnet-00000000000000${purpose}${zone}`,
    cidr: rangeOf(zone),
    routeTableId: `rtb-00000000000000${purpose}${zone}`,
  }));
}

const regions = places.map(({ awsRegion, namespace, network, serviceCidr, id, availabilityZones }) => ({
  awsRegion,
  account,
  availabilityZones,
  vpcCidr: `${network}.0.0/16`,
  serviceCidr,
  namespace,
  imageRegistry: `${account}.dkr.ecr.${awsRegion}.amazonaws.com/mirror`,
  chartRepository: `oci://${account}.dkr.ecr.${awsRegion}.amazonaws.com/charts`,
  existingVpc: {
    vpcId: `vpc-00000000000000${id}00`,
    privateSubnets: subnets(`${id}1`, zone => `${network}.${zone * 64}.0/18`),
    forwarderSubnets: subnets(`${id}2`, zone => `${network}.250.${zone * 16}/28`),
    // That of the subnets below: network policies let Elasticsearch ask AWS STS there.
    endpointCidrs: [`${network}.251.0/24`],
  },
}));
new CamundaDualRegion(app, 'Camunda', { regions });

// Before everything else: nodes cannot join without them.
regions.forEach(({ awsRegion, vpcCidr, availabilityZones, existingVpc: { vpcId, privateSubnets } }, regionId) => {
  const { network, id } = places[regionId];
  const stack = new Stack(app, `Endpoints${regionId}`, { env: { region: awsRegion, account } });
  const existing = (name: string, list: ExistingSubnetSettings[]): ec2.ISubnet[] =>
    list.map(({ subnetId, routeTableId }, zone) =>
      ec2.Subnet.fromSubnetAttributes(stack, `${name}${zone}`, { subnetId, routeTableId, availabilityZone: availabilityZones[zone] }),
    );
  new VpcEndpoints(stack, 'Endpoints', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones, vpcCidrBlock: vpcCidr }),
    subnets: existing(
      'Endpoint',
      subnets(`${id}3`, zone => `${network}.251.${zone * 64}/26`),
    ),
    clientSubnets: existing('Private', privateSubnets),
    clientCidrs: [vpcCidr],
  });
});
app.synth();
