import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { describeProblem, type Problem } from '../../constructs/topology/rules/judging/problem';

/** @internal */
export function warn(scope: IConstruct, problems: readonly Problem[]): void {
  problems.forEach(problem => Annotations.of(scope).addWarningV2(`camunda-dual-region:${problem.rule}`, describeProblem(problem)));
}
