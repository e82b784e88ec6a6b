import { EXPORTER, EXPORTERS_LIST, type ExporterSettings } from './exporters';
import { POD_SECTION, type PodSettings } from './pod';
import { MAX_VOLUME_GIB, resourceRows, type ResourceSettings } from './resources';
import { procedure } from './rows/later';
import type { Rows } from './rows/row';

/** The pods of the brokers. From 8.8 on they run gateway, Operate and Tasklist too. */
export interface OrchestrationSettings {
  /**
   * What each pod asks for.
   *
   * @default - 1000 millicores (limit 2000), and memory for the partitions of a broker
   */
  readonly resources?: ResourceSettings;

  /**
   * Size of each broker's volume, in gibibytes. Cannot be changed in place: write it if you will have many more partitions later.
   *
   * @default - 32, or more where a broker has more than 40 replicas of partitions
   */
  readonly volumeGiB?: number;

  /**
   * How long a starting broker waits for the names of all brokers to resolve before it starts anyway, in seconds.
   *
   * @default 180
   */
  readonly dnsGateTimeoutSeconds?: number;

  /**
   * Exporters of yours, beside those to the Elasticsearch of both regions.
   *
   * @default - none
   */
  readonly exporters?: ExporterSettings[];

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

/** What memory and volume of a broker follow. */
const FOLLOWS = ['camunda.partitionCount', 'camunda.clusterSize', 'orchestration.pod.configuration'];
const CHOSEN = 'for the replicas of partitions that land on a broker';

/** @internal */
export const ORCHESTRATION = {
  resources: {
    kind: 'section',
    rows: {
      ...resourceRows({ cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 7168 }, 2048),
      memoryMiB: {
        kind: 'integer',
        default: (_own, plan) => plan.brokerMemoryMiB,
        follows: FOLLOWS,
        chosen: CHOSEN,
        min: 2048,
      },
    },
  },
  volumeGiB: {
    kind: 'integer',
    default: (_own, plan) => plan.brokerVolumeGiB,
    follows: FOLLOWS,
    chosen: CHOSEN,
    min: 8,
    max: MAX_VOLUME_GIB,
    later: procedure('changes.md', 'Kubernetes refuses it while the StatefulSet is there. Never smaller.'),
  },
  dnsGateTimeoutSeconds: { kind: 'integer', default: 180, min: 0, max: 3600 },
  exporters: {
    kind: 'list',
    default: [],
    rows: EXPORTER,
    later: procedure('exporters.md', 'Brokers restart. One that is removed has to be disabled before, by a call.'),
    ...EXPORTERS_LIST,
  },
  pod: POD_SECTION,
} as const satisfies Rows<OrchestrationSettings>;
