import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CamundaSnapshotCopies, type CamundaSnapshotCopiesProps } from './camunda-snapshot-copies';

/** @internal */
export interface SnapshotCopiesStackProps extends CamundaSnapshotCopiesProps, StackProps {}

/**
 * The bucket of a region for copies of the other region's snapshots.
 *
 * @internal
 */
export class SnapshotCopiesStack extends Stack {
  public constructor(scope: Construct, id: string, props: SnapshotCopiesStackProps) {
    super(scope, id, props);
    // CDK leaves 'Default' out of logical ids: with another one, the bucket would be made anew under a name that is taken.
    const { bucket } = new CamundaSnapshotCopies(this, 'Default', props);
    new CfnOutput(this, 'SnapshotCopiesBucket', {
      value: bucket.bucketName,
      description: "Bucket with copies of the other region's snapshots",
    });
  }
}
