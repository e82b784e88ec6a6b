import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { DnsForwarder } from '../../constructs/dns/dns-forwarder';

/** S3 counts once a day. */
const DAILY = Duration.days(1);

/**
 * A metric that EKS publishes of every cluster, without an agent.
 *
 * @see Amazon EKS user guide, monitor cluster data with Amazon CloudWatch: basic metrics
 *
 * @internal
 */
export function clusterMetric(clusterName: string, metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/EKS',
    metricName,
    dimensionsMap: { ClusterName: clusterName },
    statistic: cloudwatch.Stats.SUM,
    ...options,
  });
}

/**
 * CoreDNS pods that the DNS forwarder finds healthy.
 *
 * @see Elastic Load Balancing user guide, CloudWatch metrics for your Network Load Balancer
 *
 * @internal
 */
export function healthyHosts(forwarder: DnsForwarder, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/NetworkELB',
    metricName: 'HealthyHostCount',
    dimensionsMap: { LoadBalancer: forwarder.loadBalancer.attrLoadBalancerFullName, TargetGroup: forwarder.targetGroupFullName },
    statistic: cloudwatch.Stats.MINIMUM,
    ...options,
  });
}

/**
 * What is in a bucket, all versions counted.
 *
 * @see Amazon S3 user guide, metrics and dimensions: daily storage metrics
 *
 * @internal
 */
export function storageMetric(
  { bucketName }: s3.IBucket,
  metric: { readonly metricName: string; readonly storageType: string },
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/S3',
    metricName: metric.metricName,
    dimensionsMap: { BucketName: bucketName, StorageType: metric.storageType },
    statistic: cloudwatch.Stats.AVERAGE,
    period: DAILY,
    ...options,
  });
}
