import { parseRecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology-document';
import { ACCOUNT_PLACEHOLDER } from '../../constructs/topology/plan/storage/snapshot-storage';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { testApp } from '../support/app';
import { deployedObjects } from '../support/deployed-objects';
import { defaultDeployment, synthesise, type Deployment } from '../support/deployment';
import { at, find, type KubernetesObject } from '../support/manifests';
import { FULL_SETTINGS } from '../support/settings/full-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

const ACCOUNT = '123456789012';

function resourcesOf(deployment: Deployment, stack: string, type: string): Resource[] {
  const { Resources } = deployment.stacks[stack].template as { readonly Resources: Record<string, Resource> };
  return Object.values(Resources).filter(({ Type }) => Type === type);
}

/** The value with the account in it, as CloudFormation puts it together. */
function withAccount<T>(value: T): T {
  const text = JSON.stringify(value).replace(/\{"Fn::Join":\["",(\[(?:"[^"]*"|\{"Ref":"AWS::AccountId"\}|,)*\])\]\}/g, (_, parts: string) =>
    JSON.stringify((JSON.parse(parts) as unknown[]).map(part => (typeof part === 'string' ? part : ACCOUNT)).join('')),
  );
  return JSON.parse(text) as T;
}

/** A bucket with where it is copied to, and whether it stays. */
function bucketOf(deployment: Deployment, stack: string): { readonly name: unknown; readonly copiedTo: unknown; readonly region: string } {
  const [{ Properties }, ...others] = resourcesOf(deployment, stack, 'AWS::S3::Bucket');
  expect(others).toEqual([]);
  const { BucketName, ReplicationConfiguration } = withAccount(Properties) as {
    BucketName: string;
    ReplicationConfiguration?: { Rules: { Destination: { Bucket: string } }[] };
  };
  return {
    name: BucketName,
    copiedTo: ReplicationConfiguration?.Rules.map(({ Destination }) => Destination.Bucket),
    region: deployment.stacks[stack].environment.region,
  };
}

let unnamed: Deployment;
let named: Deployment;
beforeAll(() => {
  unnamed = defaultDeployment();
  const app = testApp();
  named = synthesise(app, new CamundaDualRegion(app, 'Camunda', FULL_SETTINGS));
});

describe.each([
  ['without an account in the settings', (): Deployment => unnamed, 'camunda'],
  ['with one', (): Deployment => named, 'orders'],
])('%s', (_, deployment, name) => {
  test('each region has a bucket for its snapshots, copied to one of the other region', () => {
    const [london, paris] = ['eu-west-2', 'eu-west-3'].map(region => ({
      region,
      snapshots: `${name}-snapshots-${ACCOUNT}-${region}`,
      copies: `${name}-copies-${ACCOUNT}-${region}`,
    }));
    expect(bucketOf(deployment(), 'SnapshotCopies0')).toEqual({ name: london.copies, copiedTo: undefined, region: london.region });
    expect(bucketOf(deployment(), 'SnapshotCopies1')).toEqual({ name: paris.copies, copiedTo: undefined, region: paris.region });
    expect(bucketOf(deployment(), 'Snapshots')).toEqual({
      name: london.snapshots,
      copiedTo: [`arn:aws:s3:::${paris.copies}`],
      region: london.region,
    });
    expect(bucketOf(deployment(), 'PeerSnapshots')).toEqual({
      name: paris.snapshots,
      copiedTo: [`arn:aws:s3:::${london.copies}`],
      region: paris.region,
    });
  });

  test.each([0, 1])('Elasticsearch of region %i may write there alone, and read what a failback needs', regionId => {
    const [policy, ...others] = resourcesOf(deployment(), `Region${regionId}`, 'AWS::IAM::Policy').filter(({ Properties }) =>
      JSON.stringify(Properties).includes('-snapshots-'),
    );
    expect(others).toEqual([]);
    const { Statement } = withAccount(policy.Properties.PolicyDocument) as {
      Statement: { Action: string | string[]; Resource: string | string[] }[];
    };
    const bucketsWith = (action: string): string[] =>
      Statement.filter(({ Action }) => [Action].flat().includes(action))
        .flatMap(({ Resource }) => [Resource].flat())
        .map(arn => arn.replace(/^arn:aws:s3:::/, '').replace(/\/\*$/, ''))
        .sort();
    const [own, other, copies] = [
      bucketOf(deployment(), ['Snapshots', 'PeerSnapshots'][regionId]).name,
      bucketOf(deployment(), ['PeerSnapshots', 'Snapshots'][regionId]).name,
      bucketOf(deployment(), `SnapshotCopies${regionId}`).name,
    ] as string[];
    expect(bucketsWith('s3:PutObject')).toEqual([own]);
    expect(bucketsWith('s3:DeleteObject')).toEqual([own]);
    expect(bucketsWith('s3:GetObject')).toEqual([own, other, copies].sort());
  });

  test.each([0, 1])('the manifests of region %i name the role that its stack makes', regionId => {
    const [role, ...others] = resourcesOf(deployment(), `Region${regionId}`, 'AWS::IAM::Role').filter(
      ({ Properties }) => Properties.RoleName !== undefined,
    );
    expect(others).toEqual([]);
    const manifests = JSON.stringify(withAccount(resourcesOf(deployment(), `Camunda${regionId}`, 'Custom::AWSCDK-EKS-KubernetesResource')));
    expect(manifests.match(/arn:aws:iam::[^"\\]*/g)).toEqual(
      // The template has the account between two texts.
      deployment() === named ? [`arn:aws:iam::${ACCOUNT}:role/${String(role.Properties.RoleName)}`] : [`arn:aws:iam::`],
    );
    expect(manifests).toContain(`:role/${String(role.Properties.RoleName)}`);
  });

  test.each([0, 1])('the description that region %i holds names for each region the bucket that its Elasticsearch writes', regionId => {
    const objects = resourcesOf(deployment(), `Camunda${regionId}`, 'Custom::AWSCDK-EKS-KubernetesResource').flatMap(({ Properties }) =>
      deployedObjects<KubernetesObject>(Properties.Manifest),
    );
    const text = at<string>(find(objects, 'ConfigMap', 'camunda-recovery-topology'), 'data', 'topology.json');
    const { regions } = parseRecoveryTopology(text.replaceAll(ACCOUNT_PLACEHOLDER, ACCOUNT), 'topology.json');
    expect(regions.map(({ snapshotRepository }) => snapshotRepository?.settings.bucket)).toEqual(
      ['Snapshots', 'PeerSnapshots'].map(stack => bucketOf(deployment(), stack).name),
    );
    // The placeholder stands for the account of the template only.
    expect(JSON.stringify(deployment().stacks[`Camunda${regionId}`].template)).not.toContain(ACCOUNT_PLACEHOLDER);
  });
});

test('a bucket stays by default, and goes only where the settings say so', () => {
  const policies = (deployment: Deployment): (string | undefined)[] =>
    ['SnapshotCopies0', 'SnapshotCopies1', 'Snapshots', 'PeerSnapshots'].flatMap(stack =>
      resourcesOf(deployment, stack, 'AWS::S3::Bucket').map(({ DeletionPolicy }) => DeletionPolicy),
    );
  expect(new Set(policies(unnamed))).toEqual(new Set(['RetainExceptOnCreate']));
  expect(new Set(policies(named))).toEqual(new Set(['Delete']));
});

test('neither bucket knows the other region by anything but a name', () => {
  for (const stack of ['SnapshotCopies0', 'SnapshotCopies1', 'Snapshots', 'PeerSnapshots']) {
    expect(JSON.stringify(unnamed.stacks[stack].template)).not.toMatch(/GetStackOutput|ImportValue|Custom::/);
  }
});

test('roles for a recovery are members of the group that the manifests bind, in both regions', () => {
  for (const stack of ['Region0', 'Region1']) {
    const entries = resourcesOf(named, stack, 'AWS::EKS::AccessEntry').filter(({ Properties }) => Properties.KubernetesGroups);
    expect(entries.map(({ Properties }) => [Properties.PrincipalArn, Properties.KubernetesGroups, Properties.AccessPolicies])).toEqual([
      ['arn:aws:iam::123456789012:role/OnCall', ['camunda-recovery'], undefined],
    ]);
    expect(resourcesOf(unnamed, stack, 'AWS::EKS::AccessEntry').filter(({ Properties }) => Properties.KubernetesGroups)).toEqual([]);
  }
  const manifests = JSON.stringify(resourcesOf(named, 'Camunda0', 'Custom::AWSCDK-EKS-KubernetesResource'));
  expect(manifests).toContain('\\"kind\\":\\"Group\\",\\"name\\":\\"camunda-recovery\\"');
});

test('without backup there is nothing of all that', () => {
  const printed = jest.spyOn(console, 'error').mockImplementation(); // a warning
  const app = testApp();
  const deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, backup: { enabled: false } }));
  printed.mockRestore();
  expect(Object.keys(deployment.stacks)).toEqual(['Region0', 'Region1', 'Peering', 'PeerRoutes', 'Camunda0', 'Camunda1']);
  for (const stack of ['Region0', 'Region1']) {
    expect(resourcesOf(deployment, stack, 'AWS::IAM::OIDCProvider')).toEqual([]);
    expect(JSON.stringify(deployment.stacks[stack].template)).not.toContain('s3:');
  }
});
