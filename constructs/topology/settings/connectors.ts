import { POD_SECTION, type PodSettings } from './pod';
import { resourceRows, type ResourceSettings } from './resources';
import { UNNOTICED } from './rows/later';
import type { Rows } from './rows/row';

/** Camunda Connectors. */
export interface ConnectorsSettings {
  /**
   * Whether Connectors run at all.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Number of pods in each region.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Whether webhooks and polling start and continue processes. Without it, Connectors only do what processes ask for.
   *
   * @default true
   */
  readonly inbound?: boolean;

  /**
   * What each pod asks for.
   *
   * @default - 1000 millicores (limit 2000), 2048 MiB
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
export const CONNECTORS = {
  enabled: { kind: 'boolean', default: true },
  replicas: { kind: 'integer', default: 1, min: 1, max: 50, later: UNNOTICED, needs: 'connectors.enabled' },
  inbound: { kind: 'boolean', default: true, needs: 'connectors.enabled' },
  resources: {
    kind: 'section',
    rows: resourceRows({ cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 2048 }, 512),
    needs: 'connectors.enabled',
  },
  pod: { ...POD_SECTION, needs: 'connectors.enabled' },
} as const satisfies Rows<ConnectorsSettings>;
