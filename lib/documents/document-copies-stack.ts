import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CamundaDocumentCopies } from './camunda-document-copies';
import type { DocumentsStackProps } from './documents-stack';

/**
 * Has S3 copy a region's documents to the other region.
 *
 * @internal
 */
export class DocumentCopiesStack extends Stack {
  public constructor(scope: Construct, id: string, props: DocumentsStackProps) {
    super(scope, id, props);
    new CamundaDocumentCopies(this, 'Default', props);
  }
}
