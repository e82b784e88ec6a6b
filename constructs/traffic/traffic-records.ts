import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { PORTS } from '../topology/plan/flows/flows';
import { HEALTH_PATH } from '../topology/plan/traffic/load-balancer-targets';

/** Properties of `TrafficRecords`. */
export interface TrafficRecordsProps {
  readonly hostedZoneId: string;

  /** The name of both regions. */
  readonly hostName: string;

  /** The name of this region alone. */
  readonly ownHostName: string;

  /** Names before the common one that lead to the same load balancer. */
  readonly further: readonly string[];

  /** Which of the records of the common name this is. */
  readonly record: string;

  /** How Route 53 chooses: a share for each region, or one of them while it is healthy. */
  readonly policy: 'weighted' | 'PRIMARY' | 'SECONDARY';

  /** Where the load balancer is. */
  readonly loadBalancer: { readonly dnsName: string; readonly hostedZoneId: string };

  /** The alarm that takes this region out. It is in the other region. */
  readonly offAlarm: AlarmPlace;

  /**
   * The alarm of this region that says whether the load balancer is healthy, where health checkers cannot reach it.
   *
   * @default - health checkers ask it
   */
  readonly unhealthyAlarm?: AlarmPlace;
}

/** An alarm by what Route 53 knows it by. */
export interface AlarmPlace {
  readonly name: string;
  readonly region: string;
}

/** Thirty seconds, and the name lives for sixty more. */
const INTERVAL_SECONDS = 10;
const FAILURES = 3;
const SHARE = 50;

/**
 * What the DNS says of a region: its own name, its record of the common name, and the health checks that decide about it. All of it is there
 * before anything fails, and nothing of it changes when a region is lost.
 *
 * @see Amazon Route 53 developer guide, how health checks work in complex configurations
 */
export class TrafficRecords extends Construct {
  /** Whether the load balancer answers, and the region was not switched off. */
  public readonly healthCheck: route53.CfnHealthCheck;

  public constructor(scope: Construct, id: string, props: TrafficRecordsProps) {
    super(scope, id);
    const { hostedZoneId, hostName, ownHostName, policy } = props;
    const aliasTarget = { ...props.loadBalancer, evaluateTargetHealth: false };
    new route53.CfnRecordSet(this, 'OwnName', { hostedZoneId, name: ownHostName, type: 'A', aliasTarget });

    const answers = this.check('LoadBalancer', `${ownHostName} answers`, answering(props));
    const isOn = this.check('Switch', `${ownHostName} is not switched off`, {
      type: 'CLOUDWATCH_METRIC',
      alarmIdentifier: props.offAlarm,
      // Where nobody has sent anything for long, what was sent last holds.
      insufficientDataHealthStatus: 'LastKnownStatus',
    });
    this.healthCheck = this.check('Both', `${ownHostName} may be used`, {
      type: 'CALCULATED',
      childHealthChecks: [answers.ref, isOn.ref],
      healthThreshold: 2,
    });
    [hostName, ...props.further.map(prefix => `${prefix}.${hostName}`)].forEach((name, i) => {
      new route53.CfnRecordSet(this, i === 0 ? 'CommonName' : `Common-${props.further[i - 1]}`, {
        hostedZoneId,
        name,
        type: 'A',
        setIdentifier: props.record,
        ...(policy === 'weighted' ? { weight: SHARE } : { failover: policy }),
        healthCheckId: this.healthCheck.ref,
        aliasTarget,
      });
    });
  }

  private check(id: string, name: string, healthCheckConfig: route53.CfnHealthCheck.HealthCheckConfigProperty): route53.CfnHealthCheck {
    return new route53.CfnHealthCheck(this, id, { healthCheckConfig, healthCheckTags: [{ key: 'Name', value: name }] });
  }
}

/** All places that health checkers ask from: fewer would let a broken way to one of them count for more. */
function answering({ ownHostName, unhealthyAlarm }: TrafficRecordsProps): route53.CfnHealthCheck.HealthCheckConfigProperty {
  if (unhealthyAlarm) {
    // A region that is lost says nothing any more.
    return { type: 'CLOUDWATCH_METRIC', alarmIdentifier: unhealthyAlarm, insufficientDataHealthStatus: 'Unhealthy' };
  }
  return {
    type: 'HTTPS',
    fullyQualifiedDomainName: ownHostName,
    enableSni: true,
    port: PORTS.https,
    resourcePath: HEALTH_PATH,
    requestInterval: INTERVAL_SECONDS,
    failureThreshold: FAILURES,
    measureLatency: false,
  };
}
