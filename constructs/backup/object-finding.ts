import { Stack, Validations, type Acknowledgment } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

type Reference = { readonly Ref: string } | { readonly 'Fn::GetAtt': [string, string] };
type ResolvedArn = string | Reference | { readonly 'Fn::Join': [string, (string | Reference)[]] };

/**
 * Acknowledges the finding that a policy is about all objects of some buckets.
 *
 * @internal
 */
export function acknowledgeObjects(scope: IConstruct, reason: string, ...buckets: s3.IBucket[]): void {
  const acknowledgments = buckets.map((bucket): Acknowledgment => {
    const objects = findingText(Stack.of(scope).resolve(bucket.arnForObjects('*')) as ResolvedArn);
    return { id: `AwsSolutions-IAM5[Resource::${objects}]`, reason };
  });
  Validations.of(scope).acknowledge(...acknowledgments);
}

/** An ARN the way findings spell it: with references in angle brackets. */
function findingText(arn: ResolvedArn): string {
  if (typeof arn === 'string') return arn;
  if ('Fn::Join' in arn) return arn['Fn::Join'][1].map(findingText).join('');
  return `<${'Ref' in arn ? arn.Ref : arn['Fn::GetAtt'].join('.')}>`;
}
