import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { isJson, mappings, textOf } from '../calls/readings';
import { indexStates, readIdentity, readIdentityFromState, readIndices, readNodes, type IndexState } from '../calls/search-calls';
import type { ClusterView } from './cluster-view';

/**
 * Which Elasticsearch answers at the address of a region.
 *
 * @internal
 */
export interface SearchIdentity {
  readonly regionId: number;
  /** Why nothing is known of it. */
  readonly silent?: string;
  readonly clusterUuid?: string;
  /** Regions that its nodes name as theirs. */
  readonly namedRegions: readonly number[];
  /** It was reached through the Kubernetes API of its region, so that it can be no other. */
  readonly throughItsCluster: boolean;
  readonly indices?: ReadonlyMap<string, IndexState>;
}

/** @internal */
export async function searchIdentity(view: ClusterView, regionId: number): Promise<SearchIdentity> {
  const { topology, ports } = view;
  const [uuid, nodes, indices] = await Promise.all([
    clusterUuid(view, regionId),
    view.read(readNodes(regionId), value => namedRegions(topology, value)),
    view.read(readIndices(regionId), indexStates),
  ]);
  const common = { regionId, throughItsCluster: ports.searchThroughKubernetes ?? false };
  if (!indices.ok) return { ...common, silent: indices.why, namedRegions: [] };
  return {
    ...common,
    ...(uuid === undefined ? {} : { clusterUuid: uuid }),
    namedRegions: nodes.ok ? nodes.value : [],
    indices: indices.value,
  };
}

/** Asked elsewhere too where the page of a server itself is not served. */
async function clusterUuid(view: ClusterView, regionId: number): Promise<string | undefined> {
  for (const call of [readIdentity(regionId), readIdentityFromState(regionId)]) {
    const reading = await view.read(call, value => (isJson(value) ? textOf(value.cluster_uuid) : undefined));
    // Until a cluster has formed, it has none.
    if (reading.ok && reading.value !== '' && reading.value !== '_na_') return reading.value;
    if (!reading.ok && reading.silent) return undefined;
  }
  return undefined;
}

/** By the zone that each node is told by its Kubernetes cluster, and by the namespace in its name. */
function namedRegions({ regions }: RecoveryTopology, value: unknown): readonly number[] | undefined {
  if (!isJson(value) || !isJson(value.nodes)) return undefined;
  const nodes = mappings(Object.values(value.nodes));
  const zones = nodes.map(({ attributes }) => (isJson(attributes) ? textOf(attributes.zone) : ''));
  const hosts = nodes.map(({ http }) => (isJson(http) ? textOf(http.publish_address).split('/')[0] : ''));
  const oneAwsRegion = new Set(regions.map(({ awsRegion }) => awsRegion)).size < regions.length;
  return regions
    .filter(
      ({ awsRegion, namespace }) =>
        (!oneAwsRegion && zones.some(zone => isZoneOf(awsRegion, zone))) || hosts.some(host => host.split('.').includes(namespace)),
    )
    .map(({ regionId }) => regionId);
}

/** `eu-west-2a`, or `us-east-1-bos-1a` for one that is near a town. */
function isZoneOf(awsRegion: string, zone: string): boolean {
  return zone.startsWith(awsRegion) && /^(?:[a-z]|-.+)$/.test(zone.slice(awsRegion.length));
}

/** Beginnings of the names of what exporters, Operate and Tasklist keep, over all versions. */
const CAMUNDA_INDEX = /^(?:zeebe-record|operate-|tasklist-|camunda-)/;

/**
 * Whether it has what somebody has worked with. An index alone is none: programs make the schema wherever they start.
 *
 * @internal
 */
export function holdsCamundaData(indices: ReadonlyMap<string, IndexState>): boolean {
  return [...indices].some(([name, { docs = 0 }]) => CAMUNDA_INDEX.test(name) && docs > 0);
}

/**
 * Whether it is certainly that of its region.
 *
 * @internal
 */
export function isShownToBeItsRegions({ regionId, namedRegions: named, throughItsCluster }: SearchIdentity): boolean {
  return throughItsCluster || (named.length === 1 && named[0] === regionId);
}
