import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks, NagRuleCompliance, type IApplyRule } from 'cdk-nag';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { testApp, emptyStack } from '../support/app';
import { deployedObjects } from '../support/deployed-objects';
import { synthesise, type Deployment } from '../support/deployment';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

interface Occurrence {
  readonly id: string;
  readonly path: string;
}

/** The rules of cdk-nag, which also remembers findings that are acknowledged. */
class RecordingChecks extends AwsSolutionsChecks {
  public readonly occurrences: Occurrence[] = [];

  protected override applyRule(params: IApplyRule): void {
    super.applyRule(params);
    const id = `${this.packName}-${params.ruleSuffixOverride ?? params.rule.name}`;
    const result = params.rule(params.node);
    const findings = Array.isArray(result)
      ? result.map(finding => `${id}[${finding}]`)
      : result === NagRuleCompliance.NON_COMPLIANT
        ? [id]
        : [];
    this.occurrences.push(...findings.map(finding => ({ id: finding, path: params.node.node.path })));
  }
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

type Statement = Readonly<Record<'Effect' | 'Action' | 'Resource', unknown>>;

const SNAPSHOTS = ['SnapshotCopies0', 'SnapshotCopies1', 'Snapshots', 'PeerSnapshots'];
const IDS = ['Region0', 'Region1', 'Peering', 'PeerRoutes', 'Camunda0', 'Camunda1', ...SNAPSHOTS];

let app: App;
let checks: RecordingChecks;
let deployment: Deployment;

beforeAll(() => {
  app = testApp({ validation: true });
  checks = new RecordingChecks(app);
  Validations.of(app).addPlugins(checks);
  // Throws for every finding that nobody acknowledged.
  deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', DEFAULT_SETTINGS));
});

function resources(...types: readonly string[]): (Resource & { readonly name: string })[] {
  return IDS.flatMap(stack =>
    Object.entries((deployment.stacks[stack].template as { readonly Resources: Record<string, Resource> }).Resources).map(
      ([id, resource]) => ({
        ...resource,
        name: `${stack}/${id}`,
      }),
    ),
  ).filter(({ Type }) => types.length === 0 || types.includes(Type));
}

interface KubernetesObject {
  readonly kind: string;
  readonly parameters?: object;
  readonly data?: object;
  readonly stringData?: object;
}

/** What the stacks with the manifests deploy. */
function manifestObjects(): KubernetesObject[] {
  return resources('Custom::AWSCDK-EKS-KubernetesResource')
    .filter(({ name }) => name.startsWith('Camunda'))
    .flatMap(({ Properties }) => deployedObjects<KubernetesObject>(Properties.Manifest));
}

/** Those that the CDK makes by itself, whether or not its finding is there. */
const BY_THE_CDK = ['CloudFormation-Validate::F3002', 'CloudFormation-Validate::F3003'];

/** Acknowledgements of rules, with the paths of the constructs that have them. */
function acknowledgements(): (Occurrence & { readonly reason: string })[] {
  return app.node.findAll().flatMap(construct =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ id: id.replace(/^Annotation::/, ''), path: construct.node.path, reason }))
      .filter(({ id }) => !BY_THE_CDK.includes(id)),
  );
}

/** Findings of CloudFormation's own rules that are acknowledged. */
function validatorFindings(): Occurrence[] {
  const report = JSON.parse(readFileSync(join(deployment.assembly.directory, 'validation-report.json'), 'utf8')) as {
    readonly pluginReports: readonly {
      readonly pluginName: string;
      readonly suppressedViolations?: readonly {
        readonly acknowledgedId: string;
        readonly violatingConstructs: readonly { readonly constructPath: string }[];
      }[];
    }[];
  };
  return report.pluginReports.flatMap(({ suppressedViolations = [] }) =>
    suppressedViolations.flatMap(({ acknowledgedId, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ id: acknowledgedId, path: constructPath })),
    ),
  );
}

test('fails to synthesise a finding that nobody acknowledged', () => {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const stack = emptyStack();
  Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
  new Secret(stack, 'Unrotated');
  expect(() => Template.fromStack(stack)).toThrow('AwsSolutions-SMG4');
  printed.mockRestore();
});

describe('acknowledgements', () => {
  test('are all about something that is there', () => {
    const occurrences = [...checks.occurrences, ...validatorFindings()];
    expect(occurrences.length).toBeGreaterThan(0);
    const stale = acknowledgements().filter(
      ({ id, path }) => !occurrences.some(occurrence => occurrence.id === id && `${occurrence.path}/`.startsWith(`${path}/`)),
    );
    expect(stale.map(({ id, path }) => `${id} at ${path}`)).toEqual([]);
  });

  test('are about few rules', () => {
    const rules = acknowledgements().map(({ id }) => id.replace(/\[.*/, ''));
    expect([...new Set(rules)].sort()).toEqual([
      'AwsSolutions-ELB2',
      'AwsSolutions-IAM4',
      'AwsSolutions-IAM5',
      'AwsSolutions-L1',
      'AwsSolutions-S1',
      'AwsSolutions-SMG4',
      'CloudFormation-Validate::W9009',
    ]);
  });

  test('stand beside their cause, with a reason', () => {
    for (const { path, reason } of acknowledgements()) {
      expect(path.split('/').length).toBeGreaterThan(3); // deeper than a stack
      expect(reason.length).toBeGreaterThan(30);
    }
  });
});

describe('network', () => {
  interface Rule {
    readonly IpProtocol: unknown;
    readonly FromPort?: number;
    readonly ToPort?: number;
  }

  const ingress = (): (Rule & Record<string, unknown>)[] => [
    ...resources('AWS::EC2::SecurityGroup').flatMap(
      ({ Properties }) => (Properties.SecurityGroupIngress ?? []) as (Rule & Record<string, unknown>)[],
    ),
    ...resources('AWS::EC2::SecurityGroupIngress').map(({ Properties }) => Properties as unknown as Rule & Record<string, unknown>),
  ];

  test('opens one port and protocol with each rule', () => {
    expect(ingress()).toHaveLength(14); // in each region five for nodes, one for the forwarder, one from the forwarder to CoreDNS
    for (const { IpProtocol, FromPort, ToPort } of ingress()) {
      expect(['tcp', 'udp']).toContain(IpProtocol);
      expect(FromPort).toEqual(expect.any(Number));
      expect(ToPort).toBe(FromPort);
    }
  });

  test('admits either the range of the other VPC or a group of its own', () => {
    const sources = ingress().map(({ CidrIp, CidrIpv6, SourcePrefixListId, SourceSecurityGroupId }) => ({
      range: CidrIp ?? (SourceSecurityGroupId ? 'group' : 'unknown'),
      other: CidrIpv6 ?? SourcePrefixListId,
    }));
    expect([...new Set(sources.map(({ range }) => range))].sort()).toEqual(['10.192.0.0/16', '10.202.0.0/16', 'group']);
    expect(sources.filter(({ other }) => other !== undefined)).toEqual([]);
  });

  test('says everything is closed to the world', () => {
    const text =
      JSON.stringify(resources('AWS::EC2::SecurityGroupIngress')) +
      JSON.stringify(resources('AWS::EC2::SecurityGroup').map(({ Properties }) => Properties.SecurityGroupIngress));
    expect(text).not.toMatch(/0\.0\.0\.0\/0|::\/0|"-1"/);
  });

  test('shows nothing to the internet but its NAT gateways', () => {
    expect(resources('AWS::ElasticLoadBalancingV2::LoadBalancer').map(({ Properties }) => Properties.Scheme)).toEqual([
      'internal',
      'internal',
    ]);
    for (const { Properties } of resources('AWS::EC2::Subnet')) expect(Properties.MapPublicIpOnLaunch).toBe(false);
    for (const { Properties } of resources('AWS::EKS::Cluster')) {
      expect(Properties.ResourcesVpcConfig).toMatchObject({ EndpointPublicAccess: false, EndpointPrivateAccess: true });
    }
    expect(resources('AWS::EC2::EIP')).toHaveLength(resources('AWS::EC2::NatGateway').length);
    expect(resources('AWS::Lambda::Url', 'AWS::ApiGateway::RestApi', 'AWS::EC2::Instance')).toEqual([]);
  });
});

describe('data', () => {
  test('is on encrypted volumes', () => {
    const templates = resources('AWS::EC2::LaunchTemplate');
    expect(templates).toHaveLength(2);
    for (const { Properties } of templates) {
      const { BlockDeviceMappings } = Properties.LaunchTemplateData as { BlockDeviceMappings: { Ebs: { Encrypted: boolean } }[] };
      expect(BlockDeviceMappings.map(({ Ebs }) => Ebs.Encrypted)).toEqual([true]);
    }
    const storage = manifestObjects().filter(({ kind }) => kind === 'StorageClass');
    expect(storage).toHaveLength(2);
    for (const { parameters } of storage) expect(parameters).toMatchObject({ encrypted: 'true' });
  });

  test('has no secret in clear text', () => {
    expect(resources('AWS::SecretsManager::Secret').filter(({ Properties }) => Properties.SecretString !== undefined)).toEqual([]);
    const secrets = manifestObjects().filter(({ kind }) => kind === 'Secret');
    expect(secrets.map(({ data, stringData }) => Object.keys({ ...data, ...stringData }))).toEqual([['roles.yml'], ['roles.yml']]);
    expect(JSON.stringify(manifestObjects())).not.toContain('demo/demo');
  });
});

describe('rights', () => {
  const statements = (): (Statement & { readonly name: string })[] =>
    resources('AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy').flatMap(({ name, Properties }) => {
      const inline = ((Properties.Policies ?? []) as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument);
      return [Properties.PolicyDocument, ...inline].flatMap(document =>
        ((document as { Statement: Statement[] } | undefined)?.Statement ?? []).map(statement => ({ ...statement, name })),
      );
    });
  const listed = (value: unknown): unknown[] => [value].flat();

  test('name their actions', () => {
    expect(statements().length).toBeGreaterThan(10);
    expect(statements().filter(({ Action }) => listed(Action).some(action => String(action).includes('*')))).toEqual([]);
  });

  test('reach all resources only to read', () => {
    const everywhere = statements().filter(({ Effect, Resource }) => Effect === 'Allow' && listed(Resource).includes('*'));
    expect(everywhere.map(({ name }) => name)).toEqual(
      ['Region0', 'Region1'].map(stack => expect.stringMatching(`^${stack}/ControllersLoadBalancerIdentityRoleDefaultPolicy`) as string),
    );
    for (const { Action } of everywhere) expect(listed(Action).filter(action => !/^\w+:Describe\w+$/.test(String(action)))).toEqual([]);
  });

  test('are given to no user and to no key', () => {
    expect(resources('AWS::IAM::User', 'AWS::IAM::AccessKey')).toEqual([]);
  });
});
