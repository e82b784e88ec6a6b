import { Arrangement, topologyPicture } from '../../bin/review/picture';
import { Topology } from '../../constructs/topology/topology';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { regionManifests } from '../../lib/region-manifests';
import { reviewOf } from '../../lib/review/document/review-of';
import { reachabilityOf } from '../../lib/review/reachability';
import type { CloudFormationTemplate, StackTemplate } from '../../lib/review/template';
import { testApp } from '../support/app';
import { EXPECTED_FLOWS } from '../support/changed-templates';
import { synthesise, templatesOf, type Deployment } from '../support/deployment';
import { drawnPicture, pictureFaults } from '../support/drawn-picture';
import type { KubernetesObject } from '../support/manifests';
import { requirementsOfTone, rowsOf, tableOf } from '../support/review';
import { awsId, existingVpc, withExistingVpcs } from '../support/settings/existing-vpcs';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

let deployment: Deployment;
beforeAll(() => {
  const app = testApp();
  deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', withExistingVpcs()));
});

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

function resourcesOf(id: string, type?: string): Resource[] {
  const { Resources } = deployment.stacks[id].template as { readonly Resources: Readonly<Record<string, Resource>> };
  return Object.values(Resources).filter(({ Type }) => type === undefined || Type === type);
}

/** What a change to copies of the templates makes of what can cross. */
function reachabilityAfter(change: (stacks: readonly StackTemplate[]) => void): ReturnType<typeof reachabilityOf> {
  const copies = templatesOf(deployment);
  change(copies);
  return reachabilityOf(deployment.construct.topology, copies);
}

function resourcesIn(stacks: readonly StackTemplate[], name: string): Record<string, Resource> {
  const template = stacks.find(({ stackName }) => stackName === `camunda-${name}`)?.template as CloudFormationTemplate;
  return template.Resources as Record<string, Resource>;
}

describe.each([0, 1])('region %i in a VPC that exists', region => {
  const stack = `Region${region}`;

  test('makes no part of a network but security groups', () => {
    const made = new Set(resourcesOf(stack).map(({ Type }) => Type));
    const ofNetwork = [...made].filter(type => type.startsWith('AWS::EC2::') && type !== 'AWS::EC2::LaunchTemplate');
    expect(ofNetwork.sort()).toEqual(['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress']);
    expect([...made].filter(type => /FlowLog|RestrictDefaultSG/.test(type))).toEqual([]);
  });

  test('puts cluster, nodes and deployment function into the private subnets', () => {
    const own = [0, 1, 2].map(zone => awsId('subnet', region, zone));
    const [cluster] = resourcesOf(stack, 'AWS::EKS::Cluster');
    expect(cluster.Properties.ResourcesVpcConfig).toMatchObject({ SubnetIds: own });
    expect(resourcesOf(stack, 'AWS::EKS::Nodegroup').map(({ Properties }) => Properties.Subnets)).toEqual(own.map(id => [id]));
    const [{ Properties }] = resourcesOf(stack, 'AWS::Lambda::Function').filter(one => one.Properties.VpcConfig);
    expect(Properties.VpcConfig).toMatchObject({ SubnetIds: own });
  });

  test('puts the DNS forwarder into its own subnets, at the addresses that the other region asks', () => {
    const [balancer] = resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    const addresses = deployment.construct.topology.regions[region].forwarderAddresses;
    expect(balancer.Properties.SubnetMappings).toEqual(
      [3, 4, 5].map((digit, zone) => ({ SubnetId: awsId('subnet', region, digit), PrivateIPv4Address: addresses[zone] })),
    );
    expect(JSON.stringify(resourcesOf(`Region${1 - region}`, 'AWS::EKS::Addon'))).toContain(`forward . ${addresses.join(' ')}`);
  });

  test('leads each of its route tables to the other region once', () => {
    const routes = resourcesOf(['Peering', 'PeerRoutes'][region], 'AWS::EC2::Route').map(({ Properties }) => Properties);
    expect(routes.map(({ RouteTableId }) => RouteTableId)).toEqual([0, 1, 2, 3].map(digit => awsId('rtb', region, digit)));
    expect(new Set(routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock))).toEqual(
      new Set([['10.202.0.0/16', '10.192.0.0/16'][region]]),
    );
  });
});

test('the VPCs are peered by their ids', () => {
  expect(resourcesOf('Peering', 'AWS::EC2::VPCPeeringConnection').map(({ Properties }) => Properties)).toEqual([
    expect.objectContaining({ VpcId: awsId('vpc', 0, 0), PeerVpcId: awsId('vpc', 1, 0), PeerRegion: 'eu-west-3' }),
  ]);
});

test('one region may have a VPC that exists while that of the other is made', () => {
  const app = testApp();
  const mixed = synthesise(app, new CamundaDualRegion(app, 'Camunda', withExistingVpcs({}, false)));
  expect(JSON.stringify(mixed.stacks.Region0.template)).not.toContain('AWS::EC2::VPC"');
  expect(JSON.stringify(mixed.stacks.Region1.template)).toContain('AWS::EC2::VPC"');
  expect(reachabilityOf(mixed.construct.topology, templatesOf(mixed))).toEqual({ flows: EXPECTED_FLOWS, findings: [] });
});

describe('a VPC with several ranges', () => {
  const OTHER = '100.64.0.0/16';
  const inOther = [0, 1, 2].map(zone => ({ ...existingVpc(0).forwarderSubnets[zone], cidr: `100.64.9.${zone * 16}/28` }));
  const settings = withExistingVpcs({ forwarderSubnets: inOther, otherCidrs: [OTHER, '100.65.0.0/16'], endpointCidrs: ['100.65.4.0/24'] });
  let several: Deployment;
  beforeAll(() => {
    const app = testApp();
    several = synthesise(app, new CamundaDualRegion(app, 'Camunda', settings));
  });

  test('leads nodes of the other region to the range of its DNS forwarder, and to no more', () => {
    const { Resources } = several.stacks.PeerRoutes.template as { readonly Resources: Readonly<Record<string, Resource>> };
    const routes = Object.values(Resources).map(({ Properties }) => [Properties.DestinationCidrBlock, Properties.RouteTableId]);
    expect(routes).toEqual([
      ...[0, 1, 2, 3].map(digit => ['10.192.0.0/16', awsId('rtb', 1, digit)]),
      ...[0, 1, 2].map(digit => [OTHER, awsId('rtb', 1, digit)]),
    ]);
  });

  test('can be crossed by exactly what Camunda needs', () => {
    expect(reachabilityOf(several.construct.topology, templatesOf(several))).toEqual({ flows: EXPECTED_FLOWS, findings: [] });
  });

  test('cannot be crossed without the routes to the DNS forwarder, nor may they lead elsewhere', () => {
    const stacks = templatesOf(several);
    const routes = resourcesIn(stacks, 'PeerRoutes');
    const [first, second] = Object.keys(routes).filter(id => routes[id].Properties.DestinationCidrBlock === OTHER);
    delete routes[first];
    (routes[second].Properties as Record<string, unknown>).DestinationCidrBlock = '100.65.0.0/16';
    const messages = reachabilityOf(several.construct.topology, stacks).findings.map(({ message }) => message);
    expect(messages.join()).toMatch(`to ${OTHER} over the peering`);
    expect(messages.join()).toMatch(/leads 100\.65\.0\.0\/16 over the peering, more than the range 10\.192\.0\.0\/16 or 100\.64\.0\.0\/16/);
  });

  test('lets Elasticsearch reach the endpoints of AWS, beside what is outside of all its ranges', () => {
    const policies = regionManifests(several.construct.topology, 0).flatMap(({ objects }) => objects) as unknown as KubernetesObject[];
    const [policy] = policies.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'elasticsearch');
    const { egress } = policy.spec as { egress: { to: { ipBlock?: { cidr: string; except?: string[] } }[] }[] };
    const blocks = egress.flatMap(({ to }) => to).flatMap(({ ipBlock }) => ipBlock ?? []);
    expect(blocks).toEqual([
      { cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.192.0.0/16', OTHER, '100.65.0.0/16', '10.202.0.0/16']) as unknown },
      { cidr: '100.65.4.0/24' },
    ]);
    const elsewhere = regionManifests(several.construct.topology, 1);
    expect(JSON.stringify(elsewhere)).not.toContain('100.65.4.0/24');
  });
});

describe('what can cross', () => {
  test('is exactly what Camunda needs, by what the settings say of the VPCs', () => {
    expect(reachabilityAfter(() => undefined)).toEqual({ flows: EXPECTED_FLOWS, findings: [] });
  });

  test('fails without the route of the table that the forwarder subnets share', () => {
    const { findings } = reachabilityAfter(stacks => {
      const routes = resourcesIn(stacks, 'PeerRoutes');
      const [id] = Object.keys(routes).filter(name => routes[name].Properties.RouteTableId === awsId('rtb', 1, 3));
      delete routes[id];
    });
    expect(findings.map(({ message }) => message)).toEqual(
      [3, 4, 5].map(
        digit =>
          expect.stringMatching(
            `53 to dns-forwarder cannot cross.*no way back.*${awsId('rtb', 1, 3)} of subnet ${awsId('subnet', 1, digit)}`,
          ) as unknown,
      ),
    );
  });

  test('fails when nodes are in a subnet that the settings do not name', () => {
    const { findings } = reachabilityAfter(stacks => {
      const resources = resourcesIn(stacks, 'Region0');
      const [id] = Object.keys(resources).filter(name => resources[name].Type === 'AWS::EKS::Nodegroup');
      (resources[id].Properties as Record<string, unknown>).Subnets = [awsId('subnet', 0, 9)];
    });
    expect(findings.map(({ message }) => message).join()).toContain('the templates do not show all subnets of');
  });

  test('fails when another VPC is peered', () => {
    const { flows, findings } = reachabilityAfter(stacks => {
      const resources = Object.values(resourcesIn(stacks, 'Peering'));
      const peering = resources.find(({ Type }) => Type === 'AWS::EC2::VPCPeeringConnection') as Resource;
      (peering.Properties as Record<string, unknown>).PeerVpcId = awsId('vpc', 1, 9);
    });
    expect(flows).toEqual([]);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('does not connect the VPCs of both regions')]);
  });
});

describe('the review', () => {
  const review = (): ReturnType<typeof reviewOf> => {
    const { topology } = deployment.construct;
    const rendered = {
      stacks: templatesOf(deployment),
      manifests: topology.regions.map(({ regionId }) => regionManifests(topology, regionId)),
    };
    return reviewOf({ topology, rendered, source: 'config/existing.yaml', today: WHEN_ALL_WERE_SUPPORTED });
  };

  test('finds nothing dangerous, and says what it cannot see', () => {
    const reviewed = review();
    expect(requirementsOfTone(reviewed, 'danger')).toEqual([]);
    const crossing = tableOf(reviewed.document, 'flows', 'What crosses');
    expect(new Set(rowsOf(crossing).map(row => row['network ACL']))).toEqual(new Set(['not in the templates']));
    expect(crossing.notes?.join()).toMatch(`Not seen of the existing VPC ${awsId('vpc', 1, 0)} of region 1`);
  });

  test('leaves to the reader whether pods reach each other', () => {
    const reachable = review().requirements.find(({ requirement }) => requirement.id === 'pods-reachable');
    expect(reachable).toMatchObject({
      tone: 'plain',
      text: expect.stringContaining(`of ${awsId('vpc', 0, 0)} and ${awsId('vpc', 1, 0)} yourself`) as string,
    });
  });

  test('counts the addresses of the subnets that are there', () => {
    const rows = rowsOf(tableOf(review().document, 'cidr-plan', 'Subnets'));
    expect(rows.map(({ region, purpose }) => `${region} ${purpose}`)).toEqual(
      [0, 1].flatMap(region => ['private', 'forwarder'].flatMap(purpose => [0, 1, 2].map(() => `${region} ${purpose}`))),
    );
  });
});

describe('the picture', () => {
  const pictureFor = (both: boolean, arrangement: Arrangement): ReturnType<typeof drawnPicture> =>
    drawnPicture(topologyPicture(Topology.of(withExistingVpcs({}, both), WHEN_ALL_WERE_SUPPORTED), arrangement));

  test.each(Object.values(Arrangement).flatMap(arrangement => [true, false].map(both => [arrangement, both] as const)))(
    'has everything at its place, %s, in both regions: %s',
    (arrangement, both) => {
      const picture = pictureFor(both, arrangement);
      expect(pictureFaults(picture)).toEqual([]);
      const purposes = picture.parts.filter(({ part, data }) => part === 'subnet' && data.region === '0').map(({ data }) => data.purpose);
      expect(new Set(purposes)).toEqual(new Set(['private', 'forwarder']));
      const drawn = (words: string): number => picture.texts.filter(({ text }) => text.includes(words)).length;
      expect([drawn('exists already'), drawn('Public subnets are not known here')]).toEqual(both ? [2, 0] : [1, 1]);
    },
  );

  test('tells those who hear it what there is', () => {
    const svg = topologyPicture(Topology.of(withExistingVpcs({}, false), WHEN_ALL_WERE_SUPPORTED), Arrangement.BESIDE);
    expect(svg).toContain('Its VPC 10.192.0.0/16 has private and forwarder subnets');
    expect(svg).toContain('Its VPC 10.202.0.0/16 has public, private and forwarder subnets');
  });
});
