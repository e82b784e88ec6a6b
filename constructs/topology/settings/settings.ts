import { CAMUNDA, type CamundaSettings } from './camunda';
import { CONNECTORS, type ConnectorsSettings } from './connectors';
import { CONTROLLERS, type ControllerSettings } from './controllers';
import { ELASTICSEARCH, type ElasticsearchSettings } from './elasticsearch';
import { EXTRA_FLOW, EXTRA_FLOWS_LIST, type ExtraFlowSettings } from './extra-flows';
import { GATEWAY, type GatewaySettings } from './gateway';
import { HISTORY, type HistorySettings } from './history/history';
import { IMAGES, type ImageSettings } from './images';
import { KUBERNETES, type KubernetesSettings } from './kubernetes';
import { MONITORING, type MonitoringSettings } from './monitoring/monitoring';
import { NODES, type NodeSettings } from './nodes';
import { ORCHESTRATION, type OrchestrationSettings } from './orchestration';
import { PATCH, type PatchSettings } from './patches';
import { RECOVERY, type RecoverySettings } from './recovery';
import { REGION, type RegionSettings } from './regions';
import { REVIEW, type ReviewSettings } from './review';
import { matching, oneOf } from './rows/checks';
import { BROKERS_ROLL, NODES_ROLL, PODS_ROLL, UNNOTICED, fixed, procedure } from './rows/later';
import type { EntryCheck, Rows } from './rows/row';
import { isTextOf } from './rows/value-kinds';
import { BACKUP, type BackupSettings } from './storage/backup';
import { DOCUMENTS, type DocumentSettings } from './storage/documents';
import { TLS, type TlsSettings } from './tls';
import { TRAFFIC, TRAFFIC_LATER, type TrafficSettings } from './traffic/traffic';
import { USERS, type UsersSettings } from './users/users';
import { OPERATE, TASKLIST, type WebApplicationSettings } from './web-application';

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
   * @default - sized for their partitions
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
   * How long Elasticsearch keeps what has ended, and how it gets there. The same in both regions.
   *
   * @default - 30 days
   */
  readonly history?: HistorySettings;

  /**
   * Who may use Camunda, and what for, from 8.8 on.
   *
   * @default - users of Camunda's own: an administrator, one for Connectors, one for recoveries
   */
  readonly users?: UsersSettings;

  /**
   * The EKS clusters.
   *
   * @default - Kubernetes 1.36 with a private endpoint
   */
  readonly kubernetes?: KubernetesSettings;

  /**
   * The nodes of the EKS clusters.
   *
   * @default - as many as the pods need: two m6i.xlarge in each of three zones for 8 brokers
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
   * Where documents are kept.
   *
   * @default - in memory: they are lost when their broker restarts
   */
  readonly documents?: DocumentSettings;

  /**
   * Traffic that is admitted beside what Camunda needs: exactly what is said, in network policies and security groups.
   *
   * @default - none
   */
  readonly extraFlows?: ExtraFlowSettings[];

  /**
   * Metrics and alerts, for those who have Prometheus with its operator in both clusters.
   *
   * @default - nothing is collected
   */
  readonly monitoring?: MonitoringSettings;

  /**
   * Encryption between the parts of the deployment, with certificates of a private authority that both regions share.
   *
   * @default - everything that can be encrypted is
   */
  readonly tls?: TlsSettings;

  /**
   * How users and job workers reach Camunda from outside of the clusters.
   *
   * @default - not at all: nothing is opened
   */
  readonly traffic?: TrafficSettings;

  /**
   * A region that was lost and is being recreated. Leave it out in normal operation.
   *
   * @default - none: both regions run everything
   */
  readonly recovery?: RecoverySettings;

  /**
   * What `camunda-dual-region review` is told about this deployment. It changes nothing that is deployed.
   *
   * @default - nothing: every dangerous change fails a review
   */
  readonly review?: ReviewSettings;

  /**
   * The round-trip time between both regions that you have measured and accept, in milliseconds. Needed when the
   * regions are more than 100 ms apart: Camunda's limit up to 8.8, its guideline from 8.9 on. Every command waits for it.
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
   * Tags of every AWS resource but node groups, at most 42. Nodes, their volumes and network interfaces get them from the launch template:
   * a change replaces the nodes of a region, one after the other. Volumes of pods get those of the day on which they are made.
   *
   * @default - no tags
   */
  readonly tags?: { [key: string]: string };
}

/** `@see` AWS Resource Groups Tagging API reference, Tag */
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

const TAG: EntryCheck = {
  accepts: (key, value) => isTextOf(TAG_KEY, key) && isTextOf(TAG_VALUE, value),
  key: TAG_KEY,
  value: TAG_VALUE,
  requirement:
    "must have a key of 1 to 128 characters that does not start with 'aws:', and a string of at most 256; both of letters, digits, spaces and _ . : / = + - @",
  fix: 'shorten or rename it; put numbers in quotes',
};

/**
 * Controllers find subnets, load balancers and volumes by tags that begin so, and the EBS CSI driver does not start with them.
 *
 * @see Amazon EKS user guide, tagging
 * @see aws-ebs-csi-driver, validateExtraTags
 */
const OWNED_TAG =
  /^(Name|KubernetesCluster|CSIVolumeName|CSIVolumeSnapshotName)$|^kubernetes\.io|[./]kubernetes\.io\/|^ebs\.csi\.aws\.com\//;

const OWN_TAG: EntryCheck = {
  // The driver is told of tags in one line, where the first equals sign ends the key.
  accepts: key => !OWNED_TAG.test(key) && !key.includes('='),
  requirement: "must not be 'Name', nor a key of Kubernetes or of the EBS CSI driver, which find resources by those, and have no '='",
  fix: "use a key of your own, for example 'team'",
};

/** The page about a region that is made anew. */
const RECREATE = 'recovery.md';

/** AWS takes 50 on a resource. The volume of a pod has eight of the EBS CSI driver, more than any other resource. */
const MAX_TAGS = 42;

/** From there on the brokers do the work of components that have pods of their own before. */
const UNTIL_ONE_PROCESS = { version: '8.8', instead: 'orchestration' } as const;

/**
 * Every setting there is.
 *
 * @internal
 */
export const SETTINGS = {
  name: {
    kind: 'string',
    default: 'camunda',
    later: fixed('Every stack and object has it in its name: another deployment is made beside the running one, with the same ranges.'),
    checks: [
      // With the longest suffix that a workload adds, names of pods and their labels stay within 63 characters.
      matching(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
        rule: 'name',
        requirement: 'must be 1 to 20 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
        fix: "choose a name like 'camunda'",
      }),
    ],
  },
  activeRegion: {
    kind: 'integer',
    default: 0,
    later: UNNOTICED,
    checks: [
      oneOf([0, 1], {
        rule: 'active-region',
        requirement: 'must be 0 or 1',
        fix: 'name the position in the list of regions, not the AWS region',
      }),
    ],
  },
  regions: {
    kind: 'list',
    required: true,
    rows: REGION,
    later: fixed('The order decides the node ids, and a region is what holds the data.', RECREATE),
    length: 2,
    list: { rule: 'region-count', requirement: 'must list exactly two regions', fix: 'describe region 0 and region 1, in this order' },
  },
  camunda: { kind: 'section', rows: CAMUNDA, later: procedure('upgrade.md') },
  orchestration: { kind: 'section', rows: ORCHESTRATION, later: BROKERS_ROLL },
  gateway: { kind: 'section', rows: GATEWAY, until: UNTIL_ONE_PROCESS, later: PODS_ROLL },
  operate: { kind: 'section', rows: OPERATE, until: UNTIL_ONE_PROCESS, later: PODS_ROLL },
  tasklist: { kind: 'section', rows: TASKLIST, until: UNTIL_ONE_PROCESS, later: PODS_ROLL },
  connectors: { kind: 'section', rows: CONNECTORS, later: PODS_ROLL },
  elasticsearch: { kind: 'section', rows: ELASTICSEARCH, later: PODS_ROLL },
  history: { kind: 'section', rows: HISTORY, later: { ...BROKERS_ROLL, page: 'history.md' } },
  users: {
    kind: 'section',
    rows: USERS,
    later: { ...BROKERS_ROLL, note: 'Camunda makes what is new, and changes and deletes nothing that it has.', page: 'users.md' },
  },
  kubernetes: { kind: 'section', rows: KUBERNETES, later: UNNOTICED },
  nodes: { kind: 'section', rows: NODES, later: NODES_ROLL },
  images: { kind: 'section', rows: IMAGES, later: BROKERS_ROLL },
  controllers: { kind: 'section', rows: CONTROLLERS, later: PODS_ROLL },
  backup: { kind: 'section', rows: BACKUP, later: UNNOTICED },
  documents: { kind: 'section', rows: DOCUMENTS, later: procedure('documents.md') },
  extraFlows: { kind: 'list', default: [], rows: EXTRA_FLOW, later: UNNOTICED, ...EXTRA_FLOWS_LIST },
  monitoring: { kind: 'section', rows: MONITORING, later: UNNOTICED },
  tls: { kind: 'section', rows: TLS, later: procedure('changes.md') },
  traffic: { kind: 'section', optional: true, rows: TRAFFIC, later: TRAFFIC_LATER },
  recovery: { kind: 'section', rows: RECOVERY, later: procedure('recovery.md') },
  review: { kind: 'section', rows: REVIEW, later: UNNOTICED },
  acknowledgedRoundTripMs: {
    kind: 'number',
    default: 0,
    later: UNNOTICED,
    checks: [
      {
        rule: 'round-trip-acknowledged',
        accepts: value => typeof value === 'number' && Number.isFinite(value) && value >= 0,
        requirement: 'must be a number of milliseconds, 0 or more',
        fix: 'write the time that you measured between both regions, for example 120',
      },
    ],
    min: 0,
  },
  retainVolumes: {
    kind: 'boolean',
    default: true,
    later: fixed(
      'Kubernetes refuses to change a storage class. Volumes are kept one by one: set the reclaim policy of each PersistentVolume.',
    ),
  },
  patches: {
    kind: 'list',
    default: [],
    rows: PATCH,
    later: procedure('escape-hatches.md', 'It does what the patched field does, and the review says it.'),
    list: { rule: 'patch', requirement: 'must be a list', fix: 'leave it out for no patches' },
    entryFix: 'name kind, name and operations',
  },
  tags: {
    kind: 'map',
    default: {},
    later: NODES_ROLL,
    map: { rule: 'tag', requirement: 'must be a mapping of keys to texts', fix: 'leave it out for no tags' },
    max: MAX_TAGS,
    checks: [TAG, OWN_TAG],
  },
} as const satisfies Rows<DualRegionSettings>;
