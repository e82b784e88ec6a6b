import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../constructs/topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../constructs/topology/rules/judging/problem';
import type { Topology } from '../constructs/topology/topology';

/**
 * Whether something of a region is in a stack that is deployed there. A stack that does not say where it is deployed could end up
 * in the other region, so that is a finding too.
 *
 * @internal
 */
export function placementProblems(scope: Construct, topology: Topology, regionId: number): Problem[] {
  const region = topology.regions.find(candidate => candidate.regionId === regionId);
  if (!region) {
    return [
      errorOf({
        rule: 'region-id',
        setting: 'regionId',
        value: regionId,
        requirement: 'must be 0 or 1',
        fix: "take 'regionId' of one of the topology's regions",
      }),
    ];
  }
  const { region: awsRegion, account, stackName } = Stack.of(scope);
  const problems: Problem[] = [];
  if (awsRegion !== region.awsRegion) {
    problems.push(
      errorOf({
        rule: 'stack-region',
        setting: 'env.region',
        value: awsRegion,
        requirement: `must be ${region.awsRegion} for stack '${stackName}', because region ${regionId} of the topology is there`,
        fix: `give the stack { env: { region: '${region.awsRegion}' } }, or take the other region`,
      }),
    );
  }
  if (region.account !== undefined && !Token.isUnresolved(account) && account !== region.account) {
    problems.push(
      errorOf({
        rule: 'stack-account',
        setting: 'env.account',
        value: account,
        requirement: `must be ${region.account} for stack '${stackName}', as 'regions[${regionId}].account' says`,
        fix: 'deploy into that account, or change the setting: names of buckets and roles hold it',
      }),
    );
  }
  return problems;
}

/** @internal */
export function assertPlaced(scope: Construct, topology: Topology, regionId: number): void {
  const problems = placementProblems(scope, topology, regionId);
  if (problems.length > 0) throw new ConfigurationError(problems);
}
