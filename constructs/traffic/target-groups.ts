import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { LoadBalancerTarget } from '../topology/plan/traffic/load-balancer-targets';

const HEALTH_INTERVAL_SECONDS = 10;
const HEALTH_TIMEOUT_SECONDS = 5;
const HEALTH_THRESHOLD = 2;
/** Calls of job workers wait for up to this long, and pods that stop let them end. */
const DEREGISTRATION_SECONDS = 60;

/**
 * The target group of a target. Its id has the protocol in it: another protocol is another target group.
 *
 * @internal
 */
export function targetGroup(scope: Construct, vpcId: string, target: LoadBalancerTarget): elbv2.CfnTargetGroup {
  const { id, name, protocol, port, isGrpc, healthPath, healthyCodes } = target;
  const isApplication = protocol === 'HTTP' || protocol === 'HTTPS';
  return new elbv2.CfnTargetGroup(scope, `${id}${protocol}`, {
    name,
    vpcId,
    port,
    protocol,
    protocolVersion: isApplication ? (isGrpc ? 'GRPC' : 'HTTP1') : undefined,
    targetType: 'ip',
    ...(isApplication
      ? {
          // The certificate of a target is not looked at, so that the private authority need not be known here.
          healthCheckProtocol: protocol,
          healthCheckPath: healthPath,
          matcher: isGrpc ? { grpcCode: healthyCodes } : { httpCode: healthyCodes },
        }
      : networkHealth(target)),
    healthCheckIntervalSeconds: HEALTH_INTERVAL_SECONDS,
    healthCheckTimeoutSeconds: HEALTH_TIMEOUT_SECONDS,
    healthyThresholdCount: HEALTH_THRESHOLD,
    unhealthyThresholdCount: HEALTH_THRESHOLD,
    targetGroupAttributes: [
      { key: 'deregistration_delay.timeout_seconds', value: String(DEREGISTRATION_SECONDS) },
      ...(isApplication
        ? // Sessions of 8.8 and newer are in Elasticsearch. Those of 8.7 are in the only pod that there is.
          [{ key: 'load_balancing.algorithm.type', value: 'least_outstanding_requests' }]
        : // Pods must see an address that network policies admit.
          [{ key: 'preserve_client_ip.enabled', value: 'false' }]),
    ],
  });
}

/** A network load balancer knows no gRPC: for that port it looks whether the pod listens. */
function networkHealth({ protocol, isGrpc, healthPath, healthyCodes }: LoadBalancerTarget): Partial<elbv2.CfnTargetGroupProps> {
  if (isGrpc) return { healthCheckProtocol: 'TCP' };
  return {
    healthCheckProtocol: protocol === 'TLS' ? 'HTTPS' : 'HTTP',
    healthCheckPath: healthPath,
    matcher: { httpCode: healthyCodes },
  };
}
