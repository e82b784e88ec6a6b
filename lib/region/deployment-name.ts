import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { errorOf, type Problem } from '../../constructs/topology/rules/judging/problem';
import type { Topology } from '../../constructs/topology/topology';

/** A deployment of the app. */
interface Deployment extends Construct {
  readonly topology: Topology;
}

/**
 * Other deployments of the app that have the same name in an AWS region of this one. Stacks, secrets, roles and buckets would meet.
 *
 * @internal
 */
export function deploymentNameProblems(deployment: Deployment, others: readonly Deployment[]): Problem[] {
  const places = placesOf(deployment);
  return others
    .filter(other => other.topology.name === deployment.topology.name)
    .flatMap(other => {
      const shared = placesOf(other).find(({ account, awsRegion }) =>
        places.some(at => at.account === account && at.awsRegion === awsRegion),
      );
      if (shared === undefined) return [];
      return errorOf({
        rule: 'deployment-name',
        setting: 'name',
        value: deployment.topology.name,
        requirement: `must differ from that of '${other.node.path}', which is in ${shared.awsRegion} too: stacks, secrets and buckets have it in their names`,
        fix: "give one of them another 'name'",
      });
    });
}

function placesOf(deployment: Deployment): { readonly account?: string; readonly awsRegion: string }[] {
  const { account: ofStage } = Stage.of(deployment) ?? {};
  return deployment.topology.regions.map(({ account, awsRegion }) => ({ account: account ?? ofStage, awsRegion }));
}
