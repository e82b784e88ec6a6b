import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CamundaSnapshots, type CamundaSnapshotsProps } from './camunda-snapshots';

/** @internal */
export interface SnapshotsStackProps extends CamundaSnapshotsProps, StackProps {}

/**
 * The bucket for a region's snapshots.
 *
 * @internal
 */
export class SnapshotsStack extends Stack {
  public constructor(scope: Construct, id: string, props: SnapshotsStackProps) {
    super(scope, id, props);
    // CDK leaves 'Default' out of logical ids: with another one, the bucket would be made anew under a name that is taken.
    const { bucket } = new CamundaSnapshots(this, 'Default', props);
    new CfnOutput(this, 'SnapshotBucket', {
      value: bucket.bucketName,
      description: "Bucket of this region's snapshots",
    });
  }
}
