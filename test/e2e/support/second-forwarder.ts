import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { DnsForwarder } from '../../../lib';

/** What the app is given in the variable SECOND_FORWARDER, as JSON. */
export interface SecondForwarder {
  readonly region: string;
  readonly vpcId: string;
  readonly subnets: readonly { readonly subnetId: string; readonly availabilityZone: string }[];
  readonly addresses: readonly string[];
  readonly peerCidr: string;
  readonly clusterSecurityGroupId: string;
}

/** Name of the stack. */
export const SECOND_FORWARDER_STACK = 'second-forwarder';

/** A CDK app of its own: another DNS forwarder in the subnets of the deployed one. */
function main(given: SecondForwarder): void {
  const app = new App();
  const stack = new Stack(app, SECOND_FORWARDER_STACK, { env: { region: given.region } });
  new DnsForwarder(stack, 'Forwarder', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: given.vpcId,
      availabilityZones: given.subnets.map(({ availabilityZone }) => availabilityZone),
    }),
    subnets: given.subnets.map((subnet, zone) => ec2.Subnet.fromSubnetAttributes(stack, `Subnet${zone}`, subnet)),
    addresses: [...given.addresses],
    peerCidr: given.peerCidr,
    clusterSecurityGroupId: given.clusterSecurityGroupId,
  });
  app.synth();
}

const { SECOND_FORWARDER } = process.env;
if (SECOND_FORWARDER !== undefined) main(JSON.parse(SECOND_FORWARDER) as SecondForwarder);
