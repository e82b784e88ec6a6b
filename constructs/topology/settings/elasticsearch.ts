import { ZONE_COUNT } from '../plan/subnets';
import { POD_SECTION, type PodSettings } from './pod';
import { MAX_VOLUME_GIB, resourceRows, type ResourceSettings } from './resources';
import { procedure } from './rows/later';
import type { Rows } from './rows/row';

/** Elasticsearch, one cluster in each region. */
export interface ElasticsearchSettings {
  /**
   * Number of nodes in each region, at least 3.
   *
   * @default 3
   */
  readonly nodesPerRegion?: number;

  /**
   * What each node asks for.
   *
   * @default - 1000 millicores (limit 2000), 4096 MiB
   */
  readonly resources?: ResourceSettings;

  /**
   * Size of each node's volume, in gibibytes.
   *
   * @default 64
   */
  readonly volumeGiB?: number;

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

/** @internal */
export const ELASTICSEARCH = {
  nodesPerRegion: { kind: 'integer', default: 3, min: ZONE_COUNT, max: 60 },
  resources: { kind: 'section', rows: resourceRows({ cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 4096 }, 2048) },
  volumeGiB: {
    kind: 'integer',
    default: 64,
    min: 8,
    max: MAX_VOLUME_GIB,
    later: procedure('changes.md', 'Larger in place, by the operator, at most once in six hours. Never smaller.'),
  },
  pod: POD_SECTION,
} as const satisfies Rows<ElasticsearchSettings>;
