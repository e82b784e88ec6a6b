import { POD_SECTION, type PodSettings } from './pod';
import { resourceRows, type ResourceSettings } from './resources';
import { UNNOTICED } from './rows/later';
import type { Rows } from './rows/row';

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
   * @default - 400 millicores (limit 1000), 1024 MiB
   */
  readonly resources?: ResourceSettings;

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

/** @internal */
export const GATEWAY = {
  replicas: { kind: 'integer', default: 2, min: 1, max: 50, later: UNNOTICED },
  resources: { kind: 'section', rows: resourceRows({ cpuMillis: 400, cpuLimitMillis: 1000, memoryMiB: 1024 }, 512) },
  pod: POD_SECTION,
} as const satisfies Rows<GatewaySettings>;
