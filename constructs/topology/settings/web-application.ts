import { POD_SECTION, type PodSettings } from './pod';
import { resourceRows, type ResourceSettings } from './resources';
import type { Rows } from './rows/row';

/** Operate or Tasklist, where it has a pod of its own: in 8.7. There is exactly one pod in each region. */
export interface WebApplicationSettings {
  /**
   * What the pod asks for.
   *
   * @default - Operate 600 millicores (limit 2000), Tasklist 400 (limit 1000), each 2048 MiB
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
export const OPERATE = {
  resources: { kind: 'section', rows: resourceRows({ cpuMillis: 600, cpuLimitMillis: 2000, memoryMiB: 2048 }, 1024) },
  pod: POD_SECTION,
} as const satisfies Rows<WebApplicationSettings>;

/** @internal */
export const TASKLIST = {
  resources: { kind: 'section', rows: resourceRows({ cpuMillis: 400, cpuLimitMillis: 1000, memoryMiB: 2048 }, 1024) },
  pod: POD_SECTION,
} as const satisfies Rows<WebApplicationSettings>;
