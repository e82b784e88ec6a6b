import { ReferenceStrength, Stack, Token } from 'aws-cdk-lib';

/**
 * Lets a stack use a value of another one without holding on to it: no export, no custom resource, only the other
 * stack's output, read at deployment. A lost region can then neither block nor be blocked by the other one. What is known
 * already, as the id of a VPC that exists, is left as it is.
 *
 * @internal
 */
export function weakReference(value: string): string {
  if (!Token.isUnresolved(value)) return value;
  return Stack.consumeReference(value, ReferenceStrength.WEAK);
}
