import type { BackupSettings } from './backup-settings';
import type { GatewaySettings, RecoverySettings, WebApplicationSettings } from './component-settings';
import type { ControllerSettings, ImageSettings } from './delivery-settings';
import type { ExistingVpcSettings } from './existing-vpc-settings';
import type { KubernetesSettings, NodeSettings } from './platform-settings';
import type { PatchSettings, PodSettings } from './pod-settings';
import type { ResourceSettings } from './resource-settings';
import type { ReviewSettings } from './review-settings';
import type { TlsSettings } from './tls-settings';

/** What a dual-region deployment of Camunda 8 looks like. Everything else follows from it. */
export interface DualRegionSettings {
  /**
   * Prefix of the stacks, and Camunda's release name in both clusters. 1 to 20 lower-case letters, digits and hyphens,
   * starting with a letter.
   *
   * @default 'camunda'
   */
  readonly name?: string;

  /**
   * The region that user traffic goes to, 0 or 1.
   *
   * @default 0
   */
  readonly activeRegion?: number;

  /** Region 0 and region 1, in this order. The order decides node ids and must never change. */
  readonly regions: RegionSettings[];

  /**
   * The Zeebe cluster that spans both regions.
   *
   * @default - Camunda 8.9 with 8 brokers, 8 partitions and replication factor 4
   */
  readonly camunda?: CamundaSettings;

  /**
   * The pods of the brokers. From 8.8 on they run gateway, Operate and Tasklist too.
   *
   * @default - sized for 8 brokers on m6i.xlarge nodes
   */
  readonly orchestration?: OrchestrationSettings;

  /**
   * The gateways, where they have pods of their own: in 8.7.
   *
   * @default - two replicas in each region
   */
  readonly gateway?: GatewaySettings;

  /**
   * Operate, where it has a pod of its own: in 8.7.
   *
   * @default - one replica in each region
   */
  readonly operate?: WebApplicationSettings;

  /**
   * Tasklist, where it has a pod of its own: in 8.7.
   *
   * @default - one replica in each region
   */
  readonly tasklist?: WebApplicationSettings;

  /**
   * Camunda Connectors.
   *
   * @default - one replica in each region
   */
  readonly connectors?: ConnectorsSettings;

  /**
   * Elasticsearch, one cluster in each region.
   *
   * @default - three nodes in each region
   */
  readonly elasticsearch?: ElasticsearchSettings;

  /**
   * The EKS clusters.
   *
   * @default - Kubernetes 1.36 with a private endpoint
   */
  readonly kubernetes?: KubernetesSettings;

  /**
   * The nodes of the EKS clusters.
   *
   * @default - two m6i.xlarge in each of three zones
   */
  readonly nodes?: NodeSettings;

  /**
   * Where container images come from.
   *
   * @default - the publishers' registries
   */
  readonly images?: ImageSettings;

  /**
   * The Helm charts that are installed beside Camunda.
   *
   * @default - pinned versions from the publishers' repositories
   */
  readonly controllers?: ControllerSettings;

  /**
   * Snapshots of Elasticsearch, which a failback needs.
   *
   * @default - a bucket in each region, copied to the other one and kept
   */
  readonly backup?: BackupSettings;

  /**
   * Encryption between the parts of the deployment, with certificates of a private authority that both regions share.
   *
   * @default - everything that can be encrypted is
   */
  readonly tls?: TlsSettings;

  /**
   * A region that was lost and is being recreated. Leave it out in normal operation.
   *
   * @default - none: both regions run everything
   */
  readonly recovery?: RecoverySettings;

  /**
   * What `npm run review` is told about this deployment. It changes nothing that is deployed.
   *
   * @default - nothing: every dangerous change fails a review
   */
  readonly review?: ReviewSettings;

  /**
   * The round-trip time between both regions that you have measured and accept, in milliseconds. Needed when the
   * regions are more than 100 ms apart.
   *
   * @default - 100 ms are accepted
   */
  readonly acknowledgedRoundTripMs?: number;

  /**
   * Whether the volumes of brokers and Elasticsearch outlive the deployment. Turn it off for test set-ups only, and before the
   * first deployment: a storage class cannot be changed later.
   *
   * @default true
   */
  readonly retainVolumes?: boolean;

  /**
   * Changes to rendered Kubernetes objects, for what no setting offers. One that cannot be applied is an error.
   *
   * @default - no changes
   */
  readonly patches?: PatchSettings[];

  /**
   * Tags of every AWS resource.
   *
   * @default - no tags
   */
  readonly tags?: { [key: string]: string };
}

/** One of the two regions. */
export interface RegionSettings {
  /** The AWS region, for example `eu-west-2`. */
  readonly awsRegion: string;

  /** Range of the VPC, private, /16 to /22. Must overlap none of the other three ranges. */
  readonly vpcCidr: string;

  /**
   * A VPC of yours that this region is put into.
   *
   * @default - a VPC is made
   */
  readonly existingVpc?: ExistingVpcSettings;

  /** Range of the Kubernetes Services, private, /12 to /24. Must overlap none of the other three ranges. */
  readonly serviceCidr: string;

  /**
   * Kubernetes namespace of Camunda. Must differ between the regions, because DNS forwarding is per namespace.
   */
  readonly namespace: string;

  /**
   * AWS account.
   *
   * @default - the account of the credentials that deploy
   */
  readonly account?: string;

  /**
   * Three availability zones by name. State them where EKS does not run in every zone.
   *
   * @default - the first three zones of the AWS region
   */
  readonly availabilityZones?: string[];

  /**
   * Patch of Camunda that this region runs, all three numbers. For an upgrade of one region after the other: leave it out when
   * both run the same.
   *
   * @default - the tag in `images`, or the patch that this version of the library was made for
   */
  readonly camundaPatch?: string;
}

/** The Zeebe cluster that spans both regions. */
export interface CamundaSettings {
  /**
   * Minor version of Camunda.
   *
   * @default '8.9'
   */
  readonly version?: string;

  /**
   * The older version whose data is being taken over. While it is set, exporters of both versions run, with importer and
   * migration Job. Only `8.7`, and only with version `8.8`.
   *
   * @default - none: no migration
   */
  readonly migratingFrom?: string;

  /**
   * Number of brokers over both regions together. Must be even and at least 4: each region runs half of them.
   *
   * @default 8
   */
  readonly clusterSize?: number;

  /**
   * Number of partitions, at least 1. Can be raised later, never lowered.
   *
   * @default - the cluster size
   */
  readonly partitionCount?: number;

  /**
   * Number of replicas of each partition. Must be 4: two in each region.
   *
   * @default 4
   */
  readonly replicationFactor?: number;

  /**
   * Name of the secret in AWS Secrets Manager whose whole text is your licence key. You make it in both AWS regions, under
   * the same name.
   *
   * @default - no licence key
   */
  readonly licenseSecretName?: string;
}

/** The pods of the brokers. From 8.8 on they run gateway, Operate and Tasklist too. */
export interface OrchestrationSettings {
  /**
   * What each pod asks for.
   *
   * @default - 1000 millis CPU (limit 2000), 7168 MiB
   */
  readonly resources?: ResourceSettings;

  /**
   * Size of each broker's volume, in gibibytes. Cannot be changed in place.
   *
   * @default 32
   */
  readonly volumeGiB?: number;

  /**
   * How long a starting broker waits for the names of all brokers to resolve before it starts anyway, in seconds.
   *
   * @default 180
   */
  readonly dnsGateTimeoutSeconds?: number;

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

/** Camunda Connectors. */
export interface ConnectorsSettings {
  /**
   * Whether Connectors run at all.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Number of pods in each region.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Whether webhooks and polling start and continue processes. Without it, Connectors only do what processes ask for.
   *
   * @default true
   */
  readonly inbound?: boolean;

  /**
   * What each pod asks for.
   *
   * @default - 1000 millis CPU (limit 2000), 2048 MiB
   */
  readonly resources?: ResourceSettings;

  /**
   * What the pods get beside what this library gives them.
   *
   * @default - nothing
   */
  readonly pod?: PodSettings;
}

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
   * @default - 1000 millis CPU (limit 2000), 4096 MiB
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
