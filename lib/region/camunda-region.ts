import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { CamundaSecret, CamundaSecrets } from './camunda-secrets';

/**
 * One region of a `CamundaDualRegion`, which makes it: what is there, and what can be added to it.
 *
 * It is a construct in the stack of the region's cluster, so it can be the scope of your own constructs: node groups, alarms,
 * roles. They are made after the network plug-in of the cluster, and before Camunda. Nothing of it refers to the other region.
 */
export abstract class CamundaRegion extends Construct {
  /** 0 or 1. */
  public abstract readonly regionId: number;

  /** The AWS region. */
  public abstract readonly awsRegion: string;

  /** The VPC. Of one that exists already, it does not know the subnets: take `privateSubnets`. */
  public abstract readonly vpc: ec2.IVpc;

  /** Subnets of nodes and pods, one per zone. */
  public abstract readonly privateSubnets: ec2.ISubnet[];

  /** The cluster. What its own methods add comes before Camunda; `addManifests` and `addHelmChart` come after it. */
  public abstract readonly cluster: eks.ICluster;

  /** Kubernetes namespace of Camunda. */
  public abstract readonly namespace: string;

  /** Address of the gateway for gRPC inside the cluster, with scheme and port. */
  public abstract readonly gatewayGrpcAddress: string;

  /** Address of the gateway for REST inside the cluster, with scheme and port. */
  public abstract readonly gatewayRestAddress: string;

  /** Passwords, as this region has them. */
  public abstract readonly secrets: CamundaSecrets;

  /**
   * The private certificate authority: JSON with `certificate` and `key`. Who may read it can issue certificates that Camunda
   * trusts. Clients that only have to trust it find the certificate alone in the Kubernetes Secret `camunda-tls`, key `ca.crt`.
   *
   * @default - none without TLS
   */
  public abstract readonly certificateAuthority?: secretsmanager.ISecret;

  /**
   * Bucket of this region's snapshots, known by its name.
   *
   * @default - none without backup
   */
  public abstract readonly snapshotBucket?: s3.IBucket;

  /**
   * Bucket in this region with copies of the other region's snapshots, known by its name.
   *
   * @default - none without backup
   */
  public abstract readonly snapshotCopiesBucket?: s3.IBucket;

  /**
   * Bucket of this region's documents, known by its name.
   *
   * @default - none unless documents are kept in S3
   */
  public abstract readonly documentBucket?: s3.IBucket;

  /**
   * Adds Kubernetes objects that are applied after Camunda, in its stack. The id is that of the chart. Throws an error where one
   * would take the place of an object of Camunda, and warns of pods that Camunda's network policies would keep silent.
   *
   * @param chart the objects
   * @param options how they are applied. Nothing is pruned unless they say so: what a chart no longer holds stays in the cluster.
   */
  public abstract addManifests(chart: Chart, options?: eks.KubernetesManifestOptions): eks.KubernetesManifest;

  /**
   * Adds a Helm chart that is installed after Camunda, in its stack. Warns of the namespace of Camunda, whose network policies
   * would keep its pods silent.
   */
  public abstract addHelmChart(id: string, options: eks.HelmChartOptions): eks.HelmChart;

  /**
   * Admits clients and job workers to the gateway of this region, and to webhooks of Connectors: by network policies of their own,
   * and for addresses also by rules of the security group that all nodes and pods of the cluster share. Asking twice adds nothing.
   *
   * @param source a namespace of this region's cluster, or a range of IPv4 addresses like `10.50.0.0/16`. It must not reach into the
   * VPC of the other region.
   */
  public abstract allowClientsFrom(source: string): void;

  /**
   * Lets somebody read a secret in this region.
   *
   * @param grantee who
   * @param secret which
   */
  public abstract grantReadSecret(grantee: iam.IGrantable, secret: CamundaSecret): iam.Grant;

  /** Lets somebody read this region's snapshots, and the copies of the other region's snapshots that are here. */
  public abstract grantSnapshots(grantee: iam.IGrantable): iam.Grant;

  /**
   * A metric that EKS publishes of the cluster by itself, in namespace `AWS/EKS`, each minute.
   *
   * @param metricName for example `apiserver_request_total_429`
   * @param options how it is looked at. By default the sum of five minutes.
   */
  public abstract metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Requests that the Kubernetes API server failed to answer: the sum of five minutes by default. */
  public abstract metricApiServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Pods that fit on no node: the sum of what is seen in five minutes by default. */
  public abstract metricUnschedulablePods(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * CoreDNS pods that can be asked through the DNS forwarder: the least number in five minutes by default. Without one, the other
   * region does not find the brokers of this one.
   */
  public abstract metricHealthyDnsTargets(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Size of the bucket of this region's snapshots in bytes, once a day. */
  public abstract metricSnapshotBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Number of objects in the bucket of this region's snapshots, once a day. */
  public abstract metricSnapshotObjects(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}
