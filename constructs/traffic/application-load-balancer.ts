import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { PORTS } from '../topology/plan/flows/flows';
import { GRPC_PATH } from '../topology/plan/traffic/load-balancer-targets';
import { targetGroup } from './target-groups';
import { commonAttributes, TLS_POLICY, type ITrafficLoadBalancer, type TrafficLoadBalancerProps } from './traffic-load-balancer';

/**
 * Jobs are streamed, and a stream is silent while there are none. The longest that there is: what counts as silence here includes pings
 * of HTTP/2.
 */
const IDLE_TIMEOUT_SECONDS = 4000;

/**
 * An application load balancer with fixed target groups: one name and one port for REST and gRPC, of which each call is balanced.
 *
 * @see Elastic Load Balancing user guide, target groups with protocol version gRPC
 */
export class ApplicationLoadBalancer extends Construct implements ITrafficLoadBalancer {
  public readonly loadBalancer: elbv2.CfnLoadBalancer;
  public readonly targetGroups: readonly elbv2.CfnTargetGroup[];
  public readonly metricNamespace = 'AWS/ApplicationELB';

  public constructor(scope: Construct, id: string, props: TrafficLoadBalancerProps) {
    super(scope, id);
    const { targets, hostName } = props;
    this.loadBalancer = new elbv2.CfnLoadBalancer(this, 'Resource', {
      type: 'application',
      scheme: props.isInternal ? 'internal' : 'internet-facing',
      ipAddressType: 'ipv4',
      subnets: [...props.subnetIds],
      securityGroups: [props.securityGroup.securityGroupId],
      loadBalancerAttributes: [
        ...commonAttributes(props.accessLogs),
        { key: 'idle_timeout.timeout_seconds', value: String(IDLE_TIMEOUT_SECONDS) },
        { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
        // Users are sent back to the name that they came by, after a login too.
        { key: 'routing.http.preserve_host_header.enabled', value: 'true' },
      ],
    });
    // It may not write before it is allowed to.
    if (props.accessLogs.policy) this.loadBalancer.node.addDependency(props.accessLogs.policy);
    this.targetGroups = targets.map(target => targetGroup(this, props.vpc.vpcId, target));
    const [first] = this.targetGroups;
    const listener = new elbv2.CfnListener(this, 'Listener', {
      loadBalancerArn: this.loadBalancer.ref,
      port: PORTS.https,
      protocol: 'HTTPS',
      sslPolicy: TLS_POLICY,
      certificates: [{ certificateArn: props.certificateArn }],
      defaultActions: [{ type: 'forward', targetGroupArn: first.ref }],
    });
    // The management API is at another port, which is closed. This is for those who move it.
    new elbv2.CfnListenerRule(this, 'NoManagement', {
      listenerArn: listener.ref,
      priority: 1,
      conditions: [{ field: 'path-pattern', pathPatternConfig: { values: ['/actuator', '/actuator/*'] } }],
      actions: [
        { type: 'fixed-response', fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'not found' } },
      ],
    });
    targets.slice(1).forEach((target, i) => {
      new elbv2.CfnListenerRule(this, `To${target.id}`, {
        listenerArn: listener.ref,
        priority: 10 + i,
        conditions: target.isGrpc
          ? [{ field: 'path-pattern', pathPatternConfig: { values: [`${GRPC_PATH}*`] } }]
          : [{ field: 'host-header', hostHeaderConfig: { values: [`${target.host}.${hostName}`] } }],
        actions: [{ type: 'forward', targetGroupArn: this.targetGroups[i + 1].ref }],
      });
    });
  }
}
