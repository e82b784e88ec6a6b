import { App, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { NetworkPeering, NetworkPeeringRoutes, RegionVpc } from '../../lib';

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

const peering = new Stack(app, 'Peering', { env: { region: SITES[0].region } });
const { peeringConnectionId } = new NetworkPeering(peering, 'Peering', { requester, accepter });
const routes = new Stack(app, 'PeerRoutes', { env: { region: SITES[1].region } });
new NetworkPeeringRoutes(routes, 'Routes', { requester, accepter, peeringConnectionId });
app.synth();
