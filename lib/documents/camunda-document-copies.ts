import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BucketCopies } from '../../constructs/backup/bucket-copies';
import { documentBucketName } from '../../constructs/topology/plan/storage/document-storage';
import { planOf } from '../../constructs/topology/plan-of';
import { assertPlaced } from '../placement-problems';
import { regionKey } from '../region-keys';
import type { CamundaDocumentsProps } from './camunda-documents';

/**
 * Has S3 copy a region's documents to the other region. Both buckets must be there, and are known by their names: a stack of its own
 * for each direction comes after both stacks with a bucket.
 */
export class CamundaDocumentCopies extends Construct {
  public constructor(scope: Construct, id: string, props: CamundaDocumentsProps) {
    super(scope, id);
    const { topology, regionId } = props;
    assertPlaced(this, topology, regionId);
    const [from, to] = [regionId, 1 - regionId].map(one =>
      s3.Bucket.fromBucketAttributes(this, `Documents${one}`, {
        bucketName: documentBucketName(topology.name, topology.regions[one].awsRegion, Stack.of(this).account),
        encryptionKey: regionKey(this, topology, { regionId: one, purpose: 'buckets' }),
      }),
    );
    new BucketCopies(this, 'Copies', { from, to, logRetention: planOf(topology).settings.kubernetes.logRetentionDays });
  }
}
