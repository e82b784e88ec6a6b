import { Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ExistingVpc } from '../../constructs/network/existing-vpc';
import { RegionVpc } from '../../constructs/network/region-vpc';
import { NetworkPeering } from '../../lib/network-peering';
import { testApp } from '../support/app';
import { existingVpc, zonesOf } from '../support/settings/existing-vpcs';

const PARIS = { cidr: '10.202.0.0/16', availabilityZones: zonesOf('eu-west-3') };

test('fails while the stack of the other network does not state its region', () => {
  const app = testApp();
  const requester = new RegionVpc(new Stack(app, 'London', { env: { region: 'eu-west-2' } }), 'Network', {
    cidr: '10.192.0.0/16',
    availabilityZones: zonesOf('eu-west-2'),
    logRetention: RetentionDays.ONE_WEEK,
  });
  const stack = new Stack(app, 'Peering', { env: { region: 'eu-west-2' } });
  const anywhere = new ExistingVpc(new Stack(app, 'Anywhere'), 'Network', { ...existingVpc(1), ...PARIS });
  expect(() => new NetworkPeering(stack, 'Failing', { requester, accepter: anywhere })).toThrow(
    /'accepter' must be in a stack that states its region, got a value that is known only at deployment; .*\[peer-region\]/,
  );
  const paris = new ExistingVpc(new Stack(app, 'Paris', { env: { region: 'eu-west-3' } }), 'Network', { ...existingVpc(1), ...PARIS });
  expect(() => new NetworkPeering(stack, 'Peering', { requester, accepter: paris })).not.toThrow();
});
