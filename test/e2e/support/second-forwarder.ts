import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import cdkJson from '../../../cdk.json';
import { DnsForwarder } from '../../../lib';

/** What an app is made of: the program is given a list of them in the variable SECOND_FORWARDER, as JSON. */
export interface SecondForwarder {
  /** Where its templates are written. */
  readonly folder: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnets: readonly { readonly subnetId: string; readonly availabilityZone: string }[];
  readonly addresses: readonly string[];
  readonly peerCidr: string;
  readonly clusterSecurityGroupId: string;
}

/** Name of the stack. */
export const SECOND_FORWARDER_STACK = 'second-forwarder';

/** Synthesises a CDK app of its own: another DNS forwarder in the subnets of the deployed one. */
function synthesise(given: SecondForwarder): void {
  // The switches of the project, without the rules of CloudFormation, which the proofs of the product have.
  const context = { ...cdkJson.context, '@aws-cdk/core:validateAgainstDefaultRules': false };
  const app = new App({ outdir: given.folder, context });
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
if (SECOND_FORWARDER !== undefined) (JSON.parse(SECOND_FORWARDER) as SecondForwarder[]).forEach(synthesise);
