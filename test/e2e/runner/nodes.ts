import { addressAt, cidrText, parseCidr, partOf } from '../../../constructs/topology/plan/cidr';
import { SubnetPurpose } from '../../../constructs/topology/plan/subnets';
import { planOf } from '../../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { capacityOf } from '../../../constructs/topology/versions/instance-types';
import { kubeletAddress } from '../support/tunnel-ends';

/** A node of the bed: a Node object that kwok keeps ready. */
export interface BedNode {
  readonly name: string;
  readonly zone: string;
  readonly address: string;
  /** Range that the node's pods get their addresses from. */
  readonly podCidr: string;
}

/** Pods of an xlarge with the VPC CNI; larger instances have more, which no proof needs. */
const MAX_PODS = 58;
/** The smallest range that holds them. */
const POD_PREFIX = 26;
/** Labels that tell the zone of a node: Kubernetes' own, and that of the EBS CSI driver. */
const ZONE_LABELS = ['topology.kubernetes.io/zone', 'topology.ebs.csi.aws.com/zone'];
const EBS_DRIVER = 'ebs.csi.aws.com';
/** AWS keeps the first four addresses of a subnet; a few more for the interfaces of the control plane. */
const FIRST_NODE_ADDRESS = 10;

/**
 * What the managed node groups of a region would make: as many nodes as configured in each zone. Nodes and pods have
 * addresses of their zone's private subnet: the first block is for nodes, each of the others for the pods of one node.
 */
export function nodesOf(topology: Topology, region: RegionTopology): BedNode[] {
  return nodesInEachZone(region, 0, planOf(topology).settings.nodes.perZone);
}

/** As many more in each zone, as EKS adds before it takes nodes away. */
export function freshNodesOf(topology: Topology, region: RegionTopology, count: number): BedNode[] {
  return nodesInEachZone(region, planOf(topology).settings.nodes.perZone, count);
}

function nodesInEachZone(region: RegionTopology, first: number, count: number): BedNode[] {
  return region.subnets
    .filter(subnet => subnet.purpose === SubnetPurpose.PRIVATE)
    .flatMap(subnet => {
      const zone = zoneName(region, subnet.zone);
      const range = parseCidr(subnet.cidr)!;
      return Array.from({ length: count }, (_, i) => first + i).map(index => ({
        name: `${zone}-${index + 1}`,
        zone,
        address: addressAt(range, FIRST_NODE_ADDRESS + index),
        podCidr: cidrText(partOf(range, POD_PREFIX, index + 1)),
      }));
    });
}

/**
 * The nodes as Kubernetes objects, and what the node part of the EBS CSI driver says of each: the labels that a volume's place
 * is known by.
 */
export function nodeObjects(topology: Topology, region: RegionTopology, nodes = nodesOf(topology, region)): object[] {
  const { instanceType } = planOf(topology).settings.nodes;
  const capacity = capacityOf(instanceType);
  if (!capacity) throw new Error(`the bed doesn't know what a node of type ${instanceType} holds`);
  const resources = {
    cpu: `${Math.floor(capacity.cpuMillis)}m`,
    memory: `${Math.floor(capacity.memoryMiB)}Mi`,
    pods: String(MAX_PODS),
    'ephemeral-storage': `${planOf(topology).settings.nodes.volumeGiB}Gi`,
  };
  return nodes.flatMap(({ name, zone, address, podCidr }) => {
    // An instance id of 17 digits, which are those of the address.
    const providerID = `aws:///${zone}/i-${address.replaceAll('.', '').padStart(17, '0')}`;
    return [
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          labels: {
            'kubernetes.io/arch': 'amd64',
            'kubernetes.io/os': 'linux',
            'kubernetes.io/hostname': name,
            'node.kubernetes.io/instance-type': instanceType,
            'topology.kubernetes.io/region': region.awsRegion,
            ...Object.fromEntries(ZONE_LABELS.map(label => [label, zone])),
          },
        },
        spec: { providerID, podCIDR: podCidr, podCIDRs: [podCidr] },
        status: {
          addresses: [
            { type: 'InternalIP', address },
            { type: 'Hostname', address: name },
            // No packet reaches the others.
            { type: 'ExternalIP', address: kubeletAddress(region.regionId) },
          ],
          capacity: resources,
          allocatable: resources,
        },
      },
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'CSINode',
        metadata: { name },
        spec: { drivers: [{ name: EBS_DRIVER, nodeID: providerID.split('/').pop(), topologyKeys: ZONE_LABELS }] },
      },
    ];
  });
}

/** A zone by index: named in the configuration, or one of the first three of the AWS region. */
function zoneName(region: RegionTopology, zone: number): string {
  return region.availabilityZones?.[zone] ?? `${region.awsRegion}${'abc'[zone]}`;
}
