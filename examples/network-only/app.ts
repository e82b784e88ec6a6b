import { App, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PeeringStack, PeerRoutesStack, RegionVpc } from '../../lib';

// Two VPCs in two regions, and the way between them: for whatever you want to run there.
const app = new App();
const SITES = [
  { region: 'eu-west-2', cidr: '10.192.0.0/16' },
  { region: 'eu-west-3', cidr: '10.202.0.0/16' },
];

const [requester, accepter] = SITES.map(({ region, cidr }, i) => {
  const stack = new Stack(app, `Network${i}`, { env: { region } });
  const availabilityZones = ['a', 'b', 'c'].map(letter => `${region}${letter}`);
  return new RegionVpc(stack, 'Network', { cidr, availabilityZones, logRetention: RetentionDays.THREE_MONTHS });
});

const { peeringConnectionId } = new PeeringStack(app, 'Peering', { requester, accepter, env: { region: SITES[0].region } });
new PeerRoutesStack(app, 'PeerRoutes', { requester, accepter, peeringConnectionId, env: { region: SITES[1].region } });
app.synth();
