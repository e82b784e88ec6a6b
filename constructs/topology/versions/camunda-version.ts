import type { Flow, Party } from '../plan/flows/flows';
import type { BrokerTls, TlsSettingNames } from '../plan/tls';
import type { ConnectorsRuntime } from './connectors-runtime';
import type { SupportEnd } from './dated-fact';
import type { ExporterKind } from './exporter-kinds';
import type { HistoryNames } from './history-names';
import type { DocumentRuntime, SettingNames } from './setting-names';
import type { UsersRuntime } from './users/users-runtime';

/**
 * Everything that differs between minor versions of Camunda. A new version is a new table, never a new condition in a
 * chart.
 *
 * @internal
 */
export interface CamundaVersion {
  readonly minor: string;
  readonly architecture: Architecture;
  /** End of standard support. */
  readonly supportedUntil: SupportEnd;
  readonly images: {
    /** What the brokers run. */
    readonly camunda: ImageReference;
    readonly connectors: ImageReference;
    readonly elasticsearch: ImageReference;
  };
  /** Oldest supported minor of each major version of Elasticsearch. */
  readonly elasticsearchVersions: readonly { readonly major: number; readonly oldestMinor: number }[];
  readonly exporter: ExporterKind;
  readonly contactPoints: ContactPointForm;
  readonly flows: readonly Flow[];
  readonly orchestration: OrchestrationRuntime;
  readonly gatewayService: GatewayService;
  readonly settingNames: SettingNames;
  readonly history: {
    /** Settings of the brokers. */
    readonly brokers: HistoryNames;
    /** Settings of Operate and Tasklist, within their prefix. */
    readonly applications: HistoryNames;
    /** Days that a dated index may hold: those of one unit of time. Any number where it is absent. */
    readonly indexDays?: readonly number[];
  };
  readonly tls: {
    /** Of the gateway's gRPC port. */
    readonly gateway: TlsSettingNames;
    /** Of what brokers send each other. None where pods join by their address, for which no certificate can be made beforehand. */
    readonly betweenBrokers?: BrokerTls;
  };
  /** Settings of the brokers that only this version has, by path. */
  readonly fixedSettings: { readonly [path: string]: string | number | boolean };
  /** How it is told where documents are kept. */
  readonly documents: DocumentRuntime;
  readonly connectors: ConnectorsRuntime;
  /** How it is told of users. None where Operate and Tasklist have users of their own. */
  readonly users?: UsersRuntime;
  /** The workloads that have pods of their own beside the brokers. */
  readonly components?: Components;
  /** How data of an older version is taken over, where that takes more than new images. */
  readonly migration?: MigrationRuntime;
  /** Variables of the brokers of a region that is being recreated, until its data is restored. */
  readonly recreatedEnvironment: { readonly [variable: string]: string };
  readonly failover: FailoverDialect;
  readonly failback: FailbackDialect;
  /** What is different where brokers form zones. Absent in versions without zones. */
  readonly zones?: ZonedCluster;
  readonly supports: {
    /** Whether user traffic may go to both regions at once. */
    readonly activeActive: boolean;
    /** Whether brokers and partitions can be added to a running cluster. */
    readonly scaling: boolean;
    /** Whether Camunda's images for Graviton are meant for production. `@see` Camunda 8 docs, Docker images: platform support */
    readonly graviton: boolean;
  };
}

/** @internal */
export enum Architecture {
  /** Brokers, gateways, Operate and Tasklist in pods of their own. */
  COMPONENTS = 'components',
  /** All of them in one process. */
  ORCHESTRATION = 'orchestration',
}

/** @internal */
export enum ContactPointForm {
  /** The full name of every broker. */
  PODS = 'pods',
  /** The headless Service of each region. The dot at the end keeps resolvers from trying their search domains first. */
  SERVICES = 'services',
}

/**
 * How the image of the brokers is started and configured.
 *
 * @internal
 */
export interface OrchestrationRuntime {
  readonly containerName: string;
  readonly ports: readonly NamedPort[];
  /** What the ConfigMap's name has after the common part. */
  readonly configMapSuffix: string;
  readonly configurationFile: string;
  readonly dataFolder: string;
  /** Where the virtual machine reports its own crash, in the data folder. */
  readonly errorFile: string;
  /** Variable that carries the node id from the start-up script into the configuration. */
  readonly nodeIdVariable: string;
  readonly startCommand: string;
  readonly restoreCommand: string;
  /** Spring profiles. */
  readonly profiles: readonly string[];
  /** Those of them that are left out while a region is recreated. */
  readonly webApplicationProfiles: readonly string[];
}

/**
 * The Service that clients use.
 *
 * @internal
 */
export interface GatewayService {
  /** Whose pods it leads to. */
  readonly party: Party;
  readonly ports: readonly NamedPort[];
}

/** @internal */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
}

/** @internal */
export interface Components {
  readonly gateway: { readonly image: ImageReference; readonly configurationFile: string; readonly ports: readonly NamedPort[] };
  readonly operate: WebApplicationRuntime;
  readonly tasklist: WebApplicationRuntime;
}

/**
 * How Operate or Tasklist is started and configured.
 *
 * @internal
 */
export interface WebApplicationRuntime {
  readonly image: ImageReference;
  readonly configurationFile: string;
  /** Brings the indices of an older patch up to date, before the application starts. */
  readonly migrationCommand?: readonly string[];
  readonly readinessTimeoutSeconds: number;
  readonly variables: { readonly [name: string]: string };
  /** Where its settings are. */
  readonly prefix: string;
  /** Settings outside of the prefix. */
  readonly fixedSettings: { readonly [path: string]: string };
  /** Whether it uses the REST API of the gateway beside gRPC. */
  readonly usesRest: boolean;
  /** Users that it makes beside the administrator: how their settings begin. */
  readonly furtherUsers: readonly string[];
}

/** @internal */
export interface MigrationRuntime {
  /** The minor version whose data is taken over. */
  readonly from: string;
  /** Goes on writing what the importer reads. */
  readonly exporter: ExporterKind;
  /** Flows that it needs beside those of the version. */
  readonly flows: readonly Flow[];
  readonly importer: MigrationWorkload;
  readonly job: MigrationWorkload & { readonly command: string };
}

/**
 * Runs the image of the brokers with their configuration, and is told by variables what is different.
 *
 * @internal
 */
export interface MigrationWorkload {
  readonly profiles: readonly string[];
  readonly variables: { readonly [name: string]: string };
  /** Variables about history. */
  readonly history: HistoryNames;
}

/**
 * @see Camunda 8 docs 8.10, zone-aware clusters, cluster settings and management API
 *
 * @internal
 */
export interface ZonedCluster {
  /** Parent of the settings that say how partitions are placed. */
  readonly partitioning: string;
  /** Variable by which a broker knows its zone. */
  readonly zoneVariable: string;
  readonly failover: FailoverDialect;
  readonly failback: FailbackDialect;
}

/**
 * The request that removes the brokers of a lost region, on the management port. `{zone}` in a path stands for the region's zone.
 *
 * @see Camunda 8 docs, dual-region operational procedure
 *
 * @internal
 */
export interface FailoverDialect {
  readonly method: 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  /** Which brokers the body names. None where the path names their zone. */
  readonly names: 'remaining' | 'removed' | 'zone';
}

/**
 * How the brokers of a recreated region come back.
 *
 * @see Camunda 8 docs, dual-region operational procedure
 *
 * @internal
 */
export interface FailbackDialect {
  readonly method: 'PATCH' | 'POST';
  readonly path: string;
  /** Which brokers the body names. None where the path names their zone. */
  readonly names: 'all' | 'added' | 'zone';
  /** When Operate and Tasklist are deployed again: a rollout of brokers needs brokers that have joined. */
  readonly applicationsReturn: 'before-exporters' | 'last';
}

/** @internal */
export interface ImageReference {
  /** Registry that the publisher uses; replaced by a registry of the user's own. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/**
 * The full name of an image. A registry of the user's own replaces the publisher's, and keeps the repository's name.
 *
 * @internal
 */
export function imageName(image: ImageReference, own: { readonly registry?: string; readonly tag?: string }): string {
  return `${own.registry ?? image.registry}/${image.repository}:${own.tag ?? image.tag}`;
}
