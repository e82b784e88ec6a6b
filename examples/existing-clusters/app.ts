import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CamundaManifests, CamundaPrerequisites, CamundaSnapshotCopies, CamundaSnapshots, ExistingCluster, Topology } from '../../lib';

// Charts only: network, clusters, DNS chain and controllers are there. docs/existing.md says what they must be like.
const app = new App();
const account = '111111111111';
const topology = Topology.of({
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london', account },
    { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris', account },
  ],
  nodes: { instanceType: 'm6i.2xlarge', perZone: 2 }, // what your nodes are: the pods are held against it
});
const CLUSTERS = [
  {
    clusterName: 'apps-london',
    vpcId: 'vpc-00000000000000a00',
    subnetId: 'subnet-00000000000000a01',
    routeTableId: 'rtb-00000000000000a01',
    group: 'sg-00000000000000a00',
    issuer: 'A',
  },
  {
    clusterName: 'apps-paris',
    vpcId: 'vpc-00000000000000b00',
    subnetId: 'subnet-00000000000000b01',
    routeTableId: 'rtb-00000000000000b01',
    group: 'sg-00000000000000b00',
    issuer: 'B',
  },
];

for (const { regionId, awsRegion } of topology.regions) {
  const { clusterName, vpcId, subnetId, routeTableId, group, issuer } = CLUSTERS[regionId];
  const env = { region: awsRegion, account };
  const stack = new Stack(app, `Camunda${regionId}`, { env });
  const { cluster } = new ExistingCluster(stack, 'Cluster', {
    clusterName,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones: [`${awsRegion}a`] }),
    subnets: [ec2.Subnet.fromSubnetAttributes(stack, 'Subnet', { subnetId, routeTableId, availabilityZone: `${awsRegion}a` })],
    clusterSecurityGroupId: group,
    kubectlLayer: new KubectlV35Layer(stack, 'KubectlLayer'),
    logRetention: RetentionDays.THREE_MONTHS,
  });
  const provider = `arn:aws:iam::${account}:oidc-provider/oidc.eks.${awsRegion}.amazonaws.com/id/${issuer.repeat(32)}`;
  const prerequisites = new CamundaPrerequisites(stack, 'Prerequisites', {
    topology,
    regionId,
    identityProvider: iam.OidcProviderNative.fromOidcProviderArn(stack, 'IdentityProvider', provider),
  });
  new CamundaManifests(stack, 'Camunda', { topology, regionId, cluster }).node.addDependency(prerequisites);
}

// Buckets outlive what is above, so they have stacks of their own. Each is copied to one that must be there before.
const copies = topology.regions.map(({ regionId, awsRegion }) => {
  const stack = new Stack(app, `SnapshotCopies${regionId}`, { env: { region: awsRegion, account } });
  new CamundaSnapshotCopies(stack, 'Copies', { topology, regionId });
  return stack;
});
for (const { regionId, awsRegion } of topology.regions) {
  const stack = new Stack(app, `Snapshots${regionId}`, { env: { region: awsRegion, account } });
  new CamundaSnapshots(stack, 'Snapshots', { topology, regionId });
  stack.addStackDependency(copies[1 - regionId]);
}
app.synth();
