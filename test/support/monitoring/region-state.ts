import { RegionSeries } from '../../../constructs/topology/plan/monitoring/region-series';
import { scrapeTargets } from '../../../constructs/topology/plan/monitoring/scrape-targets';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';

/** Values of series, a minute apart, in the notation of promtool. */
export type Series = ReadonlyMap<string, string>;

/** Minutes that a state can be looked at. */
export const MINUTES = 300;

/** A state of a region that nobody has to be called for. */
export interface NormalState {
  /** What the region leads: the partitions that it should, all of them, or none. */
  readonly leads: 'own' | 'all' | 'none';
  /** Whether processes run. */
  readonly busy: boolean;
}

const GIB = 1024 ** 3;

/** A series as Prometheus has it of a pod. */
export function seriesOf(metric: string, labels: Readonly<Record<string, string | number>>): string {
  const text = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${text.join(', ')}}`;
}

/** The same value all the time. */
export const always = (value: number): string => `${value}x${MINUTES}`;
/** A counter that rises by so much in a minute. */
export const rising = (perMinute: number): string => `0+${perMinute}x${MINUTES}`;

/** Everything that the Prometheus of a region collects of a deployment that is whole. */
export function regionState(topology: Topology, regionId: number, { leads, busy }: NormalState): Series {
  const plan = planOf(topology);
  const { settings, version } = plan;
  const region = topology.regions[regionId];
  const { namespace } = region;
  const own = new RegionSeries(topology, regionId);
  const state = new Map<string, string>();
  const put = (metric: string, labels: Readonly<Record<string, string | number>>, values: string): void => {
    state.set(seriesOf(metric, { namespace, ...labels }), values);
  };
  const targets = scrapeTargets(settings, version);
  const podsOf = (name: string): string[] => (name === targets[0].name ? region.brokers.map(({ podName }) => podName) : [`${name}-0`]);
  for (const { name } of targets) podsOf(name).forEach(pod => put('up', { job: `${namespace}/${name}`, pod }, always(1)));

  const gateways = version.components ? podsOf(targets[1].name) : region.brokers.map(({ podName }) => podName);
  for (const { partitionId: partition, replicas, preferredLeader } of topology.partitions) {
    const inRegion = (wanted: number): string => replicas.find(replica => replica.regionId === wanted)!.brokerId;
    const leader = leads === 'own' ? preferredLeader : inRegion(leads === 'all' ? regionId : 1 - regionId);
    for (const { brokerId, regionId: of } of replicas) {
      gateways.forEach(pod => {
        put('zeebe_gateway_topology_partition_roles', { pod, partition, broker: brokerId }, always(brokerId === leader ? 3 : 0));
      });
      if (of !== regionId) continue;
      const pod = region.brokers.find(broker => broker.brokerId === brokerId)!.podName;
      const leading = brokerId === leader;
      put('atomix_role', { pod, partition }, always(leading ? 3 : 1));
      put('atomix_heartbeat_miss_count_total', { pod, partition }, always(7));
      put('zeebe_health', { pod, partition }, always(1));
      if (!leading) continue;
      const records = rising(busy ? 3000 : 1);
      put('zeebe_received_request_count_total', { pod, partition }, rising(busy ? 600 : 0));
      put('zeebe_dropped_request_count_total', { pod, partition }, rising(busy ? 3 : 0));
      put('zeebe_log_appender_last_committed_position', { pod, partition }, records);
      put('zeebe_exporter_state', { pod, partition }, always(0));
      const ids = [...topology.exporters, ...settings.orchestration.exporters].map(({ exporterId }) => exporterId);
      ids.forEach(exporter => put('zeebe_exporter_last_exported_position', { pod, partition, exporter }, records));
      put('zeebe_backup_operations_total', { pod, partition, operation: 'take', result: 'completed' }, always(3));
      put('zeebe_backup_operations_total', { pod, partition, operation: 'take', result: 'failed' }, always(0));
      put('zeebe_banned_instances_total', { pod, partition }, always(2));
      for (const { metrics } of plan.exporterKinds()) {
        put(metrics.failedFlushes, { pod, partition }, always(4));
        if (!metrics.archiver) continue;
        put(metrics.archiver.waiting, { pod, partition }, always(busy ? 40 : 0));
        put(metrics.archiver.moved, { pod, partition, state: 'archived' }, rising(busy ? 10 : 0));
      }
    }
  }
  for (const { podName: pod } of region.brokers) put('zeebe_cluster_changes_operations_pending', { pod }, always(0));
  const claims = [
    ...region.brokers.map(({ ordinal }) => own.brokerClaims.replace('[0-9]+', `${ordinal}`)),
    ...Array.from({ length: settings.elasticsearch.nodesPerRegion }, (_, i) => own.searchClaims.replace('[0-9]+', `${i}`)),
  ];
  for (const persistentvolumeclaim of claims) {
    put('kubelet_volume_stats_capacity_bytes', { persistentvolumeclaim }, always(64 * GIB));
    put('kubelet_volume_stats_available_bytes', { persistentvolumeclaim }, always(44 * GIB));
  }
  for (const address of topology.peerOf(regionId).forwarderAddresses) {
    state.set(dnsSeries('coredns_proxy_healthcheck_failures_total', { proxy_name: 'forward', to: `${address}:53` }), always(5));
  }
  state.set(dnsSeries('coredns_dns_responses_total', { rcode: 'NOERROR' }), rising(3000));
  state.set(dnsSeries('coredns_dns_responses_total', { rcode: 'SERVFAIL' }), rising(3));
  return state;
}

/** A series of CoreDNS, which runs outside of Camunda's namespace. */
export function dnsSeries(metric: string, labels: Readonly<Record<string, string>>): string {
  return seriesOf(metric, { namespace: 'kube-system', pod: 'coredns-0', ...labels });
}

/** The same, with other values for some of the series. Undefined takes a series away. */
export function changed(state: Series, change: (series: string, values: string) => string | undefined): Series {
  return new Map(
    [...state].flatMap(([series, values]): [string, string][] => {
      const other = change(series, values);
      return other === undefined ? [] : [[series, other]];
    }),
  );
}
