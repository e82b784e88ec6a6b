import type { PodSettings } from './pod-settings';
import type { ResourceSettings } from './resource-settings';

/** The gateways, where they have pods of their own: in 8.7. */
export interface GatewaySettings {
  /**
   * Number of pods in each region.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * What each pod asks for.
   *
   * @default - 400 millis CPU (limit 1000), 1024 MiB
   */
  readonly resources?: ResourceSettings;

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

/** Operate or Tasklist, where it has a pod of its own: in 8.7. There is exactly one pod in each region. */
export interface WebApplicationSettings {
  /**
   * What the pod asks for.
   *
   * @default - Operate 600 millis CPU (limit 2000), Tasklist 400 (limit 1000), each 2048 MiB
   */
  readonly resources?: ResourceSettings;

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

/** A region that was lost and is being recreated. */
export interface RecoverySettings {
  /**
   * The region that is being recreated, 0 or 1. While it is set, neither region runs Operate and Tasklist, and the recreated one
   * makes no schema.
   *
   * @default - none: both regions run everything
   */
  readonly recreatedRegion?: number;
}
