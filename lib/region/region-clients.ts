import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientPoliciesChart } from '../../constructs/camunda/client-policies-chart';
import { PeerIngress } from '../../constructs/network/peer-ingress';
import { portsOf } from '../../constructs/topology/plan/peer-ports';
import type { Topology } from '../../constructs/topology/topology';
import type { CamundaStack } from '../camunda-stack';
import { clientSource } from './client-source';

/** @internal */
export interface RegionClientsProps {
  readonly topology: Topology;
  readonly regionId: number;
  readonly camundaStack: CamundaStack;
  /** The security group that all nodes and pods of the cluster share. */
  readonly securityGroupId: string;
}

/**
 * Clients that are admitted to a region.
 *
 * @internal
 */
export class RegionClients extends Construct {
  private readonly admitted = new Set<string>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionClientsProps,
  ) {
    super(scope, id);
  }

  /** @param source a namespace or a range of addresses */
  public admit(source: string): void {
    if (this.admitted.has(source)) return;
    this.admitted.add(source);
    const { topology, regionId, camundaStack, securityGroupId } = this.props;
    const { slug, cidr, flows } = clientSource(source, topology, regionId);
    const chart = new ClientPoliciesChart(new App(), 'Policies', { topology, regionId, flows, source: slug });
    new eks.KubernetesManifest(camundaStack.extensions, `Clients-${slug}`, {
      cluster: camundaStack.cluster,
      manifest: chart.toJson() as Record<string, unknown>[],
    });
    if (cidr !== undefined) new PeerIngress(this, slug, { securityGroupId, peerCidr: cidr, ports: portsOf(flows), origin: cidr });
  }
}
