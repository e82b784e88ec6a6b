import type { DefaultedRows } from './rows/row';

/** What one container asks for. Memory is both request and limit, so that a pod is never killed for its neighbour. */
export interface ResourceSettings {
  /**
   * Requested CPU, in thousandths of a core.
   *
   * @default - depends on the workload
   */
  readonly cpuMillis?: number;

  /**
   * Upper limit of CPU, in thousandths of a core. Must not be less than the request.
   *
   * @default - depends on the workload
   */
  readonly cpuLimitMillis?: number;

  /**
   * Requested memory and its limit, in mebibytes.
   *
   * @default - depends on the workload
   */
  readonly memoryMiB?: number;
}

/**
 * Largest volume of type gp3, in gibibytes.
 *
 * @internal
 */
export const MAX_VOLUME_GIB = 16384;

interface WorkloadDefaults {
  readonly cpuMillis: number;
  readonly cpuLimitMillis: number;
  readonly memoryMiB: number;
}

/**
 * The rows of a workload.
 *
 * @param defaults what a container asks for. A request above the default limit raises the limit with it, so that stating the request
 * alone is enough
 * @param minMemoryMiB below this much memory the workload does not start
 *
 * @internal
 */
export function resourceRows(defaults: WorkloadDefaults, minMemoryMiB: number): DefaultedRows<ResourceSettings> {
  return {
    cpuMillis: { kind: 'integer', default: defaults.cpuMillis, min: 100 },
    cpuLimitMillis: {
      kind: 'integer',
      default: ({ cpuMillis }) =>
        Number.isSafeInteger(cpuMillis) ? Math.max(cpuMillis, defaults.cpuLimitMillis) : defaults.cpuLimitMillis,
      follows: ['cpuMillis'],
      min: 100,
      atLeast: 'cpuMillis',
    },
    memoryMiB: { kind: 'integer', default: defaults.memoryMiB, min: minMemoryMiB },
  };
}
