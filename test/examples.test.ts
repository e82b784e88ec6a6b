import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Topology } from '../constructs/topology/topology';
import { regionManifests } from '../lib/region-manifests';
import type { SynthesisedResource } from './support/app';
import { deployedObjects } from './support/deployed-objects';
import { EXAMPLES, exampleOf, propertiesIn, typesIn } from './support/examples';
import { withRegions } from './support/settings/changed-settings';
import { problemsIn, BASE } from './support/settings/configuration-files';

const ROOT = join(__dirname, '..');
const ALL_STACKS = [
  'Camunda0',
  'Camunda1',
  'PeerRoutes',
  'PeerSnapshots',
  'Peering',
  'Region0',
  'Region1',
  'SnapshotCopies0',
  'SnapshotCopies1',
  'Snapshots',
];
const STACKS: Readonly<Record<string, readonly string[]>> = {
  minimal: ALL_STACKS,
  'beside-camunda': ALL_STACKS,
  'existing-vpcs': ALL_STACKS,
  'no-internet': [...ALL_STACKS, 'Endpoints0', 'Endpoints1'].sort(),
  'private-endpoint-only': ALL_STACKS,
  'existing-clusters': ['Camunda0', 'Camunda1', 'SnapshotCopies0', 'SnapshotCopies1', 'Snapshots0', 'Snapshots1'],
  'network-only': ['Network0', 'Network1', 'PeerRoutes', 'Peering'],
  'dns-chain': ['DnsChain0', 'DnsChain1', 'PeerRoutes', 'Peering'],
};
const VPC_PARTS = /^AWS::EC2::(VPC|Subnet|RouteTable|InternetGateway|NatGateway|EIP|VPCEndpoint)$/;

test('each example is tested here', () => {
  expect([...EXAMPLES].sort()).toEqual(Object.keys(STACKS).sort());
});

test.each(EXAMPLES)('the example %s is a whole app, in two regions, without a warning', example => {
  const { stacks, messages } = exampleOf(example);
  expect(Object.keys(stacks).sort()).toEqual(STACKS[example]);
  expect(new Set(Object.values(stacks).map(({ awsRegion }) => awsRegion))).toEqual(new Set(['eu-west-2', 'eu-west-3']));
  expect(messages).toEqual([]);
});

test.each(EXAMPLES)('the list of examples says what %s shows', example => {
  expect(readFileSync(join(ROOT, 'examples/README.md'), 'utf8')).toContain(`[${example}](${example}/app.ts)`);
});

test("the README's sample is the minimal example", () => {
  const sample = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
  const example = readFileSync(join(ROOT, 'examples/minimal/app.ts'), 'utf8').replace(/^\/\/.*\n/m, '');
  expect(sample.replace("'cdk-camunda-dual-region'", "'../../lib'").replace(/\n\n/g, '\n')).toBe(example.replace(/\n\n/g, '\n'));
});

describe('beside-camunda', () => {
  const added = (stack: string): [string, SynthesisedResource][] => {
    const { resources } = exampleOf('minimal').stacks[stack];
    return Object.entries(exampleOf('beside-camunda').stacks[stack].resources).filter(([id]) => !(id in resources));
  };

  test('leaves all that the minimal example makes as it is', () => {
    for (const [stack, { resources }] of Object.entries(exampleOf('minimal').stacks)) {
      expect(exampleOf('beside-camunda').stacks[stack].resources).toMatchObject(resources);
    }
    expect(ALL_STACKS.filter(stack => added(stack).length > 0)).toEqual(['Camunda0', 'Camunda1', 'Region0', 'Region1']);
  });

  test.each([0, 1])('in region %i, workers come after Camunda and their namespace, know its gateway, and are admitted', regionId => {
    const [namespace, peer] = ['camunda-london', 'camunda-paris'].map((_, i, all) => all[(i + regionId) % 2]);
    const resources = added(`Camunda${regionId}`);
    const [[, workers], ...others] = resources.filter(([, { Type }]) => Type === 'Custom::AWSCDK-EKS-HelmChart');
    expect(others).toEqual([]);
    expect(workers.Properties).toMatchObject({ Chart: 'payment-workers', Namespace: 'payments' });
    expect(JSON.parse(String(workers.Properties.Values))).toMatchObject({
      camunda: { grpcAddress: `https://camunda-zeebe-gateway.${namespace}.svc.cluster.local:26500` },
      nodeSelector: { workload: 'payments' },
    });
    const [own] = resources.filter(([id]) => id.includes('PaymentNamespace')).map(([id]) => id);
    const connectors = Object.keys(exampleOf('minimal').stacks[`Camunda${regionId}`].resources).find(id => id.startsWith('Connectors'));
    expect(workers.DependsOn).toEqual(expect.arrayContaining([own, connectors]));
    const objects = resources.flatMap(([, { Properties }]) =>
      Properties.Manifest === undefined
        ? []
        : deployedObjects<{ kind: string; metadata: { name: string; namespace?: string } }>(Properties.Manifest),
    );
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`).sort()).toEqual([
      'ExternalSecret payments/camunda-authority',
      'Namespace /payments',
      `NetworkPolicy ${namespace}/connectors-from-payments`,
      `NetworkPolicy ${namespace}/orchestration-from-payments`,
      'SecretStore payments/aws',
    ]);
    expect(JSON.stringify(resources)).not.toContain(peer);
  });

  test.each(['Region0', 'Region1'])('%s has their nodes, and an alarm on its own DNS forwarder', stack => {
    const resources = added(stack);
    expect(resources.map(([, { Type }]) => Type).sort()).toEqual(['AWS::CloudWatch::Alarm', 'AWS::EKS::Nodegroup', 'AWS::IAM::Role']);
    const [nodes] = resources.filter(([, { Type }]) => Type === 'AWS::EKS::Nodegroup').map(([, { Properties }]) => Properties);
    expect(nodes).toMatchObject({ InstanceTypes: ['c6i.large'], Labels: { workload: 'payments' } });
    const [balancer] = Object.entries(exampleOf('minimal').stacks[stack].resources).flatMap(([id, { Type }]) =>
      Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' ? [id] : [],
    );
    const [alarm] = propertiesIn('beside-camunda', 'AWS::CloudWatch::Alarm', stack);
    expect(alarm).toMatchObject({ MetricName: 'HealthyHostCount', ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' });
    expect(JSON.stringify(alarm.Dimensions)).toContain(`"${balancer}"`);
  });
});

describe('existing-vpcs', () => {
  test('makes no part of a VPC', () => {
    expect([...typesIn('minimal')].filter(type => VPC_PARTS.test(type))).toHaveLength(7);
    expect([...typesIn('existing-vpcs')].filter(type => VPC_PARTS.test(type))).toEqual([]);
  });

  test.each([
    ['Peering', 'a', '10.202.0.0/16'],
    ['PeerRoutes', 'b', '10.192.0.0/16'],
  ])('%s leads from the route tables that are there to the other VPC', (stack, letter, DestinationCidrBlock) => {
    expect(propertiesIn('existing-vpcs', 'AWS::EC2::Route', stack)).toEqual(
      [1, 2, 3, 4].map(number => ({
        RouteTableId: `rtb-00000000000000${letter}0${number}`,
        DestinationCidrBlock,
        VpcPeeringConnectionId: expect.anything() as unknown,
      })),
    );
  });

  test('has the DNS forwarder where it is told, or at the eleventh address of each subnet', () => {
    const addresses = propertiesIn('existing-vpcs', 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(({ SubnetMappings }) =>
      (SubnetMappings as { PrivateIPv4Address: string }[]).map(({ PrivateIPv4Address }) => PrivateIPv4Address),
    );
    expect(addresses).toEqual([
      ['10.192.250.10', '10.192.250.26', '10.192.250.42'],
      ['10.202.250.5', '10.202.250.21', '10.202.250.37'],
    ]);
  });
});

describe('no-internet', () => {
  test.each([
    ['eu-west-2', 0, 'a'],
    ['eu-west-3', 1, 'b'],
  ])('has in %s an endpoint for everything that is asked, under its usual name', (awsRegion, regionId, letter) => {
    const endpoints = propertiesIn('no-internet', 'AWS::EC2::VPCEndpoint', `Endpoints${regionId}`);
    const ofType = (type: string): typeof endpoints => endpoints.filter(({ VpcEndpointType }) => VpcEndpointType === type);
    expect(ofType('Interface').map(({ ServiceName }) => String(ServiceName).replace(`com.amazonaws.${awsRegion}.`, ''))).toEqual([
      'ec2',
      'ecr.api',
      'ecr.dkr',
      'eks',
      'eks-auth',
      'elasticloadbalancing',
      'lambda',
      'secretsmanager',
      'sts',
    ]);
    for (const endpoint of ofType('Interface')) {
      expect(endpoint).toMatchObject({
        PrivateDnsEnabled: true,
        SubnetIds: [0, 1, 2].map(zone => `subnet-00000000000000${letter}3${zone}`),
      });
    }
    expect(ofType('Gateway').map(({ RouteTableIds }) => RouteTableIds)).toEqual([
      [0, 1, 2].map(zone => `rtb-00000000000000${letter}1${zone}`),
    ]);
  });

  test('takes every image and chart from the registry of the region', () => {
    const charts = [0, 1].map(regionId => propertiesIn('no-internet', 'Custom::AWSCDK-EKS-HelmChart', `Region${regionId}`));
    for (const [regionId, awsRegion] of ['eu-west-2', 'eu-west-3'].entries()) {
      const registry = `111111111111.dkr.ecr.${awsRegion}.amazonaws.com`;
      expect(charts[regionId].map(({ Repository, Chart }) => Repository === `oci://${registry}/charts/${String(Chart)}`)).toEqual(
        charts[regionId].map(() => true),
      );
      const text = JSON.stringify(charts[regionId]) + JSON.stringify(exampleOf('no-internet').stacks[`Camunda${regionId}`].resources);
      expect(text).toContain(`${registry}/mirror/camunda/camunda:`);
      expect(text).not.toMatch(/docker\.io|docker\.elastic\.co|quay\.io|ghcr\.io|public\.ecr/);
    }
  });
});

describe('existing-clusters', () => {
  test('makes neither network, cluster, nodes nor add-ons', () => {
    const types = [...typesIn('existing-clusters')];
    expect(types.filter(type => /^AWS::EC2::|^AWS::ElasticLoadBalancing|^AWS::EKS::(?!AccessEntry$)|HelmChart/.test(type))).toEqual([]);
    expect(types).toContain('AWS::EKS::AccessEntry');
  });

  test.each([0, 1])('applies to the cluster of region %i what any deployment of the topology applies', regionId => {
    const account = '111111111111';
    const topology = Topology.of(withRegions({ account }, { account }));
    const manifests = propertiesIn('existing-clusters', 'Custom::AWSCDK-EKS-KubernetesResource', `Camunda${regionId}`);
    expect(new Set(manifests.map(({ ClusterName }) => ClusterName))).toEqual(new Set([['apps-london', 'apps-paris'][regionId]]));
    const kinds = manifests.flatMap(({ Manifest }) => deployedObjects<{ kind: string; metadata: { name: string } }>(Manifest));
    const expected = regionManifests(topology, regionId).flatMap(({ objects }) => objects as unknown as typeof kinds);
    expect(kinds.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      expected.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
  });

  test('makes secrets once, replicated, and a role for snapshots in each region', () => {
    expect(propertiesIn('existing-clusters', 'AWS::SecretsManager::Secret', 'Camunda1')).toEqual([]);
    expect(propertiesIn('existing-clusters', 'AWS::SecretsManager::Secret', 'Camunda0')).toHaveLength(5);
    const roles = propertiesIn('existing-clusters', 'AWS::IAM::Role').map(({ RoleName }) => RoleName);
    expect(roles).toEqual(expect.arrayContaining(['camunda-elasticsearch-eu-west-2', 'camunda-elasticsearch-eu-west-3']));
  });
});

describe('private-endpoint-only', () => {
  test('opens no endpoint to the internet', () => {
    const access = propertiesIn('private-endpoint-only', 'AWS::EKS::Cluster').map(({ ResourcesVpcConfig }) => ResourcesVpcConfig);
    expect(access).toEqual(
      [0, 1].map(() => expect.objectContaining({ EndpointPrivateAccess: true, EndpointPublicAccess: false }) as unknown),
    );
  });

  test('applies manifests from inside of the VPC', () => {
    const functions = propertiesIn('private-endpoint-only', 'AWS::Lambda::Function', 'Region0');
    const [handler] = functions.filter(({ Description }) => String(Description).includes('kubectl'));
    expect(handler).toHaveProperty('VpcConfig.SubnetIds');
  });

  test.each(['Region0', 'Region1'])('lets the two roles into %s, one of them for a recovery alone', stack => {
    const entries = propertiesIn('private-endpoint-only', 'AWS::EKS::AccessEntry', stack).filter(
      ({ PrincipalArn }) => typeof PrincipalArn === 'string',
    );
    expect(entries).toEqual([
      expect.objectContaining({
        PrincipalArn: 'arn:aws:iam::111111111111:role/PlatformTeam',
        AccessPolicies: [expect.objectContaining({ AccessScope: { Type: 'cluster' } })],
      }),
      expect.objectContaining({ PrincipalArn: 'arn:aws:iam::111111111111:role/OnCall', KubernetesGroups: ['camunda-recovery'] }),
    ]);
    expect(entries[1]).not.toHaveProperty('AccessPolicies');
  });
});

describe('network-only', () => {
  test('makes two VPCs and what connects them, and nothing that runs in them', () => {
    const types = [...typesIn('network-only')];
    expect(types.filter(type => /^AWS::(EKS|ElasticLoadBalancing|SecretsManager|S3)|HelmChart|Kubernetes/.test(type))).toEqual([]);
    expect(propertiesIn('network-only', 'AWS::EC2::VPC').map(({ CidrBlock }) => CidrBlock)).toEqual(['10.192.0.0/16', '10.202.0.0/16']);
    expect(propertiesIn('network-only', 'AWS::EC2::VPCPeeringConnection')).toEqual([expect.objectContaining({ PeerRegion: 'eu-west-3' })]);
  });

  test('leads from each private and forwarder subnet to the other VPC', () => {
    for (const [stack, cidr] of [
      ['Peering', '10.202.0.0/16'],
      ['PeerRoutes', '10.192.0.0/16'],
    ]) {
      const routes = propertiesIn('network-only', 'AWS::EC2::Route', stack);
      expect(routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(Array(6).fill(cidr));
    }
  });

  test('holds on to no stack of the other region', () => {
    expect(JSON.stringify(exampleOf('network-only').stacks)).not.toMatch(/Fn::ImportValue|CrossRegionExport/);
  });
});

describe('dns-chain', () => {
  const at = (i: number): string => `DnsChain${i}`;

  test('knows nothing of Camunda', () => {
    expect(JSON.stringify(exampleOf('dns-chain').stacks)).not.toMatch(/camunda|zeebe|elasticsearch(?!\.)/i);
    expect([...typesIn('dns-chain')].filter(type => /^AWS::(EKS::Cluster|EKS::Nodegroup|S3|SecretsManager)/.test(type))).toEqual([]);
  });

  test.each([0, 1])('region %i asks the forwarder of the other one for the names of CockroachDB there', i => {
    const peer = ['london', 'paris'][1 - i];
    const addresses = ['10.192', '10.202'].map(network => [10, 26, 42].map(last => `${network}.250.${last}`));
    const [addon] = propertiesIn('dns-chain', 'AWS::EKS::Addon', at(i));
    const { corefile } = JSON.parse(String(addon.ConfigurationValues)) as { corefile: string };
    expect(corefile).toContain(`\ncockroachdb-${peer}.svc.cluster.local:53 {`);
    expect(corefile).toContain(`forward . ${addresses[1 - i].join(' ')} {`);
    const [balancer] = propertiesIn('dns-chain', 'AWS::ElasticLoadBalancingV2::LoadBalancer', at(i));
    expect((balancer.SubnetMappings as { PrivateIPv4Address: string }[]).map(({ PrivateIPv4Address }) => PrivateIPv4Address)).toEqual(
      addresses[i],
    );
  });

  test.each([0, 1])('region %i opens exactly the ports of CockroachDB and of its own DNS forwarder', i => {
    const rules = propertiesIn('dns-chain', 'AWS::EC2::SecurityGroupIngress', at(i));
    expect(rules.map(({ IpProtocol, FromPort, ToPort, CidrIp }) => [IpProtocol, FromPort, ToPort, CidrIp])).toEqual([
      ['tcp', 53, 53, undefined],
      ['tcp', 26257, 26257, ['10.202.0.0/16', '10.192.0.0/16'][i]],
      ['tcp', 8080, 8080, ['10.202.0.0/16', '10.192.0.0/16'][i]],
    ]);
  });

  test('binds CoreDNS after the controller that does so', () => {
    const { resources } = exampleOf('dns-chain').stacks.DnsChain0;
    const [binding] = Object.values(resources).filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-KubernetesResource');
    expect(JSON.stringify(binding.Properties.Manifest)).toContain('TargetGroupBinding');
    expect(binding.DependsOn?.join()).toContain('LoadBalancerController');
  });
});

describe('what is refused has no example', () => {
  test('two accounts: it says why, and what to do', () => {
    const two = withRegions({ account: '111111111111' }, { account: '123456789012' });
    expect(() => Topology.of(two)).toThrow(
      /'regions\[1\].account' must equal 'regions\[0\].account', got '123456789012'; deploy both regions into one account: .*peering.* \[account-same\]/,
    );
  });

  test('OpenSearch: it says why, and what there is instead', () => {
    const [problem, ...others] = problemsIn(`${BASE}elasticsearch: { engine: opensearch }\n`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      rule: 'not-offered',
      requirement:
        'must not be there: OpenSearch is not offered, because Camunda runs over two regions with Elasticsearch only up to 8.9, and its pages on 8.10 do not agree with each other',
      fix: "remove it: Elasticsearch runs in both regions, sized by 'elasticsearch'",
    });
  });
});
