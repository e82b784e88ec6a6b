import type { ResolvedSettings } from '../settings/resolved-settings';
import { errorOf, type Problem } from './judging/problem';

/** @internal */
export function roleProblems({ kubernetes: { adminRoleArns, recoveryRoleArns } }: ResolvedSettings): Problem[] {
  // What is no list has its own problem.
  if (![adminRoleArns, recoveryRoleArns].every(Array.isArray)) return [];
  return recoveryRoleArns.flatMap((arn, i) => {
    const others = [...adminRoleArns, ...recoveryRoleArns.slice(0, i)];
    if (!others.includes(arn)) return [];
    return [
      errorOf({
        rule: 'recovery-role',
        setting: `kubernetes.recoveryRoleArns[${i}]`,
        value: arn,
        requirement: "must be in one of 'kubernetes.adminRoleArns' and 'kubernetes.recoveryRoleArns', and there once",
        fix: 'leave it out here: EKS knows a role once in each cluster, and an administrator may carry out a recovery anyway',
      }),
    ];
  });
}
