import { Stack } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DocumentAccess } from '../constructs/backup/document-access';
import { SnapshotAccess } from '../constructs/backup/snapshot-access';
import { CertificateAuthority } from '../constructs/certificates/certificate-authority';
import { PodIdentity } from '../constructs/cluster/pod-identity';
import { WebIdentity } from '../constructs/cluster/web-identity';
import { ReplicatedSecret, type ReplicatedSecretProps } from '../constructs/secrets/replicated-secret';
import { FIXED_NAMES, awsSecretNames, kubernetesNames } from '../constructs/topology/plan/names';
import { documentBucketName } from '../constructs/topology/plan/storage/document-storage';
import { snapshotNames } from '../constructs/topology/plan/storage/snapshot-storage';
import { planOf } from '../constructs/topology/plan-of';
import { ConfigurationError } from '../constructs/topology/rules/judging/configuration-error';
import { errorOf } from '../constructs/topology/rules/judging/problem';
import { areInS3 } from '../constructs/topology/settings/storage/documents';
import type { Topology } from '../constructs/topology/topology';
import { placementProblems } from './placement-problems';
import { regionKey } from './region-keys';

/** Properties of `CamundaPrerequisites`. */
export interface CamundaPrerequisitesProps {
  /** The description of both regions. */
  readonly topology: Topology;

  /** The region of the stack, 0 or 1. */
  readonly regionId: number;

  /**
   * By what IAM knows the tokens of the region's cluster. There is one for a cluster. Elasticsearch keeps its snapshots with it.
   *
   * @default - none, which is an error unless `backup.enabled` is false
   */
  readonly identityProvider?: iam.IOidcProvider;

  /**
   * The region's cluster, with the EKS Pod Identity agent. Brokers keep documents in S3 with it.
   *
   * @default - none, which is an error if `documents.store` is `s3`
   */
  readonly cluster?: eks.ICluster;
}

/** Where a secret and its replica are, and what encrypts them there. */
type Places = Pick<ReplicatedSecretProps, 'replicaRegion' | 'encryptionKey' | 'replicaEncryptionKey'>;

/**
 * What Camunda needs of AWS in a region beside the cluster and the network: in region 0 generated credentials and the private
 * authority, replicated to the other region; in each region the roles with which Elasticsearch reaches its snapshots, and brokers
 * documents in S3.
 *
 * Throws one error that lists what does not fit the topology.
 */
export class CamundaPrerequisites extends Construct {
  public constructor(scope: Construct, id: string, props: CamundaPrerequisitesProps) {
    super(scope, id);
    const { topology, regionId, identityProvider, cluster } = props;
    const problems = placementProblems(this, topology, regionId);
    const plan = planOf(topology);
    if (plan.settings.backup.enabled && !identityProvider) {
      problems.push(
        errorOf({
          rule: 'identity-provider',
          setting: 'identityProvider',
          value: undefined,
          requirement: "must be given while 'backup.enabled' is true",
          fix: 'import that of the cluster, or make one with eks.OidcProviderNative: Elasticsearch does not know EKS Pod Identity',
        }),
      );
    }
    const keepsDocuments = areInS3(plan.settings.documents);
    if (keepsDocuments && !cluster) {
      problems.push(
        errorOf({
          rule: 'document-cluster',
          setting: 'cluster',
          value: undefined,
          requirement: "must be given while 'documents.store' is 's3'",
          fix: 'give the cluster of the region: its pods get a role by EKS Pod Identity',
        }),
      );
    }
    if (problems.length > 0) throw new ConfigurationError(problems);
    if (regionId === 0) {
      const [encryptionKey, replicaEncryptionKey] = [0, 1].map(id => regionKey(this, topology, { regionId: id, purpose: 'secrets' }));
      const places = { replicaRegion: topology.regions[1].awsRegion, encryptionKey, replicaEncryptionKey };
      this.addSecrets(topology, places);
      this.addCertificateAuthority(topology, places);
    }
    if (plan.settings.backup.enabled && identityProvider) this.addSnapshotAccess(topology, regionId, identityProvider);
    if (keepsDocuments && cluster) this.addDocumentAccess(topology, regionId, cluster);
  }

  private addSecrets(topology: Topology, places: Places): void {
    const names = awsSecretNames(topology.name);
    new ReplicatedSecret(this, 'ElasticsearchCredentials', {
      secretName: names.elasticsearch,
      description: 'Elasticsearch user that Camunda writes as, in both regions',
      username: FIXED_NAMES.elasticsearchUser,
      ...places,
    });
    new ReplicatedSecret(this, 'AdminCredentials', {
      secretName: names.admin,
      description: 'First administrator of Camunda',
      username: FIXED_NAMES.adminUser,
      ...places,
    });
    new ReplicatedSecret(this, 'ConnectorsCredentials', {
      secretName: names.connectors,
      description: 'User of Camunda Connectors',
      username: FIXED_NAMES.connectorsUser,
      ...places,
    });
    // Up to 8.7 the REST API asks for no password.
    if (planOf(topology).version.components) return;
    new ReplicatedSecret(this, 'RecoveryCredentials', {
      secretName: names.recovery,
      description: 'User that a recovery asks the REST API as',
      username: FIXED_NAMES.recoveryUser,
      ...places,
    });
  }

  /** Without TLS too: after TLS was off for a while, another authority would sign what is renewed, and brokers would distrust each other. */
  private addCertificateAuthority(topology: Topology, places: Places): void {
    const { name } = topology;
    const { settings } = planOf(topology);
    new CertificateAuthority(this, 'CertificateAuthority', {
      secretName: awsSecretNames(name).certificateAuthority,
      commonName: `${name} certificate authority`,
      ...places,
      logRetention: settings.kubernetes.logRetentionDays,
    });
  }

  /** Pods get the role by their service account, so nobody needs its name. */
  private addDocumentAccess(topology: Topology, regionId: number, cluster: eks.ICluster): void {
    const { namespace, awsRegion } = topology.regions[regionId];
    const scope = new Construct(this, 'Documents');
    const { role } = new PodIdentity(scope, 'Identity', { cluster, namespace, serviceAccount: kubernetesNames(topology.name).zeebe });
    const bucket = s3.Bucket.fromBucketAttributes(scope, 'Bucket', {
      bucketName: documentBucketName(topology.name, awsRegion, Stack.of(this).account),
      encryptionKey: regionKey(scope, topology, { regionId, purpose: 'buckets' }),
    });
    new DocumentAccess(scope, 'Access', { role, bucket });
  }

  /** Elasticsearch does not know EKS Pod Identity before 9.6. */
  private addSnapshotAccess(topology: Topology, regionId: number, provider: iam.IOidcProvider): void {
    const { account } = Stack.of(this);
    const region = topology.regions[regionId];
    const own = snapshotNames(topology.name, region.awsRegion, account);
    const { role } = new WebIdentity(this, 'SnapshotIdentity', {
      provider,
      roleName: own.role,
      namespace: region.namespace,
      serviceAccount: FIXED_NAMES.elasticsearch,
    });
    const peer = snapshotNames(topology.name, topology.peerOf(regionId).awsRegion, account);
    const [ownKey, peerKey] = [regionId, 1 - regionId].map(id => regionKey(this, topology, { regionId: id, purpose: 'buckets' }));
    const named = (id: string, bucketName: string, encryptionKey?: kms.IKey): s3.IBucket =>
      s3.Bucket.fromBucketAttributes(this, id, { bucketName, encryptionKey });
    new SnapshotAccess(this, 'SnapshotAccess', {
      role,
      ownBucket: named('OwnSnapshots', own.bucket, ownKey),
      readBuckets: [named('PeerSnapshots', peer.bucket, peerKey), named('OwnCopies', own.copies, ownKey)],
    });
  }
}
