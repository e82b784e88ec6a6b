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

  /** The target group in which pods may be registered. */
  readonly targetGroupArn: string;

  /**
   * Registry that serves the image instead of the publisher's.
   *
   * @default - the publisher's registry
   */
  readonly imageRegistry?: string;

  /** Where the chart comes from. */
  readonly chart: ChartSource;

  /**
   * The only namespace whose target group bindings it carries out.
   *
   * @default 'kube-system' - where CoreDNS is
   */
  readonly watchedNamespace?: string;

  /**
   * Name of the release, of its namespace and of its service account. A second one in a cluster needs another name.
   *
   * @default 'target-group-binding'
   */
  readonly name?: string;

  /** @internal */
  readonly _further?: string[];
}

/** What it would do beside binding targets. There is no gate for Ingresses: it sees none outside of the namespace that it watches. */
const FEATURES = { EnableServiceController: false, NLBGatewayAPI: false, ALBGatewayAPI: false };

/**
 * The AWS Load Balancer Controller, restricted to what it is for here: it registers pods of one namespace in one target group, and has
 * no rights for more.
 *
 * Another one, with whatever rights it needs, can run beside it: this one has a name and a namespace of its own, hence another lease for
 * its leader, and answers for no Service, Gateway, or Ingress.
 */
export class LoadBalancerController extends Construct {
  /** The Helm chart. Whatever the controller should act on must depend on this. Escape hatch for raw overrides. */
  public readonly chart: eks.HelmChart;

  public constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    const { cluster, vpc, targetGroupArn, imageRegistry, chart, name = FIXED_NAMES.targetGroupBinding } = props;
    const identity = this.identityOf(cluster, [targetGroupArn, ...(props._further ?? [])], name);
    this.chart = controllerChart(this, 'LoadBalancerController', chart, {
      cluster,
      chart: 'aws-load-balancer-controller',
      release: name,
      namespace: name,
      values: {
        // Names of objects of the whole cluster are made of it.
        nameOverride: name,
        watchNamespace: props.watchedNamespace ?? FIXED_NAMES.dnsNamespace,
        controllerConfig: { featureGates: FEATURES },
        clusterName: cluster.clusterName,
        region: Stack.of(this).region,
        vpcId: vpc.vpcId,
        serviceAccount: { create: true, name },
        // Webhooks see the whole cluster.
        enableServiceMutatorWebhook: false,
        webhookConfig: { disableIngressValidation: true },
        createIngressClassResource: false,
        image: imageValues(imageRegistry, 'public.ecr.aws', 'eks/aws-load-balancer-controller'),
      },
    });
    this.chart.node.addDependency(identity);
  }

  private identityOf(cluster: eks.ICluster, targetGroupArns: string[], name: string): PodIdentity {
    const identity = new PodIdentity(this, 'LoadBalancerIdentity', {
      cluster,
      namespace: name,
      serviceAccount: name,
    });
    identity.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
        resources: targetGroupArns,
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
      reason: 'read-only calls, for which AWS knows no narrower resource; changes are limited to target groups of this deployment',
    });
    return identity;
  }
}
