import { CfnOutput, Fn, Size, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import { SnapshotAccess } from '../constructs/backup/snapshot-access';
import { CertificateAuthority } from '../constructs/certificates/certificate-authority';
import { Controllers } from '../constructs/cluster/controllers';
import { GroupAccess } from '../constructs/cluster/group-access';
import { NodeAddons } from '../constructs/cluster/node-addons';
import { RegionCluster } from '../constructs/cluster/region-cluster';
import { WebIdentity } from '../constructs/cluster/web-identity';
import { WorkloadAddons } from '../constructs/cluster/workload-addons';
import { ZonalNodes } from '../constructs/cluster/zonal-nodes';
import { Corefile } from '../constructs/dns/corefile';
import { DnsForwarder } from '../constructs/dns/dns-forwarder';
import { DnsForwarderBinding } from '../constructs/dns/dns-forwarder-binding';
import { ExistingVpc } from '../constructs/network/existing-vpc';
import { PeerIngress } from '../constructs/network/peer-ingress';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { RegionVpc } from '../constructs/network/region-vpc';
import { ReplicatedSecret } from '../constructs/secrets/replicated-secret';
import { FIXED_NAMES, awsSecretNames } from '../constructs/topology/names';
import { snapshotNames } from '../constructs/topology/snapshot-storage';
import { ZONE_COUNT } from '../constructs/topology/subnets';
import type { RegionTopology, Topology } from '../constructs/topology/topology';
import { kubectlLayer } from './kubectl-layer';

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
    const settings = topology._settings;
    this.zones = zonesOf(region);
    this.clusterName = `${topology.name}-region${regionId}`;

    this.network = this.networkOf(region, settings.kubernetes.logRetentionDays);
    const regionCluster = new RegionCluster(this, 'Cluster', {
      clusterName: this.clusterName,
      vpc: this.network.vpc,
      subnets: this.network.privateSubnets,
      version: eks.KubernetesVersion.of(settings.kubernetes.version),
      serviceCidr: region.serviceCidr,
      publicAccessCidrs: [...settings.kubernetes.publicAccessCidrs],
      adminRoleArns: [...settings.kubernetes.adminRoleArns],
      logRetention: settings.kubernetes.logRetentionDays,
      kubectlLayer: kubectlLayer(this),
    });
    const { cluster } = regionCluster;
    this.cluster = cluster;

    const nodeAddons = new NodeAddons(this, 'NodeAddons', { cluster });
    const nodes = new ZonalNodes(this, 'Nodes', {
      cluster,
      subnets: this.network.privateSubnets,
      instanceType: new ec2.InstanceType(settings.nodes.instanceType),
      perZone: settings.nodes.perZone,
      maxPerZone: settings.nodes.maxPerZone,
      volumeSize: Size.gibibytes(settings.nodes.volumeGiB),
    });
    const workloadAddons = new WorkloadAddons(this, 'WorkloadAddons', {
      cluster,
      corefile: Corefile.chained({ peerNamespaces: [peer.namespace], peerAddresses: peer.forwarderAddresses }).text,
    });

    new PeerIngress(this, 'PeerIngress', {
      securityGroupId: cluster.clusterSecurityGroupId,
      peerCidr: peer.vpcCidr,
      ports: topology.peerPorts,
    });
    const forwarder = new DnsForwarder(this, 'DnsForwarder', {
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
      issuesCertificates: settings.tls.enabled,
      targetGroupArn: forwarder.targetGroupArn,
      imageRegistry: settings.images.registry,
      charts: settings.controllers,
    });
    const binding = new DnsForwarderBinding(this, 'DnsForwarderBinding', { cluster, targetGroupArn: forwarder.targetGroupArn });

    // CoreDNS and the storage driver wait for nodes, nodes for the network plug-in, controllers for names to resolve.
    nodes.node.addDependency(nodeAddons);
    workloadAddons.node.addDependency(nodes);
    controllers.node.addDependency(workloadAddons);
    binding.node.addDependency(controllers.loadBalancerController);

    if (regionId === 0) {
      this.addSecrets(topology);
      this.addCertificateAuthority(topology);
    }
    if (settings.backup.enabled) this.addSnapshotAccess(topology, region);
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

  private addSecrets(topology: Topology): void {
    const names = awsSecretNames(topology.name);
    const replicaRegion = topology.regions[1].awsRegion;
    new ReplicatedSecret(this, 'ElasticsearchCredentials', {
      secretName: names.elasticsearch,
      description: 'Elasticsearch user that Camunda writes as, in both regions',
      username: FIXED_NAMES.elasticsearchUser,
      replicaRegion,
    });
    new ReplicatedSecret(this, 'AdminCredentials', {
      secretName: names.admin,
      description: 'First administrator of Camunda',
      username: FIXED_NAMES.adminUser,
      replicaRegion,
    });
    new ReplicatedSecret(this, 'ConnectorsCredentials', {
      secretName: names.connectors,
      description: 'User of Camunda Connectors',
      username: FIXED_NAMES.connectorsUser,
      replicaRegion,
    });
  }

  /** Elasticsearch does not know EKS Pod Identity before 9.6. */
  private addSnapshotAccess(topology: Topology, region: RegionTopology): void {
    const peer = topology.peerOf(region.regionId);
    const own = snapshotNames(topology.name, region.awsRegion, this.account);
    const { role } = new WebIdentity(this, 'SnapshotIdentity', {
      provider: new eks.OidcProviderNative(this, 'IdentityProvider', { url: this.cluster.clusterOpenIdConnectIssuerUrl }),
      roleName: own.role,
      namespace: region.namespace,
      serviceAccount: FIXED_NAMES.elasticsearch,
    });
    new SnapshotAccess(this, 'SnapshotAccess', {
      role,
      ownBucket: own.bucket,
      readBuckets: [snapshotNames(topology.name, peer.awsRegion, this.account).bucket, own.copies],
    });
  }

  private addCertificateAuthority({ name, regions, _settings }: Topology): void {
    if (!_settings.tls.enabled) return;
    new CertificateAuthority(this, 'CertificateAuthority', {
      secretName: awsSecretNames(name).certificateAuthority,
      commonName: `${name} certificate authority`,
      replicaRegion: regions[1].awsRegion,
      logRetention: _settings.kubernetes.logRetentionDays,
    });
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
