import { Stack, Validations, type Acknowledgment } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

type ResolvedName = string | { readonly 'Fn::Join': [string, (string | { readonly Ref: string })[]] };

/**
 * Acknowledges the finding that a policy is about all objects of some buckets.
 *
 * @internal
 */
export function acknowledgeObjects(scope: IConstruct, reason: string, ...buckets: string[]): void {
  const acknowledgments = buckets.map((bucket): Acknowledgment => {
    const name = findingText(Stack.of(scope).resolve(bucket) as ResolvedName);
    return { id: `AwsSolutions-IAM5[Resource::arn:aws:s3:::${name}/*]`, reason };
  });
  Validations.of(scope).acknowledge(...acknowledgments);
}

/** A name the way findings spell it: with references in angle brackets. */
function findingText(name: ResolvedName): string {
  if (typeof name === 'string') return name;
  return name['Fn::Join'][1].map(part => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}
