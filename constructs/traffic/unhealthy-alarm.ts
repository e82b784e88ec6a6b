import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ITrafficLoadBalancer } from './traffic-load-balancer';

/**
 * Tells Route 53 that no pod answers behind a load balancer that its health checkers cannot reach.
 *
 * @internal
 */
export function unhealthyAlarm(scope: Construct, id: string, alarmName: string, of: ITrafficLoadBalancer): cloudwatch.CfnAlarm {
  const [rest] = of.targetGroups;
  return new cloudwatch.CfnAlarm(scope, id, {
    alarmName,
    alarmDescription: 'No pod of Camunda answers behind the internal load balancer of this region',
    namespace: of.metricNamespace,
    metricName: 'HealthyHostCount',
    dimensions: [
      { name: 'LoadBalancer', value: of.loadBalancer.attrLoadBalancerFullName },
      { name: 'TargetGroup', value: rest.attrTargetGroupFullName },
    ],
    statistic: 'Maximum',
    period: Duration.minutes(1).toSeconds(),
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'LessThanThreshold',
    treatMissingData: 'breaching',
  });
}
