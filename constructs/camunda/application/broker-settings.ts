import { PORTS } from '../../topology/plan/flows/flows';
import { jarPath } from '../../topology/plan/further-exporters';
import { exporterHistory } from '../../topology/plan/history';
import { INDEX_REPLICAS } from '../../topology/plan/history-room';
import { FIXED_NAMES, kubernetesNames } from '../../topology/plan/names';
import { brokerSizing, rocksDbStrategy, sizeText } from '../../topology/plan/sizing';
import { planOf } from '../../topology/plan-of';
import type { ExporterSettings } from '../../topology/settings/exporters';
import type { Topology } from '../../topology/topology';
import type { CamundaVersion } from '../../topology/versions/camunda-version';
import { below, named, type Settings, type Value } from './config-tree';
import { placeholder, VARIABLES } from './orchestration-environment';

export const EVERY_ADDRESS = '0.0.0.0';

/** Time limits and compression for members that are far from each other. The engine's defaults are for one data centre. */
export const DISTANCE = {
  probeTimeout: '1000ms',
  probeInterval: '2s',
  failureTimeout: '10000ms',
  snapshotRequestTimeout: '10s',
  compression: 'GZIP',
};

/** @internal */
export function clusterSettings(topology: Topology): Settings {
  const plan = planOf(topology);
  const { clusterSize, partitionCount, replicationFactor } = plan.settings.camunda;
  const { settingNames, orchestration } = plan.version;
  const { podName, serviceName, namespace } = VARIABLES;
  return {
    ...named(settingNames.clusterName, kubernetesNames(topology.name).zeebe),
    ...named(settingNames.nodeId, placeholder(orchestration.nodeIdVariable)),
    ...named(settingNames.clusterSize, clusterSize),
    ...named(settingNames.partitionCount, partitionCount),
    ...named(settingNames.replicationFactor, replicationFactor),
    ...partitioningSettings(topology),
    ...named(settingNames.contactPoints, topology.contactPoints),
    ...named(settingNames.networkHost, EVERY_ADDRESS),
    // The full name: the other region could resolve a shorter one only by a search domain.
    ...named(
      settingNames.advertisedHost,
      `${placeholder(podName)}.${placeholder(serviceName)}.${placeholder(namespace)}.svc.cluster.local`,
    ),
    ...named(settingNames.commandPort, PORTS.brokerCommand),
    ...named(settingNames.internalPort, PORTS.brokerInternal),
  };
}

/** The zones, in the same order in every broker. Which one a broker is in comes from its environment. */
function partitioningSettings(topology: Topology): Settings {
  const { zonedCluster, zones } = planOf(topology);
  if (!zonedCluster) return {};
  return below<Value>(zonedCluster.partitioning, {
    scheme: 'ZONE_AWARE',
    'zone-aware.zones': zones.map(({ name, numberOfBrokers, numberOfReplicas, priority }) => ({
      name,
      'number-of-brokers': numberOfBrokers,
      'number-of-replicas': numberOfReplicas,
      priority,
    })),
  });
}

/** @internal */
export function distanceSettings({ settingNames }: CamundaVersion): Settings {
  return {
    ...named(settingNames.probeTimeout, DISTANCE.probeTimeout),
    ...named(settingNames.probeInterval, DISTANCE.probeInterval),
    ...named(settingNames.failureTimeout, DISTANCE.failureTimeout),
    ...named(settingNames.snapshotRequestTimeout, DISTANCE.snapshotRequestTimeout),
    ...named(settingNames.compression, DISTANCE.compression),
  };
}

/** @internal */
export function threadSettings({ settingNames }: CamundaVersion): Settings {
  return { ...named(settingNames.cpuThreads, 3), ...named(settingNames.ioThreads, 3) };
}

/** @internal */
export function engineSettings(topology: Topology): Settings {
  const { version, settings } = planOf(topology);
  const { settingNames } = version;
  const { freeSpaceProcessingMiB, freeSpaceReplicationMiB } = brokerSizing(settings);
  return {
    ...threadSettings(version),
    ...named(settingNames.snapshotPeriod, '5m'),
    ...named(settingNames.freeSpaceForProcessing, sizeText(freeSpaceProcessingMiB)),
    ...named(settingNames.freeSpaceForReplication, sizeText(freeSpaceReplicationMiB)),
    ...(rocksDbStrategy(settings) === undefined ? named(settingNames.rocksDbStrategy, 'PARTITION') : {}),
    ...version.fixedSettings,
  };
}

/**
 * The exporters of every broker, to both regions.
 *
 * @internal
 */
export function exporterSettings(topology: Topology): Settings {
  const plan = planOf(topology);
  const { settingNames } = plan.version;
  const toElasticsearch = Object.fromEntries(
    topology.exporters.flatMap(({ exporterId, url }) => {
      const kind = plan.exporterKinds().find(({ idPrefix }) => exporterId.startsWith(idPrefix))!;
      return Object.entries(
        below(`${settingNames.exporters}.${exporterId}`, {
          [settingNames.exporterClass]: kind.className,
          ...below('args', {
            [kind.arguments.url]: url,
            [kind.arguments.username]: FIXED_NAMES.elasticsearchUser,
            [kind.arguments.password]: placeholder(VARIABLES.elasticsearchPassword),
            // Exporters do not take this from the secondary storage, and their own default is no replica at all.
            [kind.arguments.indexReplicas]: INDEX_REPLICAS,
            ...exporterHistory(kind.history, plan.settings),
          }),
        }),
      );
    }),
  );
  return { ...toElasticsearch, ...furtherExporterSettings(plan.version, plan.settings.orchestration.exporters) };
}

function furtherExporterSettings({ settingNames }: CamundaVersion, exporters: readonly ExporterSettings[]): Settings {
  return Object.assign(
    {},
    ...exporters.map(exporter =>
      below<Value>(`${settingNames.exporters}.${exporter.exporterId}`, {
        [settingNames.exporterClass]: exporter.className,
        ...(exporter.jar === undefined ? {} : { [settingNames.exporterJar]: jarPath(exporter) }),
        ...below('args', exporter.arguments ?? {}),
      }),
    ),
  ) as Settings;
}
