import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { loadBalancerTargets } from '../../constructs/topology/plan/traffic/load-balancer-targets';
import { trafficNames } from '../../constructs/topology/plan/traffic/traffic-names';
import type { Topology } from '../../constructs/topology/topology';
import { TrafficRecords } from '../../constructs/traffic/traffic-records';
import { weakReference } from '../weak-reference';
import { trafficOf } from './resolved-traffic';
import type { TrafficStack } from './traffic-stack';

/** @internal */
export interface RecordsStackProps extends StackProps {
  readonly topology: Topology;
  readonly regionId: number;
  /** The stack with the region's load balancer. */
  readonly trafficStack: TrafficStack;
}

/**
 * What the DNS says of a region. Each region has its own records and checks, so that one that is lost leaves nothing that has to be changed.
 *
 * @internal
 */
export class RecordsStack extends Stack {
  public constructor(scope: Construct, id: string, props: RecordsStackProps) {
    super(scope, id, props);
    const { topology, regionId, trafficStack } = props;
    const { hostedZoneId, hostName, policy, scheme } = trafficOf(topology);
    const names = trafficNames(topology, hostName, regionId);
    const { loadBalancer } = trafficStack.balancer;
    new TrafficRecords(this, 'Records', {
      hostedZoneId,
      hostName,
      ownHostName: names.hostName,
      further: loadBalancerTargets(topology).flatMap(({ host }) => host ?? []),
      record: names.record,
      policy: policy === 'weighted' ? 'weighted' : regionId === topology.activeRegion ? 'PRIMARY' : 'SECONDARY',
      loadBalancer: {
        dnsName: weakReference(loadBalancer.attrDnsName),
        hostedZoneId: weakReference(loadBalancer.attrCanonicalHostedZoneId),
      },
      offAlarm: { name: names.offAlarm, region: topology.peerOf(regionId).awsRegion },
      unhealthyAlarm: scheme === 'internal' ? { name: names.unhealthyAlarm, region: topology.regions[regionId].awsRegion } : undefined,
    });
    new CfnOutput(this, 'Url', { value: `https://${hostName}`, description: 'Camunda, in whichever region the DNS leads to' });
  }
}
