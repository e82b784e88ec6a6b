import { Validations } from 'aws-cdk-lib';
import type { SynthesisMessage } from 'aws-cdk-lib/cx-api';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { testApp } from '../support/app';
import { defaultDeployment, synthesise, type Deployment } from '../support/deployment';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** All objects in a template that have the given key. */
function findAll(value: Json, key: string): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(entry => findAll(entry, key));
  return [...(key in value ? [value[key]] : []), ...Object.values(value).flatMap(entry => findAll(entry, key))];
}

interface Output {
  readonly Value: Json;
  readonly Description?: string;
  readonly Export?: Json;
}

interface StackOutputReference {
  readonly StackName: string;
  readonly Region?: string;
  readonly OutputName: string;
}

function templateOf(
  deployment: Deployment,
  id: string,
): { readonly Resources: Record<string, { Type: string }>; readonly Outputs?: Record<string, Output> } {
  return deployment.stacks[id].template as ReturnType<typeof templateOf>;
}

const SNAPSHOTS = ['SnapshotCopies0', 'SnapshotCopies1', 'Snapshots', 'PeerSnapshots'];
const IDS = ['Region0', 'Region1', 'Peering', 'PeerRoutes', 'Camunda0', 'Camunda1', ...SNAPSHOTS];

/** What no template may have, whatever the app is like. */
function expectWeakReferences(deployment: Deployment): void {
  for (const id of IDS) {
    const template = templateOf(deployment, id) as unknown as Json;
    expect(findAll(template, 'Fn::ImportValue')).toEqual([]);
    expect(Object.values(templateOf(deployment, id).Outputs ?? {}).filter(output => output.Export)).toEqual([]);
    expect(JSON.stringify(template)).not.toMatch(/CrossRegionExport|ExportReader|ExportWriter/);
  }
}

/** Values that a stack reads from a stack in another region: consumer, producer, and the type of the resource that they name. */
function crossings(deployment: Deployment): string[] {
  const byName = new Map(IDS.map(id => [deployment.stacks[id].stackName, id]));
  const found = IDS.flatMap(id =>
    (findAll(templateOf(deployment, id) as unknown as Json, 'Fn::GetStackOutput') as unknown as StackOutputReference[])
      .filter(({ Region }) => Region !== undefined && Region !== deployment.stacks[id].environment.region)
      .map(({ StackName, OutputName }) => {
        const producer = templateOf(deployment, byName.get(StackName) ?? '');
        const { Value } = producer.Outputs?.[OutputName] ?? { Value: {} };
        const { Ref } = Value as { Ref: string };
        return `${id} <- ${byName.get(StackName)} ${producer.Resources[Ref]?.Type}`;
      }),
  );
  return [...new Set(found)];
}

describe('the default deployment', () => {
  let deployment: Deployment;
  beforeAll(() => {
    deployment = defaultDeployment();
  });

  test('is ten stacks, each in its region', () => {
    expect(Object.entries(deployment.stacks).map(([id, { stackName, environment }]) => [id, stackName, environment.region])).toEqual([
      ['Region0', 'camunda-Region0', 'eu-west-2'],
      ['Region1', 'camunda-Region1', 'eu-west-3'],
      ['Peering', 'camunda-Peering', 'eu-west-2'],
      ['PeerRoutes', 'camunda-PeerRoutes', 'eu-west-3'],
      ['Camunda0', 'camunda-Camunda0', 'eu-west-2'],
      ['Camunda1', 'camunda-Camunda1', 'eu-west-3'],
      ['SnapshotCopies0', 'camunda-SnapshotCopies0', 'eu-west-2'],
      ['SnapshotCopies1', 'camunda-SnapshotCopies1', 'eu-west-3'],
      ['Snapshots', 'camunda-Snapshots', 'eu-west-2'],
      ['PeerSnapshots', 'camunda-PeerSnapshots', 'eu-west-3'],
    ]);
    expect(deployment.assembly.stacks).toHaveLength(10);
  });

  test.each([
    ['Region0', []],
    ['Region1', []],
    ['Peering', ['Region0', 'Region1']],
    ['PeerRoutes', ['Peering', 'Region1']],
    ['Camunda0', ['Region0']],
    ['Camunda1', ['Region1']],
    ['SnapshotCopies0', []],
    ['SnapshotCopies1', []],
    ['Snapshots', ['SnapshotCopies1']],
    ['PeerSnapshots', ['SnapshotCopies0']],
  ])('%s waits for %j, so that losing a region blocks nothing in the other', (id, expected) => {
    const artifacts = new Map(IDS.map(name => [deployment.stacks[name].id, name]));
    expect(deployment.stacks[id].dependencies.flatMap(({ id: artifact }) => artifacts.get(artifact) ?? []).sort()).toEqual(expected);
  });

  test('has no exports, no imports and no custom resource between regions', () => {
    expectWeakReferences(deployment);
  });

  test('passes nothing from region to region but the id of the VPC and of the peering connection', () => {
    expect(crossings(deployment)).toEqual(['Peering <- Region1 AWS::EC2::VPC', 'PeerRoutes <- Peering AWS::EC2::VPCPeeringConnection']);
  });

  test('needs no look-up', () => {
    expect(deployment.assembly.manifest.missing ?? []).toEqual([]);
  });

  test('knows by name what to deploy for one region while the other is lost, without anything of the other', () => {
    // The CDK deploys what a selected stack waits for too. `*0` is what the README says.
    const selected = IDS.filter(id => id.endsWith('0'));
    const artifacts = new Map(IDS.map(name => [deployment.stacks[name].id, name]));
    const waitsFor = selected.flatMap(id =>
      deployment.stacks[id].dependencies.flatMap(({ id: artifact }) => artifacts.get(artifact) ?? []),
    );
    expect(selected).toEqual(['Region0', 'Camunda0', 'SnapshotCopies0']);
    expect(waitsFor.filter(id => !selected.includes(id))).toEqual([]);
  });

  test('describes its own outputs', () => {
    const outputs = IDS.flatMap(id =>
      Object.entries(templateOf(deployment, id).Outputs ?? {}).filter(([name]) => !name.startsWith('PublishOutput')),
    );
    expect(outputs.filter(([, { Description }]) => !Description)).toEqual([]);
    expect(outputs.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...['ClusterName', 'UpdateKubeconfigCommand', 'DnsForwarderAddresses', 'PeeringConnectionId'],
        ...['SnapshotBucket', 'SnapshotCopiesBucket'],
      ]),
    );
  });

  // Another id would mean another resource: the old one is deleted, with all that is in it.
  test.each([
    ['Region0', 'AWS::EC2::VPC', ['Network6E62CE96']],
    ['Region1', 'AWS::EC2::VPC', ['Network6E62CE96']],
    ['Region0', 'AWS::EKS::Cluster', ['Cluster9EE0221C']],
    ['Region1', 'AWS::EKS::Cluster', ['Cluster9EE0221C']],
    ['Region0', 'AWS::ElasticLoadBalancingV2::LoadBalancer', ['DnsForwarder611E2122']],
    ['Region0', 'AWS::ElasticLoadBalancingV2::TargetGroup', ['DnsForwarderTargets34FD01AD']],
    ['Region0', 'AWS::EKS::Nodegroup', ['NodesZone0FD0E983F', 'NodesZone156C0031F', 'NodesZone2E009393C']],
    ['Region0', 'AWS::KMS::Key', ['ClusterSecretsKey462B29B5']],
    ['Region1', 'AWS::IAM::OIDCProvider', ['IdentityProvider46FD28CC']],
    ['Region1', 'Custom::AWSCDK-EKS-KubernetesResource', ['DnsForwarderBinding192283BD']],
    [
      'Region1',
      'Custom::AWSCDK-EKS-HelmChart',
      [
        'ControllersLoadBalancerController1189E282',
        'ControllersElasticOperatorA7B74327',
        'ControllersExternalSecretsD4D17F04',
        'ControllersCertManager1F946D15',
      ],
    ],
    [
      'Region0',
      'AWS::SecretsManager::Secret',
      [
        'ElasticsearchCredentials12ECA28D',
        'AdminCredentialsFC7B320E',
        'ConnectorsCredentials6052AFDD',
        'RecoveryCredentials4B8A92C2',
        'CertificateAuthoritySecretD1881083',
      ],
    ],
    ['Region1', 'AWS::SecretsManager::Secret', []],
    ['Peering', 'AWS::EC2::VPCPeeringConnection', ['Peering3EBF733F']],
    ['SnapshotCopies0', 'AWS::S3::Bucket', ['Copies41E9DD64']],
    ['Snapshots', 'AWS::S3::Bucket', ['Snapshots80B40336']],
    ['PeerSnapshots', 'AWS::S3::Bucket', ['Snapshots80B40336']],
    [
      'Camunda0',
      'Custom::AWSCDK-EKS-KubernetesResource',
      [
        'Foundation7C4B3C9E',
        'NetworkPolicies7E3CDA88',
        'RecoveryAccess669D5598',
        'SecretsA3BCC2E9',
        'CertificateAuthority9B2AFD3C',
        'Certificates2374895F',
        'ElasticsearchCA4F31D6',
        'OrchestrationDC49F052',
        'ConnectorsD11F060E',
        'RecoveryC1B1E8C2',
      ],
    ],
  ])('keeps the logical ids in %s of %s', (id, type, expected) => {
    const { Resources } = templateOf(deployment, id);
    expect(Object.keys(Resources).filter(logicalId => Resources[logicalId].Type === type)).toEqual(expected);
  });

  test('fits into what CloudFormation takes', () => {
    for (const id of IDS) expect(Buffer.byteLength(JSON.stringify(templateOf(deployment, id)))).toBeLessThan(1_000_000);
  });
});

describe('in an app without feature flags, twice', () => {
  const PAYMENTS: DualRegionSettings = {
    name: 'payments',
    regions: [
      { awsRegion: 'eu-central-1', vpcCidr: '10.12.0.0/16', serviceCidr: '10.10.0.0/16', namespace: 'payments-frankfurt' },
      { awsRegion: 'eu-west-1', vpcCidr: '10.22.0.0/16', serviceCidr: '10.20.0.0/16', namespace: 'payments-dublin' },
    ],
  };
  let camunda: Deployment;
  let payments: Deployment;

  beforeAll(() => {
    const app = testApp({ flags: false });
    const constructs = [new CamundaDualRegion(app, 'Camunda', DEFAULT_SETTINGS), new CamundaDualRegion(app, 'Payments', PAYMENTS)];
    [camunda, payments] = constructs.map(construct => synthesise(app, construct));
  });

  test('has no exports, no imports and no custom resource between regions either', () => {
    expectWeakReferences(camunda);
    expectWeakReferences(payments);
  });

  test('passes nothing else from region to region', () => {
    expect(crossings(camunda)).toEqual(crossings(defaultDeployment()));
    expect(crossings(payments)).toEqual(crossings(defaultDeployment()));
  });

  test('keeps both deployments apart', () => {
    expect(payments.assembly.stacks).toHaveLength(20);
    expect(new Set(payments.assembly.stacks.map(({ stackName }) => stackName)).size).toBe(20);
    expect(JSON.stringify(IDS.map(id => templateOf(payments, id)))).not.toContain('camunda-region');
    expect(JSON.stringify(IDS.map(id => templateOf(camunda, id)))).not.toContain('payments');
  });

  test('has the same resources as with the flags of the CDK', () => {
    const stateful = ['AWS::EC2::VPC', 'AWS::EKS::Cluster', 'AWS::SecretsManager::Secret', 'AWS::ElasticLoadBalancingV2::LoadBalancer'];
    const ids = (deployment: Deployment): string[] =>
      Object.entries(templateOf(deployment, 'Region0').Resources).flatMap(([id, { Type }]) => (stateful.includes(Type) ? [id] : []));
    expect(ids(camunda)).toEqual(ids(defaultDeployment()));
    expect(ids(payments)).toEqual(ids(defaultDeployment()));
  });

  test('runs a supported operating system without the flag that would choose it', () => {
    expect(JSON.stringify(templateOf(camunda, 'Region0'))).toContain('AL2023_x86_64_STANDARD');
  });
});

describe('settings', () => {
  const [london, paris] = DEFAULT_SETTINGS.regions;

  function mistakesOf(settings: unknown): { readonly name: string; readonly message: string } {
    try {
      new CamundaDualRegion(testApp(), 'Camunda', settings as DualRegionSettings);
    } catch (error) {
      return error as Error;
    }
    throw new Error('there was no mistake');
  }

  test('fails with every mistake at once', () => {
    const { name, message } = mistakesOf({
      regions: [london, { ...paris, vpcCidr: '10.192.0.0/18', namespace: 'camunda-london' }],
      camunda: { clusterSize: 5, replicationFactor: 3 },
    });
    expect(name).toBe('ConfigurationError');
    expect(message).toMatch(/^the configuration has 4 mistakes:\n/);
    for (const rule of ['cluster-size', 'replication-factor', 'namespace', 'cidr-overlap']) expect(message).toContain(rule);
  });

  test.each([undefined, null, {}, { regions: [] }, { regions: [london] }, { regions: 'eu-west-2' }])(
    'fails for %j with a message',
    settings => {
      expect(mistakesOf(settings)).toMatchObject({ name: 'ConfigurationError', message: expect.stringContaining("'regions'") as string });
    },
  );

  test.each([
    ['with feature flags', true],
    ['without', false],
  ])('shows warnings with ids that can be acknowledged, %s', (_, flags) => {
    const distant: DualRegionSettings = {
      ...DEFAULT_SETTINGS,
      regions: [
        { ...london, awsRegion: 'us-east-2' },
        { ...paris, awsRegion: 'eu-central-1' },
      ],
    };
    const warnings = (acknowledge: boolean): string => {
      const printed = jest.spyOn(console, 'error').mockImplementation();
      const app = testApp({ flags });
      const construct = new CamundaDualRegion(app, 'Camunda', { ...distant, today: WHEN_ALL_WERE_SUPPORTED });
      expect(construct.topology.warnings.map(({ rule }) => rule)).toEqual(['round-trip-long']);
      if (acknowledge) Validations.of(construct).acknowledge({ id: 'camunda-dual-region:round-trip-long', reason: 'load-tested' });
      const messages = app.synth().stacks.flatMap(stack => stack.messages.map(({ entry }: SynthesisMessage) => JSON.stringify(entry.data)));
      const text = [...messages, ...printed.mock.calls.flat().map(String)].join('\n');
      printed.mockRestore();
      return text;
    };
    expect(warnings(false)).toMatch(
      /'regions\[1\]\.awsRegion' should be at most 80 ms from us-east-2.*camunda-dual-region:round-trip-long/s,
    );
    expect(warnings(true)).not.toContain('round-trip-long');
  });

  test('puts its tags on the resources', () => {
    const app = testApp();
    const construct = new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, tags: { 'cost-centre': '4711' } });
    const { stacks } = synthesise(app, construct);
    for (const [id, type] of [
      ['Region0', 'AWS::EC2::VPC'],
      ['Region1', 'AWS::EKS::Cluster'],
      ['Peering', 'AWS::EC2::VPCPeeringConnection'],
    ]) {
      const tagged = Object.values((stacks[id].template as { Resources: Record<string, { Type: string }> }).Resources);
      expect(JSON.stringify(tagged.find(({ Type }) => Type === type))).toMatch(/cost-centre.*4711/);
    }
  });
});
