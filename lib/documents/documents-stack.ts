import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CamundaDocuments, type CamundaDocumentsProps } from './camunda-documents';

/** @internal */
export interface DocumentsStackProps extends CamundaDocumentsProps, StackProps {}

/**
 * The bucket of a region's documents.
 *
 * @internal
 */
export class DocumentsStack extends Stack {
  public constructor(scope: Construct, id: string, props: DocumentsStackProps) {
    super(scope, id, props);
    // CDK leaves 'Default' out of logical ids: with another one, the bucket would be made anew under a name that is taken.
    const { bucket } = new CamundaDocuments(this, 'Default', props);
    new CfnOutput(this, 'DocumentBucket', { value: bucket.bucketName, description: "Bucket of this region's documents" });
  }
}
