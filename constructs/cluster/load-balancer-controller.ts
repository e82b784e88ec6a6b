import { Stack, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';
import { controllerChart, imageValues, type ChartSource } from './controller-chart';
import { PodIdentity } from './pod-identity';

/** Properties of a `LoadBalancerController`. */
export interface LoadBalancerControllerProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** The VPC of the cluster. Named, because pods cannot ask the instance for it. */
  readonly vpc: ec2.IVpc;

  /** The target group in which CoreDNS may be registered. */
  readonly targetGroupArn: string;

  /**
   * Registry that serves the image instead of the publisher's.
   *
   * @default - the publisher's registry
   */
  readonly imageRegistry?: string;

  /** Where the chart comes from. */
  readonly chart: ChartSource;
}

/** Name of the service account, which chart and role must agree on. */
const SERVICE_ACCOUNT = 'aws-load-balancer-controller';

/**
 * The AWS Load Balancer Controller, with no rights but to register pods in one target group. It leaves Services and Ingresses of
 * others alone.
 */
export class LoadBalancerController extends Construct {
  /** The Helm chart. Whatever the controller should act on must depend on this. Escape hatch for raw overrides. */
  public readonly chart: eks.HelmChart;

  public constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    const { cluster, vpc, targetGroupArn, imageRegistry, chart } = props;
    const identity = this.identityOf(cluster, targetGroupArn);
    this.chart = controllerChart(this, 'LoadBalancerController', chart, {
      cluster,
      chart: 'aws-load-balancer-controller',
      release: 'aws-load-balancer-controller',
      namespace: FIXED_NAMES.dnsNamespace,
      values: {
        clusterName: cluster.clusterName,
        region: Stack.of(this).region,
        vpcId: vpc.vpcId,
        serviceAccount: { create: true, name: SERVICE_ACCOUNT },
        // It only binds targets here: Services of others are not managed here.
        enableServiceMutatorWebhook: false,
        createIngressClassResource: false,
        image: imageValues(imageRegistry, 'public.ecr.aws', 'eks/aws-load-balancer-controller'),
      },
    });
    this.chart.node.addDependency(identity);
  }

  private identityOf(cluster: eks.ICluster, targetGroupArn: string): PodIdentity {
    const identity = new PodIdentity(this, 'LoadBalancerIdentity', {
      cluster,
      namespace: FIXED_NAMES.dnsNamespace,
      serviceAccount: SERVICE_ACCOUNT,
    });
    identity.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
        resources: [targetGroupArn],
      }),
    );
    identity.role.addToPolicy(
      // Read-only, and AWS offers no narrower resource for these.
      new iam.PolicyStatement({
        actions: [
          'ec2:DescribeAvailabilityZones',
          'ec2:DescribeInstances',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
          'elasticloadbalancing:DescribeLoadBalancers',
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetHealth',
        ],
        resources: ['*'],
      }),
    );
    Validations.of(identity).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'read-only calls, for which AWS knows no narrower resource; changes are limited to one target group',
    });
    return identity;
  }
}
