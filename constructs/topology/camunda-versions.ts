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
  readonly orchestration: OrchestrationRuntime;
  readonly settingNames: SettingNames;
  /** Whether user traffic may go to both regions at once. */
  readonly activeActive: boolean;
}

/**
 * How the image of the orchestration pods is started and configured.
 *
 * @internal
 */
export interface OrchestrationRuntime {
  /** What the ConfigMap's name has after the common part. */
  readonly configMapSuffix: string;
  readonly configurationFile: string;
  readonly dataFolder: string;
  /** Variable that carries the node id from the start-up script into the configuration. */
  readonly nodeIdVariable: string;
  readonly startCommand: string;
  readonly restoreCommand: string;
  /** Whether a restore can be told a time instead of a backup. */
  readonly restoresToTime: boolean;
}

/**
 * Paths of the settings that are named differently in other versions. A version must be given its own names only: an old
 * name beside the new one stops the start-up or is ignored.
 *
 * @internal
 */
export interface SettingNames {
  readonly clusterName: string;
  readonly contactPoints: string;
  readonly probeTimeout: string;
  readonly probeInterval: string;
  readonly failureTimeout: string;
  readonly snapshotRequestTimeout: string;
  readonly compression: string;
  readonly networkHost: string;
  readonly advertisedHost: string;
  readonly commandPort: string;
  readonly internalPort: string;
  /** Parent of the exporters, each under its id. */
  readonly exporters: string;
  readonly exporterClass: string;
  readonly indexReplicas: string;
  readonly backupRepository: string;
  readonly persistentSessions: string;
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
    orchestration: {
      configMapSuffix: '',
      configurationFile: '/usr/local/camunda/config/application.yaml',
      dataFolder: '/usr/local/camunda/data',
      nodeIdVariable: 'VALUES_ORCHESTRATION_NODE_ID',
      startCommand: 'camunda',
      restoreCommand: 'restore',
      restoresToTime: true,
    },
    settingNames: {
      clusterName: 'camunda.cluster.name',
      contactPoints: 'camunda.cluster.initial-contact-points',
      probeTimeout: 'camunda.cluster.membership.probe-timeout',
      probeInterval: 'camunda.cluster.membership.probe-interval',
      failureTimeout: 'camunda.cluster.membership.failure-timeout',
      snapshotRequestTimeout: 'camunda.cluster.raft.snapshot-request-timeout',
      compression: 'camunda.cluster.compression-algorithm',
      networkHost: 'camunda.cluster.network.host',
      advertisedHost: 'camunda.cluster.network.advertised-host',
      commandPort: 'camunda.cluster.network.command-api.port',
      internalPort: 'camunda.cluster.network.internal-api.port',
      exporters: 'camunda.data.exporters',
      exporterClass: 'class-name',
      indexReplicas: 'camunda.data.secondary-storage.elasticsearch.number-of-replicas',
      backupRepository: 'camunda.data.secondary-storage.elasticsearch.backup.repository-name',
      persistentSessions: 'camunda.persistent.sessions.enabled',
    },
    activeActive: true,
  },
};

/**
 * The full name of an image. A registry of the user's own replaces the publisher's, and keeps the repository's name.
 *
 * @internal
 */
export function imageName(image: ImageReference, own: { readonly registry?: string; readonly tag?: string }): string {
  return `${own.registry ?? image.registry}/${image.repository}:${own.tag ?? image.tag}`;
}
