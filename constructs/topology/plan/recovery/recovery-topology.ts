import { planOf } from '../../plan-of';
import type { Topology } from '../../topology';
import type { FailbackDialect, FailoverDialect } from '../../versions/camunda-version';
import { clusterMembers, type MemberDeployments, type MemberPolicies } from '../cluster-members';
import { Party, PORTS } from '../flows/flows';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../names';
import { clientOf, type OidcClient } from '../oidc-client';
import type { ClusterZone } from '../placement/cluster-zones';
import { snapshotStorage } from '../storage/snapshot-storage';

/**
 * Raised when a field changes its meaning or goes away, so that an older program refuses a newer document.
 *
 * @internal
 */
export const RECOVERY_SCHEMA_VERSION = 2;

/**
 * Everything that a recovery needs to know of a deployment. Each cluster holds it, so that an operator who reaches the surviving one
 * needs nothing else.
 *
 * @internal
 */
export interface RecoveryTopology {
  readonly schemaVersion: number;
  readonly name: string;
  readonly camundaVersion: string;
  readonly dialect: { readonly failover: FailoverDialect; readonly failback: FailbackDialect };
  readonly replicationFactor: number;
  /** Whether REST API and Elasticsearch are served over TLS. The management port never is. */
  readonly tls: boolean;
  /** The region that the configuration declares as being recreated. Absent in the steady state. */
  readonly recreatedRegion?: number;
  readonly ports: { readonly management: number; readonly rest: number; readonly elasticsearch: number };
  /** Who may use the REST API, where it asks for a password. */
  readonly restUser?: RecoveryUser;
  /** The same where it asks for a token. */
  readonly restClient?: RecoveryClient;
  readonly regions: readonly RecoveryRegion[];
  readonly partitions: readonly RecoveryPartition[];
  readonly exporters: readonly RecoveryExporter[];
  /** Exporters of the user. Absent without any. */
  readonly furtherExporters?: readonly FurtherExporter[];
  /** How users reach it. Absent without load balancers. */
  readonly traffic?: RecoveryTraffic;
}

/** @internal */
export interface RecoveryTraffic {
  /** The name of both regions. */
  readonly hostName: string;
}

/** @internal */
export interface RecoveryRegion {
  readonly regionId: number;
  readonly awsRegion: string;
  readonly namespace: string;
  /** The zone that its brokers form. Absent where brokers are numbered over all regions. */
  readonly zone?: RecoveryZone;
  readonly brokers: readonly RecoveryBroker[];
  /** StatefulSet of the brokers. */
  readonly statefulSet: string;
  readonly deployments: MemberDeployments;
  readonly networkPolicies: MemberPolicies;
  /** Service of gateway and management API, and labels of the pods behind it, as a selector. */
  readonly gateway: { readonly service: string; readonly selector: string };
  readonly elasticsearch: { readonly service: string; readonly selector: string; readonly user: RecoveryUser };
  /** Where this region's Elasticsearch puts the snapshot of a failback that begins with it. Absent without buckets. */
  readonly snapshotRepository?: SnapshotRepository;
}

/**
 * As the cluster began with it: a planned switch gives the priorities to other zones.
 *
 * @internal
 */
export interface RecoveryZone {
  readonly name: string;
  readonly numberOfReplicas: number;
  readonly priority: number;
}

/** @internal */
export interface RecoveryBroker {
  /** As Camunda names it: the node id as text, after the zone and `_` in a cluster with zones. */
  readonly brokerId: string;
  readonly podName: string;
}

/**
 * A user, and the Kubernetes Secret that holds the password.
 *
 * @internal
 */
export interface RecoveryUser {
  readonly name: string;
  readonly secretName: string;
  readonly key: string;
}

/**
 * A client of an identity provider, and the Kubernetes Secret that holds its secret.
 *
 * @internal
 */
export interface RecoveryClient extends OidcClient {
  readonly secretName: string;
  readonly key: string;
}

/**
 * A snapshot repository as Elasticsearch takes it.
 *
 * @internal
 */
export interface SnapshotRepository {
  readonly type: string;
  readonly settings: { readonly [name: string]: string };
}

/** @internal */
export interface RecoveryPartition {
  readonly partitionId: number;
  /** Ids of brokers by descending priority. */
  readonly replicas: readonly string[];
}

/** @internal */
export interface RecoveryExporter {
  readonly exporterId: string;
  readonly regionId: number;
  /** Exporters of the same kind can be initialised from each other. */
  readonly kind: string;
}

/**
 * An exporter of the user. Nothing can be initialised from it.
 *
 * @internal
 */
export interface FurtherExporter {
  readonly exporterId: string;
  /** The region whose server it writes to. Absent where that is in neither region. */
  readonly regionId?: number;
}

/** @internal */
export function recoveryTopology(topology: Topology): RecoveryTopology {
  const plan = planOf(topology);
  const { backup, camunda, orchestration, recovery, traffic } = plan.settings;
  const names = kubernetesNames(topology.name);
  const version = plan.version;
  const { zones } = plan;
  const dialect = plan.zonedCluster ?? version;
  const members = clusterMembers(topology);
  const [elasticsearch, gateway] = [Party.ELASTICSEARCH, version.gatewayService.party].map(party =>
    selectorText(podLabels(topology.name, party)),
  );
  return {
    schemaVersion: RECOVERY_SCHEMA_VERSION,
    name: topology.name,
    camundaVersion: camunda.version,
    dialect: { failover: dialect.failover, failback: dialect.failback },
    replicationFactor: camunda.replicationFactor,
    tls: topology.exporters.every(({ url }) => url.startsWith('https:')),
    ...(recovery.recreatedRegion === undefined ? {} : { recreatedRegion: recovery.recreatedRegion }),
    ...(traffic === undefined ? {} : { traffic: { hostName: traffic.hostName } }),
    ports: { management: PORTS.management, rest: PORTS.rest, elasticsearch: PORTS.elasticsearch },
    ...(version.components ? {} : restLogin(topology)),
    regions: topology.regions.map(({ regionId, awsRegion, namespace, brokers }) => ({
      regionId,
      awsRegion,
      namespace,
      ...(plan.zonedCluster ? { zone: zoneOf(zones[regionId]) } : {}),
      brokers: brokers.map(({ brokerId, podName }) => ({ brokerId, podName })),
      statefulSet: plan.brokerStatefulSet(regionId),
      ...members,
      gateway: { service: names.zeebeGateway, selector: gateway },
      elasticsearch: {
        service: FIXED_NAMES.elasticsearchHttp,
        selector: elasticsearch,
        user: userOf(FIXED_NAMES.elasticsearchAdminUser, FIXED_NAMES.elasticsearchAdminSecret, FIXED_NAMES.elasticsearchAdminUser),
      },
      ...(backup.enabled ? { snapshotRepository: failbackRepository(topology, regionId) } : {}),
    })),
    partitions: topology.partitions.map(({ partitionId, replicas }) => ({
      partitionId,
      replicas: replicas.map(({ brokerId }) => brokerId),
    })),
    exporters: plan
      .exporterKinds()
      .flatMap(({ idPrefix, className }) =>
        topology.regions.map(({ regionId }) => ({ exporterId: `${idPrefix}${regionId}`, regionId, kind: className })),
      ),
    ...(orchestration.exporters.length === 0
      ? {}
      : {
          furtherExporters: orchestration.exporters.map(({ exporterId, regionId }) => ({
            exporterId,
            ...(regionId === undefined ? {} : { regionId }),
          })),
        }),
  };
}

function zoneOf({ name, numberOfReplicas, priority }: ClusterZone): RecoveryZone {
  return { name, numberOfReplicas, priority };
}

function restLogin(topology: Topology): Pick<RecoveryTopology, 'restUser' | 'restClient'> {
  const client = clientOf(planOf(topology).settings.users.oidc, 'recovery');
  return client === undefined
    ? { restUser: userOf(FIXED_NAMES.recoveryUser, FIXED_NAMES.camundaUsersSecret, FIXED_NAMES.recoveryPasswordKey) }
    : { restClient: { ...client, secretName: FIXED_NAMES.oidcSecret, key: FIXED_NAMES.oidcKeys.recovery } };
}

/** Apart from Camunda's backups, which are in the same bucket. The client has its name in the other region too. */
function failbackRepository(topology: Topology, regionId: number): SnapshotRepository {
  const { bucket, client } = snapshotStorage(topology, regionId);
  return { type: 's3', settings: { bucket, client, base_path: 'failback' } };
}

function userOf(name: string, secretName: string, key: string): RecoveryUser {
  return { name, secretName, key };
}

function selectorText(labels: { readonly [key: string]: string }): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
