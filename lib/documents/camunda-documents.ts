import { Duration, Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DocumentBucket } from '../../constructs/backup/document-bucket';
import { documentBucketName } from '../../constructs/topology/plan/storage/document-storage';
import { planOf } from '../../constructs/topology/plan-of';
import type { Topology } from '../../constructs/topology/topology';
import { assertPlaced } from '../placement-problems';
import { regionKey } from '../region-keys';

/** Properties of `CamundaDocuments` and `CamundaDocumentCopies`. */
export interface CamundaDocumentsProps {
  /** The description of both regions. */
  readonly topology: Topology;

  /** The region of the stack, 0 or 1. */
  readonly regionId: number;
}

/**
 * The bucket of a region's documents, for `documents.store: s3`. In a stack of its own, which must stay when a region is made anew.
 */
export class CamundaDocuments extends Construct {
  /** The bucket. */
  public readonly bucket: s3.IBucket;

  public constructor(scope: Construct, id: string, props: CamundaDocumentsProps) {
    super(scope, id);
    const { topology, regionId } = props;
    assertPlaced(this, topology, regionId);
    const { documents, kubernetes } = planOf(topology).settings;
    const { deleteAfterDays } = documents;
    const { bucket } = new DocumentBucket(this, 'Documents', {
      bucketName: documentBucketName(topology.name, topology.regions[regionId].awsRegion, Stack.of(this).account),
      encryptionKey: regionKey(this, topology, { regionId, purpose: 'buckets' }),
      expiry: Duration.days(documents.expiryDays),
      lifetime: deleteAfterDays === undefined ? undefined : Duration.days(deleteAfterDays),
      retain: documents.retainBuckets,
      logRetention: kubernetes.logRetentionDays,
    });
    this.bucket = bucket;
  }
}
