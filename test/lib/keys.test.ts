import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { regionManifests } from '../../lib/region-manifests';
import { testApp, type SynthesisedResource } from '../support/app';
import { synthesise, type Deployment } from '../support/deployment';
import { withRegions } from '../support/settings/changed-settings';
import { keysIn } from '../support/settings/full-settings';

const PLACES = ['eu-west-2', 'eu-west-3'];
const [london, paris] = PLACES.map(keysIn);
const SETTINGS: DualRegionSettings = withRegions({ keys: london }, { keys: paris });

let deployment: Deployment;
beforeAll(() => {
  const app = testApp();
  deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', SETTINGS));
});

function resourcesIn(stack: string, type: string): SynthesisedResource['Properties'][] {
  const { Resources } = deployment.stacks[stack].template as { readonly Resources: Readonly<Record<string, SynthesisedResource>> };
  return Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

/** What roles may do with keys: sorted lines of actions and the purpose of each key. */
function rightsIn(stack: string): string[] {
  const policies = [
    ...resourcesIn(stack, 'AWS::IAM::Policy').map(({ PolicyDocument }) => PolicyDocument),
    ...resourcesIn(stack, 'AWS::IAM::Role').flatMap(({ Policies = [] }) =>
      (Policies as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument),
    ),
  ] as { readonly Statement: readonly Statement[] }[];
  return policies
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Action, Resource, Condition }) => {
      const actions = [Action].flat().filter(action => action.startsWith('kms:'));
      const named = [Resource].flat().map(nameOf).sort();
      return actions.length === 0 ? [] : [`${actions.join(' ')}: ${named.join(' ')}${Condition ? ', for AWS' : ''}`];
    })
    .sort();
}

function nameOf(arn: string): string {
  const found = PLACES.flatMap(place => Object.entries(keysIn(place)).map(([purpose, key]) => ({ name: `${purpose} ${place}`, key })));
  return found.find(({ key }) => key === arn)?.name ?? arn;
}

describe.each([
  [0, 'eu-west-2', london],
  [1, 'eu-west-3', paris],
])('in region %i', (regionId, place, keys) => {
  const stack = `Region${regionId}`;

  test('volumes of pods have the key of their region, which the storage driver may use for EC2', () => {
    const [storageClass] = regionManifests(deployment.construct.topology, regionId)
      .flatMap(({ objects }) => objects as unknown as { kind: string; parameters: unknown }[])
      .filter(({ kind }) => kind === 'StorageClass');
    expect(storageClass.parameters).toMatchObject({ encrypted: 'true', kmsKeyId: keys.volumes });
    expect(rightsIn(stack)).toEqual(
      expect.arrayContaining([
        `kms:CreateGrant kms:ListGrants kms:RevokeGrant: volumes ${place}, for AWS`,
        `kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo: volumes ${place}`,
      ]),
    );
  });

  test('nodes, logs and Kubernetes secrets have theirs, and no key is made', () => {
    const [template] = resourcesIn(stack, 'AWS::EC2::LaunchTemplate');
    expect(template.LaunchTemplateData).toMatchObject({ BlockDeviceMappings: [{ Ebs: { Encrypted: true, KmsKeyId: keys.nodes } }] });
    const groups = resourcesIn(stack, 'AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(2);
    expect(new Set(groups.map(({ KmsKeyId }) => KmsKeyId))).toEqual(new Set([keys.logs]));
    expect(resourcesIn(stack, 'AWS::EKS::Cluster')[0].EncryptionConfig).toMatchObject([{ Provider: { KeyArn: keys.cluster } }]);
    expect(resourcesIn(stack, 'AWS::KMS::Key')).toEqual([]);
  });

  test('buckets have theirs, and copies are encrypted again with that of the other region', () => {
    const peer = [paris, london][regionId];
    const [bucket] = resourcesIn(['Snapshots', 'PeerSnapshots'][regionId], 'AWS::S3::Bucket');
    const [copies] = resourcesIn(`SnapshotCopies${regionId}`, 'AWS::S3::Bucket');
    for (const { BucketEncryption } of [bucket, copies]) {
      expect(BucketEncryption).toEqual({
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: keys.buckets, SSEAlgorithm: 'aws:kms' } },
        ],
      });
    }
    expect(bucket.ReplicationConfiguration).toMatchObject({
      Rules: [
        {
          Destination: { EncryptionConfiguration: { ReplicaKmsKeyID: peer.buckets } },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        },
      ],
    });
    const other = PLACES[1 - regionId];
    expect(rightsIn(['Snapshots', 'PeerSnapshots'][regionId])).toEqual([
      `kms:Decrypt: buckets ${place}`,
      `kms:Encrypt kms:GenerateDataKey: buckets ${other}`,
    ]);
  });

  test('Elasticsearch writes with the key of its bucket, and reads with both; External Secrets reads', () => {
    expect(rightsIn(stack)).toEqual(
      expect.arrayContaining([
        `kms:Decrypt kms:GenerateDataKey: buckets ${place}`,
        'kms:Decrypt: buckets eu-west-2 buckets eu-west-3',
        `kms:Decrypt: secrets ${place}`,
      ]),
    );
  });
});

test('secrets and their replicas have the keys of their regions, and the authority is put there with both', () => {
  const secrets = resourcesIn('Region0', 'AWS::SecretsManager::Secret');
  expect(secrets).toHaveLength(5);
  for (const { KmsKeyId, ReplicaRegions } of secrets) {
    expect([KmsKeyId, ReplicaRegions]).toEqual([london.secrets, [{ Region: 'eu-west-3', KmsKeyId: paris.secrets }]]);
  }
  expect(rightsIn('Region0')).toContain('kms:Decrypt kms:Encrypt kms:GenerateDataKey: secrets eu-west-2 secrets eu-west-3');
});
