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
