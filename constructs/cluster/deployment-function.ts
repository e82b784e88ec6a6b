import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeManagedPolicies } from './managed-policy-finding';

/**
 * The CDK's deployment function logs into groups that it keeps for two years, and that Lambda brings back when a last
 * line arrives after they were deleted. This group exists before the functions and goes after them.
 *
 * @internal
 */
export function limitDeploymentLogs(scope: Construct, provider: Construct, retention: logs.RetentionDays): void {
  const logGroup = new logs.LogGroup(scope, 'DeploymentLogs', { retention, removalPolicy: RemovalPolicy.DESTROY });
  const constructs = provider.node.findAll();
  for (const handler of constructs.filter(construct => construct instanceof lambda.Function)) {
    handler.node.tryRemoveChild('LogGroup');
    (handler.node.defaultChild as lambda.CfnFunction).addPropertyOverride('LoggingConfig.LogGroup', logGroup.logGroupName);
    (handler.role!.node.defaultChild as iam.CfnRole).policies = [
      { policyName: 'KeepLogGroupDeleted', policyDocument: keepLogGroupDeleted() },
    ];
  }
}

/** @internal */
export function keepLogGroupDeleted(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['logs:CreateLogGroup'], resources: ['*'] })],
  });
}

/**
 * What scanners find in the CDK's deployment function and is not ours to change.
 *
 * @param scope around the function and its role
 *
 * @internal
 */
export function acknowledgeDeploymentFunction(scope: Construct, provider: Construct): void {
  acknowledgeManagedPolicies(
    scope,
    "policies of the CDK's own deployment function: logs, network interfaces and read access to images",
    'service-role/AWSLambdaBasicExecutionRole',
    'service-role/AWSLambdaVPCAccessExecutionRole',
    'AmazonEC2ContainerRegistryReadOnly',
  );
  const stack = Stack.of(scope);
  const publicImages = provider.node.findChild('ConditionalPolicyArn') as unknown as iam.IManagedPolicy;
  const handler = stack.getLogicalId(provider.node.findChild('Handler').node.defaultChild as lambda.CfnFunction);
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM4[Policy::${JSON.stringify(stack.resolve(publicImages.managedPolicyArn))}]`,
      reason: "read access to public images, which the CDK's own deployment function has in the standard partition",
    },
    { id: 'AwsSolutions-L1', reason: 'the CDK chooses the newest runtime that its own deployment function was tested with' },
    {
      id: `AwsSolutions-IAM5[Resource::<${handler}.Arn>:*]`,
      reason: "the CDK's provider framework may call every version of its own deployment function, and nothing else",
    },
  );
}
