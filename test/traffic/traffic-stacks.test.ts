import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import type { TrafficSettings } from '../../constructs/topology/settings/traffic/traffic';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { reachabilityOf } from '../../lib/review/reachability';
import { testApp } from '../support/app';
import { synthesise, templatesOf, type Deployment } from '../support/deployment';
import { loadBalancerSubnets, withExistingVpcs } from '../support/settings/existing-vpcs';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { RESTRICTED_TRAFFIC, TRAFFIC } from '../support/settings/traffic';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

function deployed(traffic: TrafficSettings | undefined, settings: Partial<DualRegionSettings> = {}): Deployment {
  const app = testApp();
  const all = { ...DEFAULT_SETTINGS, ...settings, traffic, today: WHEN_ALL_WERE_SUPPORTED };
  return synthesise(app, new CamundaDualRegion(app, 'Camunda', all));
}

function resources({ stacks }: Deployment, stack: string, type: string): Resource['Properties'][] {
  const { Resources } = stacks[stack].template as { readonly Resources: Record<string, Resource> };
  return Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
}

const ELB = 'AWS::ElasticLoadBalancingV2::';
const text = ({ stacks }: Deployment, stack: string): string => JSON.stringify(stacks[stack].template);

let open: Deployment;
let internal: Deployment;

beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation();
  open = deployed(TRAFFIC);
  internal = deployed({ ...TRAFFIC, scheme: 'internal', policy: 'weighted' }, { activeRegion: 1 });
});
afterAll(() => jest.restoreAllMocks());

test('makes nothing, and changes no other stack, until it is set', () => {
  const without = deployed(undefined);
  expect(Object.keys(open.stacks).filter(id => !(id in without.stacks))).toEqual(['Traffic0', 'Traffic1', 'Records', 'PeerRecords']);
  const network = (deployment: Deployment): unknown[] => resources(deployment, 'Region0', 'AWS::IAM::Policy');
  expect(network(open)).toEqual(network(without));
  for (const id of ['Peering', 'PeerRoutes', 'Snapshots', 'SnapshotCopies1']) expect(text(open, id)).toBe(text(without, id));
});

describe.each([0, 1])('the load balancer of region %i', regionId => {
  const stack = `Traffic${regionId}`;
  const record = ['Records', 'PeerRecords'][regionId];

  test('is at one name for REST and gRPC, with a certificate for it and for the region alone', () => {
    const [{ DomainName, SubjectAlternativeNames, DomainValidationOptions }] = resources(
      open,
      stack,
      'AWS::CertificateManager::Certificate',
    );
    expect(DomainName).toBe('camunda.example.com');
    expect(SubjectAlternativeNames).toEqual([`region${regionId}.camunda.example.com`]);
    expect(DomainValidationOptions).toEqual(
      ['camunda.example.com', `region${regionId}.camunda.example.com`].map(name => ({
        DomainName: name,
        HostedZoneId: TRAFFIC.hostedZoneId,
      })),
    );
    expect(resources(open, stack, `${ELB}Listener`)).toEqual([expect.objectContaining({ Port: 443, Protocol: 'HTTPS' })]);
    const [management, grpc] = resources(open, stack, `${ELB}ListenerRule`);
    expect(JSON.stringify(management)).toContain('/actuator/*');
    expect(grpc.Conditions).toEqual([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/gateway_protocol.Gateway/*'] } }]);
  });

  test('never asks the engine whether it is healthy', () => {
    const groups = resources(open, stack, `${ELB}TargetGroup`);
    expect(groups.map(({ HealthCheckPath, Matcher, ProtocolVersion }) => ({ HealthCheckPath, Matcher, ProtocolVersion }))).toEqual([
      { HealthCheckPath: '/v2/license', Matcher: { HttpCode: '200' }, ProtocolVersion: 'HTTP1' },
      { HealthCheckPath: '/gateway_protocol.Gateway/Topology', Matcher: { GrpcCode: '0,14,16' }, ProtocolVersion: 'GRPC' },
    ]);
    for (const id of [stack, record]) expect(text(open, id)).not.toMatch(/v2\/(status|topology)/);
  });

  test("reaches Camunda's pods and nothing else", () => {
    const [{ SecurityGroupEgress }] = resources(open, stack, 'AWS::EC2::SecurityGroup');
    const ports = (SecurityGroupEgress as { readonly FromPort: number; readonly ToPort: number }[]).map(({ FromPort, ToPort }) => [
      FromPort,
      ToPort,
    ]);
    expect(ports).toEqual([
      [8080, 8080],
      [26500, 26500],
    ]);
    expect(resources(open, stack, 'AWS::EC2::SecurityGroupIngress').map(({ FromPort, CidrIp }) => [FromPort, CidrIp])).toEqual([
      [8080, undefined],
      [26500, undefined],
    ]);
  });

  test('gets its pods by bindings that name its target groups, in a namespace that a controller of its own watches', () => {
    const bindings = resources(open, stack, 'Custom::AWSCDK-EKS-KubernetesResource').map(({ Manifest }) => JSON.stringify(Manifest));
    const { namespace } = DEFAULT_SETTINGS.regions[regionId];
    expect(bindings).toHaveLength(2);
    ['rest', 'grpc'].forEach((kind, i) => {
      expect(bindings[i]).toContain(`{\\"name\\":\\"camunda-${kind}-https\\",\\"namespace\\":\\"${namespace}\\"}`);
      expect(bindings[i]).toMatch(new RegExp(`{"Ref":"ApplicationLoadBalancer${['Rest', 'Grpc'][i]}HTTPS`));
    });
    expect(resources(open, stack, `${ELB}TargetGroup`).map(({ Name }) => Name)).toEqual(['camunda-rest-https', 'camunda-grpc-https']);
    const [chart] = resources(open, stack, 'Custom::AWSCDK-EKS-HelmChart');
    expect(JSON.stringify(chart.Values)).toContain(`\\"watchNamespace\\":\\"${namespace}\\"`);
    const [policy] = resources(open, stack, 'AWS::IAM::Policy');
    const [changing] = (policy.PolicyDocument as { readonly Statement: { readonly Resource: unknown }[] }).Statement;
    expect(changing.Resource).toHaveLength(2);
  });

  test('lets models through its firewall, and slows down nobody but those who log in', () => {
    const [{ Rules }] = resources(open, stack, 'AWS::WAFv2::WebACL');
    const [core, logins] = Rules as { readonly Statement: Record<string, unknown> }[];
    const counted = JSON.stringify(core).match(/"Name":"\w+_BODY"/g);
    expect(counted?.map(one => one.slice(8, -1)).sort()).toEqual([
      'CrossSiteScripting_BODY',
      'EC2MetaDataSSRF_BODY',
      'GenericLFI_BODY',
      'GenericRFI_BODY',
      'SizeRestrictions_BODY',
    ]);
    expect(JSON.stringify(logins)).toContain('"SearchString":"/login"');
  });

  test('is found by records of its own region, which change nothing when the other one is lost', () => {
    const [own, common] = resources(open, record, 'AWS::Route53::RecordSet');
    expect(own).toMatchObject({ Name: `region${regionId}.camunda.example.com`, Type: 'A' });
    expect(common).toMatchObject({
      Name: 'camunda.example.com',
      SetIdentifier: `region${regionId}`,
      Failover: ['PRIMARY', 'SECONDARY'][regionId],
      AliasTarget: { EvaluateTargetHealth: false },
    });
    expect(own).not.toHaveProperty('HealthCheckId');
    expect(common).toHaveProperty('HealthCheckId');
  });

  test('moves within 100 seconds: 30 to notice, and 60 for what clients remember', () => {
    const [asking] = resources(open, record, 'AWS::Route53::HealthCheck').map(
      ({ HealthCheckConfig }) => HealthCheckConfig as Record<string, unknown>,
    );
    expect(asking).toMatchObject({
      Type: 'HTTPS',
      ResourcePath: '/v2/license',
      FullyQualifiedDomainName: `region${regionId}.camunda.example.com`,
    });
    expect(Number(asking.RequestInterval) * Number(asking.FailureThreshold)).toBeLessThanOrEqual(30);
  });

  test('is switched by an alarm of the other region, whose name alone is known here', () => {
    const checks = resources(open, record, 'AWS::Route53::HealthCheck').map(
      ({ HealthCheckConfig }) => HealthCheckConfig as Record<string, unknown>,
    );
    const [alarm] = resources(open, `Traffic${1 - regionId}`, 'AWS::CloudWatch::Alarm');
    expect(checks.filter(({ Type }) => Type === 'CLOUDWATCH_METRIC')).toEqual([
      {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: `camunda-region${regionId}-traffic-off`, Region: DEFAULT_SETTINGS.regions[1 - regionId].awsRegion },
        InsufficientDataHealthStatus: 'LastKnownStatus',
      },
    ]);
    expect(alarm).toMatchObject({
      AlarmName: `camunda-region${regionId}-traffic-off`,
      Namespace: 'CamundaDualRegion',
      MetricName: 'TrafficOff',
      Period: 60,
      Dimensions: [
        { Name: 'Deployment', Value: 'camunda' },
        { Name: 'Region', Value: String(regionId) },
      ],
    });
    expect(checks.filter(({ Type }) => Type === 'CALCULATED')).toEqual([expect.objectContaining({ HealthThreshold: 2 })]);
  });

  test('needs nothing of the other region, and nothing of us-east-1', () => {
    const peer = DEFAULT_SETTINGS.regions[1 - regionId].awsRegion;
    expect(text(open, stack)).not.toContain(peer);
    expect(text(open, record).replace(`"Region":"${peer}"}`, '')).not.toContain(peer);
    for (const id of [stack, record]) {
      expect(text(open, id)).not.toContain('us-east-1');
      expect(text(open, id)).not.toContain('Fn::ImportValue');
    }
    const others = [open.stacks[`Region${1 - regionId}`], open.stacks[`Camunda${1 - regionId}`]].map(({ id }) => id);
    expect(open.stacks[stack].dependencies.filter(({ id }) => others.includes(id))).toEqual([]);
  });

  test('is not asked by health checkers where it is internal, but tells by an alarm of its own', () => {
    const [balancer] = resources(internal, stack, `${ELB}LoadBalancer`);
    expect(balancer.Scheme).toBe('internal');
    const [{ SecurityGroupIngress }] = resources(internal, stack, 'AWS::EC2::SecurityGroup');
    expect(SecurityGroupIngress).toEqual([expect.objectContaining({ CidrIp: DEFAULT_SETTINGS.regions[regionId].vpcCidr, FromPort: 443 })]);
    const checks = resources(internal, record, 'AWS::Route53::HealthCheck').map(
      ({ HealthCheckConfig }) => HealthCheckConfig as Record<string, unknown>,
    );
    expect(checks.map(({ Type }) => Type)).toEqual(['CLOUDWATCH_METRIC', 'CLOUDWATCH_METRIC', 'CALCULATED']);
    expect(checks[0]).toMatchObject({
      AlarmIdentifier: { Name: `camunda-region${regionId}-load-balancer-unhealthy`, Region: DEFAULT_SETTINGS.regions[regionId].awsRegion },
      InsufficientDataHealthStatus: 'Unhealthy',
    });
    const [alarm] = resources(internal, stack, 'AWS::CloudWatch::Alarm').filter(({ AlarmName }) => String(AlarmName).endsWith('unhealthy'));
    expect(alarm).toMatchObject({ Namespace: 'AWS/ApplicationELB', MetricName: 'HealthyHostCount' });
  });

  test('has a share of the clients where both regions may serve them', () => {
    const [, common] = resources(internal, record, 'AWS::Route53::RecordSet');
    expect(common).toMatchObject({ Weight: 50, SetIdentifier: `region${regionId}` });
    expect(common).not.toHaveProperty('Failover');
  });
});

test('the active region is the primary one', () => {
  const second = deployed(RESTRICTED_TRAFFIC, { activeRegion: 1 });
  const failover = ['Records', 'PeerRecords'].map(id => resources(second, id, 'AWS::Route53::RecordSet')[1].Failover);
  expect(failover).toEqual(['SECONDARY', 'PRIMARY']);
});

test('admits the ranges that are named, and the health checkers of its own region', () => {
  const restricted = deployed(RESTRICTED_TRAFFIC, { tls: { enabled: false } });
  [0, 1].forEach(regionId => {
    const stack = `Traffic${regionId}`;
    const [{ SecurityGroupIngress }] = resources(restricted, stack, 'AWS::EC2::SecurityGroup');
    expect((SecurityGroupIngress as Record<string, unknown>[]).map(({ CidrIp }) => CidrIp)).toEqual(RESTRICTED_TRAFFIC.allowedCidrs);
    const lists = resources(restricted, stack, 'AWS::EC2::SecurityGroupIngress').flatMap(
      ({ SourcePrefixListId }) => SourcePrefixListId ?? [],
    );
    expect(lists).toEqual([RESTRICTED_TRAFFIC.healthCheckerPrefixLists![regionId]]);
  });
  // Without TLS, target groups and bindings are others, because neither can be changed.
  expect(resources(restricted, 'Traffic0', `${ELB}TargetGroup`).map(({ Name, Protocol }) => [Name, Protocol])).toEqual([
    ['camunda-rest-http', 'HTTP'],
    ['camunda-grpc-http', 'HTTP'],
  ]);
});

test('leads to Operate and Tasklist of 8.7 by names of their own', () => {
  const older = deployed(RESTRICTED_TRAFFIC, { camunda: { version: '8.7' } });
  const hosts = ['operate', 'tasklist'].map(name => `${name}.camunda.example.com`);
  const health = resources(older, 'Traffic0', `${ELB}TargetGroup`).map(({ HealthCheckPath, Protocol }) => [HealthCheckPath, Protocol]);
  expect(health).toEqual([
    ['/v2/license', 'HTTPS'],
    ['/gateway_protocol.Gateway/Topology', 'HTTPS'],
    // They encrypt nothing.
    ['/', 'HTTP'],
    ['/', 'HTTP'],
  ]);
  expect(
    resources(older, 'Traffic0', `${ELB}ListenerRule`)
      .slice(2)
      .map(({ Conditions }) => Conditions),
  ).toEqual(hosts.map(host => [{ Field: 'host-header', HostHeaderConfig: { Values: [host] } }]));
  expect(resources(older, 'PeerRecords', 'AWS::Route53::RecordSet').map(({ Name }) => Name)).toEqual([
    'region1.camunda.example.com',
    'camunda.example.com',
    ...hosts,
  ]);
  expect(resources(older, 'Traffic0', 'AWS::CertificateManager::Certificate')[0].SubjectAlternativeNames).toEqual([
    'region0.camunda.example.com',
    ...hosts,
  ]);
});

test('a network load balancer has fixed addresses, a port for gRPC, and no firewall', () => {
  const network = deployed({ ...RESTRICTED_TRAFFIC, loadBalancer: 'network' });
  const [balancer] = resources(network, 'Traffic1', `${ELB}LoadBalancer`);
  expect(balancer.Type).toBe('network');
  expect(JSON.stringify(balancer.SubnetMappings).match(/AllocationId/g)).toHaveLength(6);
  expect(resources(network, 'Traffic1', 'AWS::EC2::EIP')).toHaveLength(3);
  expect(resources(network, 'Traffic1', `${ELB}Listener`).map(({ Port, Protocol, AlpnPolicy }) => [Port, Protocol, AlpnPolicy])).toEqual([
    [443, 'TLS', ['HTTP2Optional']],
    [26500, 'TLS', ['HTTP2Only']],
  ]);
  // Pods see the load balancer, which network policies admit, and not the client.
  for (const { TargetGroupAttributes } of resources(network, 'Traffic1', `${ELB}TargetGroup`)) {
    expect(TargetGroupAttributes).toContainEqual({ Key: 'preserve_client_ip.enabled', Value: 'false' });
  }
  expect(resources(network, 'Traffic1', 'AWS::WAFv2::WebACL')).toEqual([]);
});

test('is in the subnets that an existing VPC has for it', () => {
  const { regions } = withExistingVpcs({ loadBalancerSubnets: loadBalancerSubnets(0) }, false);
  const existing = deployed(RESTRICTED_TRAFFIC, { regions });
  const [{ Subnets }] = resources(existing, 'Traffic0', `${ELB}LoadBalancer`);
  expect(Subnets).toEqual(loadBalancerSubnets(0).map(({ subnetId }) => subnetId));
});

describe('between the regions', () => {
  test('opens nothing to the other region, whether ranges are named or not', () => {
    for (const deployment of [open, internal, deployed({ ...RESTRICTED_TRAFFIC, loadBalancer: 'network' })]) {
      expect(reachabilityOf(deployment.construct.topology, templatesOf(deployment)).findings).toEqual([]);
    }
  });

  test('a group that something else has too is judged like any other', () => {
    const templates = templatesOf(open).map(stack => {
      if (stack.stackName !== 'camunda-Traffic0') return stack;
      const { Resources = {} } = stack.template;
      const group = Object.keys(Resources).find(id => Resources[id].Type === 'AWS::EC2::SecurityGroup')!;
      const bastion = { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }] } };
      return { ...stack, template: { ...stack.template, Resources: { ...Resources, Bastion: bastion } } };
    });
    const { findings } = reachabilityOf(open.construct.topology, templates);
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['unexpected-flow', 'wide-rule']));
  });
});
