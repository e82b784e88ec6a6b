import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { context } from '../cdk.json';
import { report } from './report';

// The yardstick: two VPCs and two EKS clusters as the CDK makes them, and nothing else.
const app = new App({ context, outdir: process.argv[2] });
for (const [region, cidr] of [
  ['eu-west-2', '10.192.0.0/16'],
  ['eu-west-3', '10.202.0.0/16'],
]) {
  const stack = new Stack(app, `Bare-${region}`, { env: { region } });
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(cidr),
    availabilityZones: ['a', 'b', 'c'].map(zone => `${region}${zone}`),
  });
  new eks.Cluster(stack, 'Cluster', {
    vpc,
    version: eks.KubernetesVersion.V1_36,
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    kubectlProviderOptions: { kubectlLayer: new KubectlV35Layer(stack, 'Kubectl') },
  });
}
app.synth();
report(performance.now());
