import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import type { TrafficSettings } from '../../../constructs/topology/settings/traffic/traffic';
import { withRegions, withSettings } from '../settings/changed-settings';
import { loadBalancerSubnets, withExistingVpcs } from '../settings/existing-vpcs';
import { RESTRICTED_TRAFFIC, TRAFFIC } from '../settings/traffic';
import { ofVersion } from '../settings/versions';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];
type Others = Parameters<typeof withSettings>[0];

/** An internal load balancer, about which nothing is to be said, with changes of any kind. */
function internal(changes: object = {}, others: Others = {}): DualRegionSettings {
  return withSettings({ ...others, traffic: { ...TRAFFIC, scheme: 'internal', ...changes } });
}

/** A public one that some ranges may use. */
function restricted(changes: object = {}, others: Others = {}): DualRegionSettings {
  return withSettings({ ...others, traffic: { ...RESTRICTED_TRAFFIC, ...changes } });
}

const VALUES: Row[] = [
  ['section', 'traffic', 'camunda.example.com', withSettings({ traffic: 'camunda.example.com' as unknown as TrafficSettings })],
  ...['example.com', 'Zabc', '', undefined, 5].map((hostedZoneId): Row => [
    'traffic',
    'traffic.hostedZoneId',
    hostedZoneId,
    internal({ hostedZoneId }),
  ]),
  ...[
    'camunda',
    'https://camunda.example.com',
    'camunda.example.com.',
    'Camunda.example.com',
    `${'a'.repeat(50)}.example.com`,
    undefined,
  ].map((hostName): Row => ['traffic', 'traffic.hostName', hostName, internal({ hostName })]),
  ['traffic', 'traffic.scheme', 'internet-facing', internal({ scheme: 'internet-facing' })],
  ['traffic', 'traffic.policy', 'latency', internal({ policy: 'latency' })],
  ['traffic', 'traffic.loadBalancer', 'classic', internal({ loadBalancer: 'classic' })],
  ['traffic', 'traffic.allowedCidrs', '10.0.0.0/8', internal({ allowedCidrs: '10.0.0.0/8' })],
  ['traffic', 'traffic.allowedCidrs[1]', '10.0.0.1/8', internal({ allowedCidrs: ['10.0.0.0/8', '10.0.0.1/8'] })],
  ['traffic', 'traffic.allowedCidrs', 31, internal({ allowedCidrs: Array.from({ length: 31 }, (_, i) => `172.20.${i}.0/24`) })],
  ['traffic', 'traffic.healthCheckerPrefixLists[0]', 'pl-1', restricted({ healthCheckerPrefixLists: ['pl-1', 'pl-12345678'] })],
  ['traffic', 'traffic.healthCheckerPrefixLists', ['pl-12345678'], restricted({ healthCheckerPrefixLists: ['pl-12345678'] })],
  ['boolean', 'traffic.firewall', 'on', internal({ firewall: 'on' })],
];

const TOGETHER: Row[] = [
  ...['8.7', '8.8'].map((version): Row => [
    'traffic-weighted',
    'traffic.policy',
    'weighted',
    internal({ policy: 'weighted' }, ofVersion(version)),
  ]),
  ['traffic-load-balancer', 'traffic.loadBalancer', 'network', internal({ loadBalancer: 'network' }, ofVersion('8.7'))],
  ['traffic-health-checkers', 'traffic.healthCheckerPrefixLists', undefined, restricted({ healthCheckerPrefixLists: undefined })],
  ['traffic-firewall', 'traffic.firewall', true, internal({ loadBalancer: 'network', firewall: true })],
  [
    'traffic-subnets',
    'regions[1].existingVpc.loadBalancerSubnets',
    undefined,
    { ...withExistingVpcs({ loadBalancerSubnets: loadBalancerSubnets(0) }), traffic: internal().traffic },
  ],
  [
    'traffic-subnets',
    'regions[0].existingVpc.loadBalancerSubnets',
    '10.192.240.0/28',
    {
      ...withExistingVpcs(
        { loadBalancerSubnets: loadBalancerSubnets(0).map(subnet => ({ ...subnet, cidr: subnet.cidr.replace('/24', '/28') })) },
        false,
      ),
      traffic: internal().traffic,
    },
  ],
  [
    'existing-vpc-subnets',
    'regions[0].existingVpc.loadBalancerSubnets',
    [],
    { ...withExistingVpcs({ loadBalancerSubnets: [] }, false), traffic: internal().traffic },
  ],
];

/** Rules about traffic, broken. */
export const TRAFFIC_ERRORS: Row[] = [...VALUES, ...TOGETHER];

/** The same for warnings. */
export const TRAFFIC_WARNINGS: Row[] = [
  ['traffic-weighted', 'traffic.policy', 'weighted', internal({ policy: 'weighted' })],
  ['traffic-open', 'traffic.allowedCidrs', [], withSettings({ traffic: TRAFFIC })],
  ['traffic-firewall', 'traffic.firewall', false, restricted({ firewall: false })],
];

/** What is allowed and looks as if it were not. */
export const TRAFFIC_ALLOWED: DualRegionSettings[] = [
  internal(),
  internal({ firewall: false }),
  internal({}, ofVersion('8.7')),
  internal({ loadBalancer: 'network' }),
  internal({ loadBalancer: 'network', firewall: false }),
  restricted(),
  restricted({ loadBalancer: 'network' }),
  restricted({ allowedCidrs: Array.from({ length: 30 }, (_, i) => `172.20.${i}.0/24`) }),
  { ...withExistingVpcs({ loadBalancerSubnets: loadBalancerSubnets(0) }, false), traffic: internal().traffic },
  { ...withRegions({ vpcCidr: '10.192.0.0/22' }), traffic: internal().traffic },
];
