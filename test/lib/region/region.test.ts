import { type App, Aspects, Names, Stack, Stage, type IAspect } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import { resourcesOf, testApp, type SynthesisedResource } from '../../support/app';
import { defaultDeployment, synthesise } from '../../support/deployment';
import { at, find, objectsOf } from '../../support/manifests';
import { withExistingVpcs } from '../../support/settings/existing-vpcs';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { ofVersion, WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const PARIS_ACTIVE: DualRegionSettings = { ...DEFAULT_SETTINGS, activeRegion: 1 };

function camundaIn(app: App | Stage, settings: DualRegionSettings = DEFAULT_SETTINGS): CamundaDualRegion {
  return new CamundaDualRegion(app, 'Camunda', { ...settings, today: WHEN_ALL_WERE_SUPPORTED });
}

/** Resources of a type in a stack, sorted by nothing but the template. */
function resourcesIn(scope: IConstruct, type: string): SynthesisedResource[] {
  return Object.values(resourcesOf(Template.fromStack(Stack.of(scope)), type));
}

describe('a region', () => {
  test('is in the stack of its cluster, and says which region it is', () => {
    const { regions, activeRegion } = defaultDeployment().construct;
    expect(regions.map(({ regionId, awsRegion, namespace }) => [regionId, awsRegion, namespace])).toEqual([
      [0, 'eu-west-2', 'camunda-london'],
      [1, 'eu-west-3', 'camunda-paris'],
    ]);
    expect(regions.map(region => Stack.of(region).stackName)).toEqual(['camunda-Region0', 'camunda-Region1']);
    expect(activeRegion).toBe(regions[0]);
    expect(camundaIn(testApp(), PARIS_ACTIVE).activeRegion.awsRegion).toBe('eu-west-3');
  });

  test('takes a second node group, which waits for the network plug-in', () => {
    const [london] = camundaIn(testApp()).regions;
    new eks.Nodegroup(london, 'Batch', {
      cluster: london.cluster,
      subnets: { subnets: london.privateSubnets },
      instanceTypes: [new ec2.InstanceType('c6i.large')],
    });
    const groups = resourcesIn(london, 'AWS::EKS::Nodegroup');
    const [ours] = groups;
    const own = groups.find(({ Properties }) => JSON.stringify(Properties.InstanceTypes) === '["c6i.large"]');
    expect(groups).toHaveLength(4);
    expect(own?.Properties.ClusterName).toEqual(ours.Properties.ClusterName);
    expect(own?.Properties.Subnets).toEqual(groups.slice(0, 3).flatMap(({ Properties }) => Properties.Subnets));
    const plugIns = Object.keys(resourcesOf(Template.fromStack(Stack.of(london)), 'AWS::EKS::Addon')).filter(id =>
      id.startsWith('NodeAddons'),
    );
    expect(own?.DependsOn).toEqual(expect.arrayContaining(plugIns));
    expect(plugIns).not.toEqual([]);
  });

  test('has subnets also where its VPC exists already', () => {
    const [london] = camundaIn(testApp(), withExistingVpcs()).regions;
    expect(london.privateSubnets.map(({ subnetId }) => subnetId)).toEqual(
      ['0', '1', '2'].map(digit => `subnet-00${digit}${'0'.repeat(14)}`),
    );
    expect(london.vpc.vpcId).toBe(`vpc-000${'0'.repeat(14)}`);
  });

  test.each([0, 1])('%i has a gateway whose Service is there, under a name of its certificate', regionId => {
    const { gatewayGrpcAddress, gatewayRestAddress, namespace } = defaultDeployment().construct.regions[regionId];
    const host = `camunda-zeebe-gateway.${namespace}.svc.cluster.local`;
    expect([gatewayGrpcAddress, gatewayRestAddress]).toEqual([`https://${host}:26500`, `https://${host}:8080`]);
    const objects = objectsOf(regionId, DEFAULT_SETTINGS);
    const ports = at<{ port: number }[]>(find(objects, 'Service', 'camunda-zeebe-gateway'), 'spec', 'ports');
    expect(ports.map(({ port }) => port)).toEqual(expect.arrayContaining([26500, 8080]));
    expect(JSON.stringify(find(objects, 'Certificate', 'camunda-tls'))).toContain(`"${host}"`);
  });

  test('has what its settings leave of secrets, authority and buckets', () => {
    const [plain] = camundaIn(testApp(), {
      ...DEFAULT_SETTINGS,
      ...ofVersion('8.7'),
      tls: { enabled: false },
      backup: { enabled: false },
    }).regions;
    expect(plain.gatewayRestAddress).toMatch(/^http:/);
    expect(plain.secrets.recovery).toBeUndefined();
    expect([plain.certificateAuthority, plain.snapshotBucket, plain.snapshotCopiesBucket]).toEqual([undefined, undefined, undefined]);
  });
});

test('what is granted in a region names secrets and buckets there, and needs nothing of the other', () => {
  const app = testApp();
  const camunda = camundaIn(app, { ...DEFAULT_SETTINGS, regions: withAccount() });
  for (const region of camunda.regions) {
    const role = new iam.Role(region, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    const { admin, connectors, elasticsearch, recovery } = region.secrets;
    [admin, connectors, elasticsearch, recovery, region.certificateAuthority].forEach(secret => secret?.grantRead(role));
    [region.snapshotBucket, region.snapshotCopiesBucket].forEach(bucket => bucket?.grantRead(role));
  }
  const { stacks } = synthesise(app, camunda);
  for (const [regionId, awsRegion] of ['eu-west-2', 'eu-west-3'].entries()) {
    const policies = resourcesIn(camunda.regions[regionId], 'AWS::IAM::Policy');
    const reader = JSON.stringify(policies.find(({ Properties }) => JSON.stringify(Properties.Roles).includes('ExtensionsReader')));
    for (const name of ['admin', 'connectors', 'elasticsearch', 'recovery', 'certificate-authority']) {
      expect(reader).toContain(`:secretsmanager:${awsRegion}:111111111111:secret:camunda/${name}-??????`);
    }
    for (const name of ['snapshots', 'copies']) expect(reader).toContain(`:s3:::camunda-${name}-111111111111-${awsRegion}`);
    expect(reader).not.toContain(['eu-west-3', 'eu-west-2'][regionId]);
    expect(stacks[`Region${regionId}`].dependencies.filter(({ manifest }) => String(manifest.type) === 'aws:cloudformation:stack')).toEqual(
      [],
    );
  }
  const made = [
    ...resourcesIn(camunda.regions[0], 'AWS::SecretsManager::Secret').map(({ Properties }) => Properties.Name),
    ...['SnapshotCopies0', 'Snapshots'].flatMap(id =>
      Object.values((stacks[id].template as { Resources: Record<string, SynthesisedResource> }).Resources).flatMap(({ Properties }) =>
        Properties.BucketName === undefined ? [] : [Properties.BucketName],
      ),
    ),
  ];
  const { secrets, certificateAuthority, snapshotBucket, snapshotCopiesBucket } = camunda.regions[0];
  const named = [...Object.values<{ secretName: string }>({ ...secrets }), certificateAuthority!].map(({ secretName }) => secretName);
  expect([...named, snapshotBucket!.bucketName, snapshotCopiesBucket!.bucketName].sort()).toEqual(made.sort());
});

function withAccount(): DualRegionSettings['regions'] {
  return DEFAULT_SETTINGS.regions.map(region => ({ ...region, account: '111111111111' }));
}

describe('in an app of somebody else', () => {
  const logicalIds = (scope: Stack): string[] => Object.keys((Template.fromStack(scope).toJSON() as { Resources: object }).Resources);

  test('a stage changes no name and no logical id', () => {
    const app = testApp();
    const staged = camundaIn(new Stage(app, 'Production'));
    app.synth();
    const stacks = staged.node.children.filter(child => Stack.isStack(child));
    expect(stacks.map(({ stackName }) => stackName)).toEqual(Object.values(defaultDeployment().stacks).map(({ stackName }) => stackName));
    for (const stack of stacks) {
      const { Resources } = defaultDeployment().stacks[stack.node.id].template as { Resources: object };
      expect(logicalIds(stack)).toEqual(Object.keys(Resources));
    }
  });

  test('a permission boundary reaches every role', () => {
    const app = testApp();
    const camunda = camundaIn(app, { ...DEFAULT_SETTINGS, backup: { retainBuckets: false } });
    iam.PermissionsBoundary.of(camunda).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
    app.synth();
    const stacks = camunda.node.children.filter(child => Stack.isStack(child));
    const roles = stacks.flatMap(stack => resourcesIn(stack, 'AWS::IAM::Role'));
    expect(roles.length).toBeGreaterThan(20);
    expect(roles.filter(({ Properties }) => !JSON.stringify(Properties.PermissionsBoundary ?? '').includes('PowerUserAccess'))).toEqual([]);
  });

  test('an aspect sees every resource, those that are added to a region too', () => {
    const app = testApp();
    const camunda = camundaIn(app);
    new iam.Role(camunda.regions[1], 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    const seen: string[] = [];
    const aspect: IAspect = { visit: node => void seen.push(node.node.path) };
    Aspects.of(camunda).add(aspect);
    app.synth();
    expect(seen).toEqual(
      expect.arrayContaining(['Camunda/Region0/Cluster/Resource/Resource', 'Camunda/Region1/Extensions/Reader/Resource']),
    );
  });

  test('has names of its own for each region, of each deployment', () => {
    const app = testApp();
    const names = ['One', 'Two'].flatMap(id =>
      new CamundaDualRegion(app, id, { ...DEFAULT_SETTINGS, name: id.toLowerCase() }).regions.map(region => Names.uniqueId(region)),
    );
    expect(new Set(names).size).toBe(4);
  });

  test('warns of nothing where no feature flag is set, and leaves what the app decides', () => {
    const app = testApp({ flags: false });
    const camunda = camundaIn(app);
    expect(
      app
        .synth()
        .stacks.flatMap(({ messages }) => messages)
        .filter(({ level }) => String(level) !== 'info'),
    ).toEqual([]);
    const strength = '@aws-cdk/core:defaultCrossStackReferences';
    expect(camunda.node.tryGetContext(strength)).toBe('weak');
    const decided = testApp({ flags: false });
    decided.node.setContext(strength, 'both');
    expect(camundaIn(decided).node.tryGetContext(strength)).toBe('both');
  });
});
