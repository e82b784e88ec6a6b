/** @internal */
export interface InstanceCapacity {
  /** Allocatable CPU in thousandths of a core, after what EKS reserves. */
  readonly cpuMillis: number;
  /** Allocatable memory in mebibytes, after what EKS reserves. */
  readonly memoryMiB: number;
}

/** Memory of one virtual CPU, in GiB, by family. Only families that suit a process engine. */
const GIB_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Most pods on a node with the VPC CNI: 58 on an xlarge, 29 on a large. Larger types are capped by what EKS reserves for. */
const MAX_PODS: Readonly<Record<string, number>> = { large: 29, xlarge: 58, '2xlarge': 58 };

/**
 * What a node offers to pods. Undefined for types that this library has no table of.
 *
 * @see Amazon EKS user guide, reserved resources: CPU by tiers of cores, memory 255 MiB and 11 MiB a pod, 100 MiB for eviction
 *
 * @internal
 */
export function capacityOf(instanceType: unknown): InstanceCapacity | undefined {
  if (typeof instanceType !== 'string') return undefined;
  const match = /^([cmr])\d[a-z]*\.(large|xlarge|(\d+)xlarge)$/.exec(instanceType);
  if (!match) return undefined;
  const [, family, size, times] = match;
  const cpus = size === 'large' ? 2 : size === 'xlarge' ? 4 : 4 * Number(times);
  const reservedCpuMillis = 60 + 10 + (cpus > 2 ? 10 : 0) + Math.max(0, cpus - 4) * 2.5;
  const reservedMemoryMiB = 255 + 11 * (MAX_PODS[size] ?? 110) + 100;
  return {
    cpuMillis: cpus * 1000 - reservedCpuMillis,
    memoryMiB: cpus * GIB_PER_CPU[family] * 1024 - reservedMemoryMiB,
  };
}

/**
 * Whether a type has a Graviton processor, for which images are built as `linux/arm64`.
 *
 * @internal
 */
export function isGraviton(instanceType: string): boolean {
  return /^([a-z]+\d+g|a1)/.test(instanceType);
}

/**
 * Private addresses that the network interfaces of a node hold, by size: interfaces times addresses of each.
 *
 * @see Amazon EC2 user guide, IP addresses per network interface
 */
const ADDRESSES: Readonly<Record<string, number>> = {
  large: 3 * 10,
  xlarge: 4 * 15,
  '2xlarge': 4 * 15,
  '4xlarge': 8 * 30,
  '8xlarge': 8 * 30,
  '12xlarge': 8 * 30,
};

/**
 * Addresses that a node takes at most, its own and those of its pods. Undefined for sizes that this library has no table of.
 *
 * @internal
 */
export function addressesOfNode(instanceType: string): number | undefined {
  return capacityOf(instanceType) && ADDRESSES[instanceType.split('.')[1]];
}
