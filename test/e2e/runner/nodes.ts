import { addressAt, cidrText, parseCidr, partOf } from '../../../constructs/topology/cidr';
import { capacityOf } from '../../../constructs/topology/instance-types';
import { SubnetPurpose } from '../../../constructs/topology/subnets';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
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
/** AWS keeps the first four addresses of a subnet; a few more for the interfaces of the control plane. */
const FIRST_NODE_ADDRESS = 10;

/**
 * What the managed node groups of a region would make: as many nodes as configured in each zone. Nodes and pods have
 * addresses of their zone's private subnet: the first block is for nodes, each of the others for the pods of one node.
 */
export function nodesOf(topology: Topology, region: RegionTopology): BedNode[] {
  const { perZone } = topology._settings.nodes;
  return region.subnets
    .filter(subnet => subnet.purpose === SubnetPurpose.PRIVATE)
    .flatMap(subnet => {
      const zone = zoneName(region, subnet.zone);
      const range = parseCidr(subnet.cidr)!;
      return Array.from({ length: perZone }, (_, index) => ({
        // The volume Stage reads a volume's zone from the name.
        name: `${zone}-${index + 1}`,
        zone,
        address: addressAt(range, FIRST_NODE_ADDRESS + index),
        podCidr: cidrText(partOf(range, POD_PREFIX, index + 1)),
      }));
    });
}

/** The nodes as Kubernetes objects. */
export function nodeObjects(topology: Topology, region: RegionTopology): object[] {
  const { instanceType } = topology._settings.nodes;
  const capacity = capacityOf(instanceType);
  if (!capacity) throw new Error(`the bed doesn't know what a node of type ${instanceType} holds`);
  const resources = {
    cpu: `${Math.floor(capacity.cpuMillis)}m`,
    memory: `${Math.floor(capacity.memoryMiB)}Mi`,
    pods: String(MAX_PODS),
    'ephemeral-storage': `${topology._settings.nodes.volumeGiB}Gi`,
  };
  return nodesOf(topology, region).map(({ name, zone, address, podCidr }, index) => ({
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
        'topology.kubernetes.io/zone': zone,
        'topology.ebs.csi.aws.com/zone': zone,
      },
    },
    spec: { providerID: `aws:///${zone}/i-${String(index).padStart(17, '0')}`, podCIDR: podCidr, podCIDRs: [podCidr] },
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
  }));
}

/** A zone by index: named in the configuration, or one of the first three of the AWS region. */
function zoneName(region: RegionTopology, zone: number): string {
  return region.availabilityZones?.[zone] ?? `${region.awsRegion}${'abc'[zone]}`;
}
