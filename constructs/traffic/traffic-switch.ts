import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { OFF_METRIC } from '../topology/plan/traffic/traffic-names';

/** Properties of a `TrafficSwitch`. */
export interface TrafficSwitchProps {
  /** Name of the alarm, by which the other region's health check knows it. */
  readonly alarmName: string;

  /** Name of the deployment. */
  readonly deployment: string;

  /** The OTHER region, which the switch takes out of the DNS. */
  readonly regionId: number;
}

/**
 * Takes the other region out of the DNS, or brings it back, by 1 or 0 that is sent to a metric. It is here because this region is the one
 * that is left when the other is lost.
 *
 * Route 53 reads the metric and not the state of the alarm, and takes no alarm of less than a minute.
 *
 * @see Amazon Route 53 developer guide, health checks that monitor CloudWatch alarms
 */
export class TrafficSwitch extends Construct {
  /** The alarm. Escape hatch for raw overrides. */
  public readonly alarm: cloudwatch.CfnAlarm;

  public constructor(scope: Construct, id: string, { alarmName, deployment, regionId }: TrafficSwitchProps) {
    super(scope, id);
    this.alarm = new cloudwatch.CfnAlarm(this, 'Resource', {
      alarmName,
      alarmDescription: `1 takes region ${regionId} out of the DNS, 0 brings it back: 'camunda-dual-region recover traffic' sends them`,
      namespace: OFF_METRIC.namespace,
      metricName: OFF_METRIC.name,
      dimensions: [
        { name: OFF_METRIC.deployment, value: deployment },
        { name: OFF_METRIC.region, value: String(regionId) },
      ],
      // Of a minute in which both were sent, off counts: a region that gets no users for longer is the smaller harm.
      statistic: 'Maximum',
      period: Duration.minutes(1).toSeconds(),
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      // What was said last holds.
      treatMissingData: 'ignore',
    });
  }
}
