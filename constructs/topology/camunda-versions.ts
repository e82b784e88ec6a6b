/**
 * Everything that differs between minor versions of Camunda. A new version is a new entry, never a new condition in a
 * chart.
 *
 * @internal
 */
export interface CamundaVersion {
  readonly minor: string;
  /** Last day of standard support, ISO date. */
  readonly supportedUntil: string;
  readonly images: {
    readonly camunda: ImageReference;
    readonly connectors: ImageReference;
    readonly elasticsearch: ImageReference;
  };
  /** Class of the exporters that write to Elasticsearch. */
  readonly exporterClass: string;
  /** Exporter ids are this prefix and the region id. */
  readonly exporterIdPrefix: string;
  readonly springProfiles: readonly string[];
  /** Whether user traffic may go to both regions at once. */
  readonly activeActive: boolean;
}

/** @internal */
export interface ImageReference {
  /** Registry that the publisher uses; replaced by a registry of the user's own. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/**
 * @see Camunda release announcements and supported environments, 8.9
 *
 * @internal
 */
export const CAMUNDA_VERSIONS: Readonly<Record<string, CamundaVersion>> = {
  '8.9': {
    minor: '8.9',
    supportedUntil: '2027-10-13',
    images: {
      camunda: { registry: 'docker.io', repository: 'camunda/camunda', tag: '8.9.17' },
      connectors: { registry: 'docker.io', repository: 'camunda/connectors-bundle', tag: '8.9.8' },
      elasticsearch: { registry: 'docker.elastic.co', repository: 'elasticsearch/elasticsearch', tag: '8.19.19' },
    },
    exporterClass: 'io.camunda.exporter.CamundaExporter',
    exporterIdPrefix: 'camundaregion',
    springProfiles: ['admin', 'broker', 'operate', 'tasklist', 'consolidated-auth'],
    activeActive: true,
  },
};
