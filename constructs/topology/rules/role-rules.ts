import { REGION_NAME } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isTextOf } from '../settings/rows/value-kinds';
import { partitionOf } from '../versions/aws-partitions';
import { errorOf, type Problem } from './judging/problem';

/** @internal */
export function roleProblems(settings: ResolvedSettings): Problem[] {
  const { adminRoleArns, recoveryRoleArns } = settings.kubernetes;
  // What is no list has its own problem.
  if (![adminRoleArns, recoveryRoleArns].every(Array.isArray)) return [];
  return [...twiceProblems(adminRoleArns, recoveryRoleArns), ...partitionProblems(settings)];
}

function twiceProblems(adminRoleArns: readonly string[], recoveryRoleArns: readonly string[]): Problem[] {
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

const ROLE_ARN = /^arn:(aws(?:-cn|-us-gov)?):iam::/;

function partitionProblems({ regions, kubernetes }: ResolvedSettings): Problem[] {
  const awsRegion: unknown = regions[0]?.awsRegion;
  if (!isTextOf(REGION_NAME, awsRegion)) return [];
  const partition = partitionOf(awsRegion).id;
  return (['adminRoleArns', 'recoveryRoleArns'] as const).flatMap(list =>
    kubernetes[list].flatMap((arn: unknown, i) => {
      const own = typeof arn === 'string' ? ROLE_ARN.exec(arn)?.[1] : undefined;
      if (own === undefined || own === partition) return [];
      return [
        errorOf({
          rule: 'role-partition',
          setting: `kubernetes.${list}[${i}]`,
          value: arn,
          requirement: `must be a role of the partition of the regions, '${partition}'`,
          fix: `write it like 'arn:${partition}:iam::123456789012:role/Operators'`,
        }),
      ];
    }),
  );
}
