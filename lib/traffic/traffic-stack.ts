import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { LoadBalancerController } from '../../constructs/cluster/load-balancer-controller';
import { FIXED_NAMES } from '../../constructs/topology/plan/names';
import { ZONE_COUNT } from '../../constructs/topology/plan/subnets';
import { loadBalancerTargets, type LoadBalancerTarget } from '../../constructs/topology/plan/traffic/load-balancer-targets';
import { trafficNames } from '../../constructs/topology/plan/traffic/traffic-names';
import { planOf } from '../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../constructs/topology/topology';
import { AccessLogs } from '../../constructs/traffic/access-logs';
import { ApplicationLoadBalancer } from '../../constructs/traffic/application-load-balancer';
import { Firewall } from '../../constructs/traffic/firewall';
import { LoadBalancerBindings } from '../../constructs/traffic/load-balancer-bindings';
import { EVERYBODY, LoadBalancerPorts } from '../../constructs/traffic/load-balancer-ports';
import { listenerPort, NetworkLoadBalancer } from '../../constructs/traffic/network-load-balancer';
import type { ITrafficLoadBalancer, TrafficLoadBalancerProps } from '../../constructs/traffic/traffic-load-balancer';
import { TrafficSwitch } from '../../constructs/traffic/traffic-switch';
import { unhealthyAlarm } from '../../constructs/traffic/unhealthy-alarm';
import { deployedCluster } from '../region/deployed-cluster';
import type { RegionStack } from '../region-stack';
import { weakReference } from '../weak-reference';
import { trafficOf, type ResolvedTraffic } from './resolved-traffic';

/** @internal */
export interface TrafficStackProps extends StackProps {
  readonly topology: Topology;
  readonly regionId: number;
  readonly regionStack: RegionStack;
}

/** As long as it takes to notice that something was wrong, and to ask who came. */
const LOGS_EXPIRY = Duration.days(90);

/**
 * How users reach Camunda in a region: certificate, load balancer, firewall, and what registers the pods. It also holds the switch that
 * takes the OTHER region out of the DNS, and knows that region by its number alone.
 *
 * @internal
 */
export class TrafficStack extends Stack {
  public readonly balancer: ITrafficLoadBalancer;

  public constructor(scope: Construct, id: string, props: TrafficStackProps) {
    super(scope, id, props);
    const { topology, regionId, regionStack } = props;
    const region = topology.regions[regionId];
    const traffic = trafficOf(topology);
    const targets = loadBalancerTargets(topology);
    const vpc = this.vpcOf(region, regionStack);
    const clusterSecurityGroupId = weakReference(regionStack.cluster.clusterSecurityGroupId);
    const names = trafficNames(topology, traffic.hostName, regionId);

    const { securityGroup } = new LoadBalancerPorts(this, 'Ports', {
      vpc,
      clusterSecurityGroupId,
      listenerPorts: listenerPorts(traffic, targets),
      podPorts: [...new Set(targets.map(({ port }) => port))],
      ranges: allowedRanges(traffic, region),
      healthCheckers: traffic.allowedCidrs.length > 0 ? traffic.healthCheckerPrefixLists?.[regionId] : undefined,
    });
    const isNetwork = traffic.loadBalancer === 'network';
    const { bucket } = new AccessLogs(this, 'AccessLogs', { of: isNetwork ? 'network' : 'application', expiry: LOGS_EXPIRY });
    const balancerProps: TrafficLoadBalancerProps = {
      vpc,
      subnetIds: subnetIdsOf(region, regionStack),
      securityGroup,
      isInternal: traffic.scheme === 'internal',
      certificateArn: this.certificate(traffic, names.hostName, targets),
      accessLogs: bucket,
      targets,
      hostName: traffic.hostName,
    };
    this.balancer = isNetwork
      ? new NetworkLoadBalancer(this, 'NetworkLoadBalancer', balancerProps)
      : new ApplicationLoadBalancer(this, 'ApplicationLoadBalancer', balancerProps);
    if (traffic.firewall) new Firewall(this, 'Firewall', { loadBalancerArn: this.balancer.loadBalancer.ref });
    if (traffic.scheme === 'internal') unhealthyAlarm(this, 'Unhealthy', names.unhealthyAlarm, this.balancer);

    const peerId = 1 - regionId;
    new TrafficSwitch(this, 'PeerSwitch', {
      alarmName: trafficNames(topology, traffic.hostName, peerId).offAlarm,
      deployment: topology.name,
      regionId: peerId,
    });
    this.bindPods(props, targets, vpc);
    this.addOutputs(names.hostName);
  }

  /** The VPC as seen from here: its id is an output of the other stack. */
  private vpcOf({ vpcCidr }: RegionTopology, { network }: RegionStack): ec2.IVpc {
    return ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: weakReference(network.vpc.vpcId),
      // Nothing asks for subnets by their zones.
      availabilityZones: Array.from({ length: ZONE_COUNT }, (_, zone) => String(zone)),
      vpcCidrBlock: vpcCidr,
    });
  }

  private certificate({ hostName, hostedZoneId }: ResolvedTraffic, ownName: string, targets: readonly LoadBalancerTarget[]): string {
    const domainNames = [hostName, ownName, ...targets.flatMap(({ host }) => (host === undefined ? [] : [`${host}.${hostName}`]))];
    return new acm.CfnCertificate(this, 'Certificate', {
      domainName: hostName,
      subjectAlternativeNames: domainNames.slice(1),
      validationMethod: 'DNS',
      domainValidationOptions: domainNames.map(domainName => ({ domainName, hostedZoneId })),
    }).ref;
  }

  /** A controller of its own: that of the DNS forwarder looks at no other namespace. */
  private bindPods({ topology, regionId, regionStack }: TrafficStackProps, targets: readonly LoadBalancerTarget[], vpc: ec2.IVpc): void {
    const plan = planOf(topology);
    const { namespace } = topology.regions[regionId];
    const cluster = deployedCluster(this, regionStack);
    const [first, ...further] = this.balancer.targetGroups.map(({ ref }) => ref);
    const controller = new LoadBalancerController(this, 'Controller', {
      cluster,
      vpc,
      targetGroupArn: first,
      _further: further,
      imageRegistry: plan.registryOf(regionId),
      chart: plan.chartsOf(regionId).loadBalancerController,
      watchedNamespace: namespace,
      name: FIXED_NAMES.trafficBinding,
    });
    const bindings = new LoadBalancerBindings(this, 'Bindings', {
      cluster,
      namespace,
      targets: targets.map((target, i) => ({ target, targetGroupArn: this.balancer.targetGroups[i].ref })),
    });
    bindings.node.addDependency(controller);
  }

  private addOutputs(ownName: string): void {
    new CfnOutput(this, 'LoadBalancerName', {
      value: this.balancer.loadBalancer.attrDnsName,
      description: "Name that AWS gives the region's load balancer",
    });
    new CfnOutput(this, 'RegionUrl', { value: `https://${ownName}`, description: 'Camunda of this region alone' });
  }
}

function listenerPorts({ loadBalancer }: ResolvedTraffic, targets: readonly LoadBalancerTarget[]): number[] {
  return loadBalancer === 'network' ? targets.map(({ isGrpc }) => listenerPort(isGrpc)) : [listenerPort(false)];
}

function allowedRanges({ allowedCidrs, scheme }: ResolvedTraffic, { vpcCidr }: RegionTopology): readonly string[] {
  if (allowedCidrs.length > 0) return allowedCidrs;
  return [scheme === 'internal' ? vpcCidr : EVERYBODY];
}

function subnetIdsOf({ existingVpc }: RegionTopology, { network }: RegionStack): string[] {
  if (existingVpc) return (existingVpc.loadBalancerSubnets ?? []).map(({ subnetId }) => subnetId);
  return network.vpc.publicSubnets.map(({ subnetId }) => weakReference(subnetId));
}
