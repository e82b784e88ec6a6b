import { Validations, type Acknowledgment } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges the finding that a role uses policies which AWS maintains.
 *
 * @internal
 */
export function acknowledgeManagedPolicies(scope: IConstruct, reason: string, ...policies: string[]): void {
  const acknowledgments = policies.map((policy): Acknowledgment => ({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    reason,
  }));
  Validations.of(scope).acknowledge(...acknowledgments);
}
