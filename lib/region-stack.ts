import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Controllers } from '../constructs/cluster/controllers';
import { GroupAccess } from '../constructs/cluster/group-access';
import { NodeAddons } from '../constructs/cluster/node-addons';
import { RegionCluster } from '../constructs/cluster/region-cluster';
import { WorkloadAddons } from '../constructs/cluster/workload-addons';
import { Corefile } from '../constructs/dns/corefile';
import { DnsForwarder } from '../constructs/dns/dns-forwarder';
import { DnsForwarderBinding } from '../constructs/dns/dns-forwarder-binding';
import { ExistingVpc } from '../constructs/network/existing-vpc';
import { PeerIngress } from '../constructs/network/peer-ingress';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { RegionVpc } from '../constructs/network/region-vpc';
import { flowsOfRegion, Party, type Flow } from '../constructs/topology/plan/flows/flows';
import { FIXED_NAMES } from '../constructs/topology/plan/names';
import { portsOf } from '../constructs/topology/plan/peer-ports';
import { ZONE_COUNT } from '../constructs/topology/plan/subnets';
import { planOf } from '../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../constructs/topology/topology';
import { CamundaPrerequisites } from './camunda-prerequisites';
import { kubectlLayer } from './kubectl-layer';
import { regionKey } from './region-keys';
import { addRegionNodes } from './region-nodes';

/** @internal */
export interface RegionStackProps extends StackProps {
  readonly topology: Topology;
  readonly regionId: number;
}

/**
 * Everything of one region that Camunda stands on: network, cluster, nodes, add-ons, DNS forwarder and controllers.
 *
 * It knows the other region only by values that are known before anything is deployed, so neither needs the other.
 *
 * @internal
 */
export class RegionStack extends Stack {
  public readonly network: IRegionNetwork;
  public readonly cluster: eks.Cluster;
  public readonly nodeAddons: NodeAddons;
  public readonly dnsForwarder: DnsForwarder;
  /** Fixed, hence known to stacks that do not refer to this one. */
  public readonly clusterName: string;
  /** Name of the output with the function that applies manifests. */
  public readonly deploymentFunctionOutput = 'DeploymentFunctionArn';
  private readonly zones: string[];

  public constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const { topology, regionId } = props;
    const region = topology.regions[regionId];
    const peer = topology.peerOf(regionId);
    const plan = planOf(topology);
    const { settings } = plan;
    const kubernetes = plan.kubernetesOf(regionId);
    this.zones = zonesOf(region);
    this.clusterName = `${topology.name}-region${regionId}`;

    this.network = this.networkOf(region, settings.kubernetes.logRetentionDays);
    const regionCluster = new RegionCluster(this, 'Cluster', {
      clusterName: this.clusterName,
      vpc: this.network.vpc,
      subnets: this.network.privateSubnets,
      version: eks.KubernetesVersion.of(kubernetes.version),
      serviceCidr: region.serviceCidr,
      publicAccessCidrs: [...settings.kubernetes.publicAccessCidrs],
      adminRoleArns: [...settings.kubernetes.adminRoleArns],
      secretsEncryptionKey: regionKey(this, topology, { regionId, purpose: 'cluster' }),
      logRetention: settings.kubernetes.logRetentionDays,
      kubectlLayer: kubectlLayer(this),
    });
    const { cluster } = regionCluster;
    this.cluster = cluster;

    this.nodeAddons = new NodeAddons(this, 'NodeAddons', { cluster, versions: kubernetes.addons });
    const nodes = addRegionNodes(this, {
      plan,
      regionId,
      cluster,
      subnets: this.network.privateSubnets,
      after: [this.nodeAddons, this.network.vpc],
      volumeKey: regionKey(this, topology, { regionId, purpose: 'nodes' }),
    });
    const workloadAddons = new WorkloadAddons(this, 'WorkloadAddons', {
      cluster,
      versions: kubernetes.addons,
      corefile: Corefile.chained({ peerNamespaces: [peer.namespace], peerAddresses: peer.forwarderAddresses }).text,
      volumeKeyArn: region.keys?.volumes,
      volumeTags: settings.tags,
    });

    new PeerIngress(this, 'PeerIngress', {
      securityGroupId: cluster.clusterSecurityGroupId,
      peerCidr: peer.vpcCidr,
      ports: topology.peerPorts,
    });
    this.admitAddresses(flowsOfRegion(topology.flows, regionId));
    this.dnsForwarder = new DnsForwarder(this, 'DnsForwarder', {
      vpc: this.network.vpc,
      subnets: this.network.forwarderSubnets,
      addresses: region.forwarderAddresses,
      peerCidr: peer.vpcCidr,
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
    });

    const controllers = new Controllers(this, 'Controllers', {
      cluster,
      vpc: this.network.vpc,
      secretPrefix: topology.name,
      licenseSecretName: settings.camunda.licenseSecretName,
      secretsKeyArn: region.keys?.secrets,
      issuesCertificates: settings.tls.enabled,
      targetGroupArn: this.dnsForwarder.targetGroupArn,
      imageRegistry: plan.registryOf(regionId),
      charts: plan.chartsOf(regionId),
    });
    const binding = new DnsForwarderBinding(this, 'DnsForwarderBinding', { cluster, targetGroupArn: this.dnsForwarder.targetGroupArn });

    // CoreDNS and the storage driver wait for nodes, controllers for names to resolve.
    // Roles wait for none of them: made meanwhile, they cost no time.
    workloadAddons.addons.forEach(addon => addon.node.addDependency(...nodes.nodegroups));
    controllers.charts.forEach(chart => chart.node.addDependency(...workloadAddons.addons));
    binding.node.addDependency(controllers.loadBalancerController);

    // CDK leaves 'Default' out of logical ids: with other ones, secrets would be deleted after they were made anew.
    new CamundaPrerequisites(this, 'Default', {
      topology,
      regionId,
      identityProvider: this.identityProvider(settings.backup.enabled),
      cluster,
    });
    settings.kubernetes.recoveryRoleArns.forEach(
      (roleArn, i) => new GroupAccess(this, `Recovery${i}`, { cluster, roleArn, group: FIXED_NAMES.recoveryGroup }),
    );
    this.addOutputs(region);
  }

  /** Zones by position, so that synthesis needs neither credentials nor a look-up. */
  public override get availabilityZones(): string[] {
    return this.zones ?? super.availabilityZones;
  }

  private networkOf({ vpcCidr, subnets, existingVpc }: RegionTopology, logRetention: number): IRegionNetwork {
    const common = { cidr: vpcCidr, availabilityZones: this.zones };
    return existingVpc
      ? new ExistingVpc(this, 'Network', { ...common, ...existingVpc })
      : new RegionVpc(this, 'Network', { ...common, subnets, logRetention });
  }

  /** Rules for what the settings open to addresses. What is in the cluster is in the same security group as the nodes. */
  private admitAddresses(flows: readonly Flow[]): void {
    const arriving = flows.filter(({ source }) => source === Party.ADDRESSES);
    for (const cidr of new Set(arriving.flatMap(flow => flow.cidr ?? []))) {
      new PeerIngress(this, `Ingress-${cidr.replace('/', '-')}`, {
        securityGroupId: this.cluster.clusterSecurityGroupId,
        peerCidr: cidr,
        ports: portsOf(arriving.filter(flow => flow.cidr === cidr)),
        origin: cidr,
      });
    }
  }

  private identityProvider(needed: boolean): iam.IOidcProvider | undefined {
    if (!needed) return undefined;
    return new eks.OidcProviderNative(this, 'IdentityProvider', { url: this.cluster.clusterOpenIdConnectIssuerUrl });
  }

  private addOutputs(region: RegionTopology): void {
    const name = this.cluster.clusterName;
    new CfnOutput(this, 'ClusterName', { value: name, description: 'Name of the EKS cluster' });
    new CfnOutput(this, 'UpdateKubeconfigCommand', {
      value: `aws eks update-kubeconfig --name ${name} --region ${region.awsRegion}`,
      description: 'Run this to reach the cluster with kubectl',
    });
    new CfnOutput(this, this.deploymentFunctionOutput, {
      value: this.cluster.kubectlProvider!.serviceToken,
      description: 'Function that applies manifests to the cluster',
    });
    new CfnOutput(this, 'DnsForwarderAddresses', {
      value: region.forwarderAddresses.join(','),
      description: "Addresses that the other region's CoreDNS asks",
    });
  }
}

function zonesOf(region: RegionTopology): string[] {
  return region.availabilityZones ?? Array.from({ length: ZONE_COUNT }, (_, index) => Fn.select(index, Fn.getAzs()));
}
