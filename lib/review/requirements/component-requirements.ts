import { kubernetesNames } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import { areInS3 } from '../../../constructs/topology/settings/storage/documents';
import type { Topology } from '../../../constructs/topology/topology';
import { counted } from '../document/cells';
import { objectsIn, textIn, type Rendered } from '../rendered';
import { inBothRegions, manifestPlace, met, notMet, PAGES, questionable, stackPlace, yours, type Requirement } from './requirement';

const SNAPSHOT_STACKS = ['Snapshots', 'PeerSnapshots', 'SnapshotCopies0', 'SnapshotCopies1'];

function keepsDocuments(topology: Topology): boolean {
  return areInS3(planOf(topology).settings.documents);
}

/**
 * About components that two regions support, and those that they do not.
 *
 * @internal
 */
export const COMPONENT_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'one-active-region',
    demand: 'Users go to one region at a time, unless the version supports both.',
    page: PAGES.concept,
    enforcedBy: 'setting activeRegion, and rule traffic-weighted; without traffic, the route to it is yours',
    place: topology => (planOf(topology).settings.traffic ? stackPlace('Records', 'PeerRecords')(topology) : 'your DNS or load balancer'),
    judge: ({ topology }) => {
      const { settings, version } = planOf(topology);
      const { supports, minor } = version;
      if (settings.traffic?.policy === 'failover') return met(`records lead to region ${topology.activeRegion} while it answers`);
      if (settings.traffic) return met('records lead to both regions, which the v2 API supports');
      return yours(
        supports.activeActive
          ? `may go to both with the v2 API; region ${topology.activeRegion} is the active one`
          : `route users to region ${topology.activeRegion} only: ${minor} has no active-active Operate and Tasklist`,
      );
    },
  },
  {
    id: 'single-web-applications',
    demand: 'Where Operate and Tasklist have pods of their own, each has exactly one in a region.',
    page: PAGES.concept,
    enforcedBy: 'WebApplicationChart: no setting changes it',
    place: topology => (planOf(topology).version.components ? manifestPlace('44-operate')() : 'in the pods of the brokers'),
    judge: ({ topology, rendered }) => {
      const { settings, version } = planOf(topology);
      if (!version.components) return met(`${version.minor} runs them in every broker`);
      const { operate, tasklist } = kubernetesNames(topology.name);
      const recreated = settings.recovery.recreatedRegion;
      return inBothRegions(
        topology,
        regionId => regionId === recreated || [operate, tasklist].every(name => (deploymentReplicas(rendered, regionId, name) ?? 0) <= 1),
        'one each',
        'more than one',
      );
    },
  },
  {
    id: 'elasticsearch-only',
    demand: 'Elasticsearch is the secondary storage. OpenSearch and relational databases are not supported in two regions.',
    page: PAGES.concept,
    enforcedBy: 'ElasticsearchChart: there is no other choice',
    place: manifestPlace('30-elasticsearch'),
    judge: ({ topology, rendered }) =>
      inBothRegions(
        topology,
        regionId =>
          objectsIn(rendered, regionId).some(({ kind }) => kind === 'Elasticsearch') &&
          !mentions(imagesIn(rendered, regionId), 'opensearch'),
        'one Elasticsearch cluster in each region',
        'no Elasticsearch',
      ),
  },
  {
    id: 'elasticsearch-version',
    demand: 'Elasticsearch is of a version that this version of Camunda supports.',
    page: PAGES.environments,
    rules: ['elasticsearch-version'],
    place: manifestPlace('30-elasticsearch'),
    judge: ({ topology }) => {
      const { settings, version: release } = planOf(topology);
      const tag = settings.images.elasticsearchTag ?? release.images.elasticsearch.tag;
      const [major, minor] = tag.split('.').map(Number);
      const supported = release.elasticsearchVersions.some(version => version.major === major && version.oldestMinor <= minor);
      return supported ? met(tag) : notMet(`${tag} is not`);
    },
  },
  {
    id: 'no-optimize',
    demand: 'Optimize is not supported with two regions up to 8.9. From 8.10 on it runs in one region, beside the cluster.',
    page: PAGES.concept,
    enforcedBy: 'there is no setting for it',
    place: () => 'nowhere: there is no such image',
    judge: ({ topology, rendered }) =>
      inBothRegions(topology, regionId => !mentions(imagesIn(rendered, regionId), 'optimize'), 'not deployed', 'Optimize is deployed'),
  },
  {
    id: 'no-management-identity',
    demand:
      'Management Identity and Keycloak are not supported with two regions up to 8.9. From 8.10 on they run in one region, beside the cluster.',
    page: PAGES.concept,
    enforcedBy: 'there is no setting for them',
    place: () => 'nowhere: there is no such image',
    judge: ({ topology, rendered }) =>
      inBothRegions(
        topology,
        regionId => !mentions(imagesIn(rendered, regionId), 'camunda/identity') && !mentions(imagesIn(rendered, regionId), 'keycloak'),
        'not deployed',
        'Management Identity or Keycloak is deployed',
      ),
  },
  {
    id: 'idempotent-connectors',
    demand: 'Connectors run in each region, so what they call must bear being called twice.',
    page: PAGES.concept,
    enforcedBy: 'ConnectorsChart, one Deployment in each region',
    place: manifestPlace('50-connectors'),
    judge: ({ topology }) =>
      planOf(topology).settings.connectors.enabled
        ? yours('look at the services that your processes call')
        : met('no Connectors are deployed'),
  },
  {
    id: 'disks',
    demand: 'Brokers have SSD volumes with at least 1,000 IOPS.',
    page: PAGES.environments,
    enforcedBy: 'FoundationChart',
    place: manifestPlace('00-foundation'),
    judge: ({ topology, rendered }) =>
      inBothRegions(
        topology,
        regionId => {
          const [storage] = objectsIn(rendered, regionId).filter(({ kind }) => kind === 'StorageClass');
          const { type, iops } = (storage?.object.parameters ?? {}) as { readonly type?: string; readonly iops?: string };
          return type === 'gp3' && Number(iops ?? 3000) >= 1000;
        },
        'gp3 with 3,000 IOPS',
        'another kind of volume',
      ),
  },
  {
    id: 'snapshots',
    demand: 'A failback restores a snapshot of Elasticsearch, which must survive the loss of a region.',
    page: PAGES.operations,
    rules: ['backup-disabled'],
    enforcedBy: 'SnapshotBucket, ReplicationRole',
    place: stackPlace(...SNAPSHOT_STACKS),
    judge: ({ topology, rendered }) => {
      if (!planOf(topology).settings.backup.enabled) return questionable('backup is off: register a repository of your own');
      const names = SNAPSHOT_STACKS.map(id => `${topology.name}-${id}`);
      const buckets = rendered.stacks
        .filter(({ stackName }) => names.includes(stackName))
        .flatMap(({ template }) => Object.values(template.Resources ?? {}))
        .filter(({ Type }) => Type === 'AWS::S3::Bucket');
      return buckets.length === 4
        ? met('a bucket in each region, copied to the other one')
        : notMet(`${counted(buckets.length, 'bucket')} instead of 4`);
    },
  },
  {
    id: 'documents',
    demand: 'Documents are kept outside of the pods: memory is not meant for production.',
    page: PAGES.documents,
    rules: ['document-version'],
    enforcedBy: 'DocumentBucket, BucketCopies',
    place: topology => (keepsDocuments(topology) ? stackPlace('Documents0', 'Documents1')(topology) : 'the pods of Camunda'),
    judge: ({ topology }) =>
      keepsDocuments(topology)
        ? met('in S3, a bucket in each region, copied both ways')
        : yours("in memory: fine while no process takes files, else set 'documents.store'"),
  },
  {
    id: 'maintained-version',
    demand: 'Camunda maintains the version.',
    page: PAGES.environments,
    rules: ['version-support'],
    place: () => 'section Versions',
    judge: ({ topology }) => {
      const { minor, supportedUntil } = planOf(topology).version;
      return topology.warnings.some(({ rule, setting }) => rule === 'version-support' && setting === 'camunda.version')
        ? questionable(`standard support of ${minor} ended on ${supportedUntil.value}`)
        : met(`until ${supportedUntil.value}`);
    },
  },
];

/** About who does what, which no template shows. */
export const OPERATION_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'one-region-at-a-time',
    demand: 'Upgrades and restarts go one region and one broker at a time.',
    page: PAGES.concept,
    enforcedBy: 'PodDisruptionBudget and rolling updates in a region; the order of regions is yours',
    place: manifestPlace('40-orchestration'),
    judge: ({ topology, rendered }) =>
      topology.regions.every(({ regionId }) => textIn(rendered, regionId, '40-orchestration').includes('PodDisruptionBudget'))
        ? yours("deploy 'Camunda/*0', wait for all brokers, then 'Camunda/*1'")
        : notMet('a PodDisruptionBudget is missing'),
  },
  {
    id: 'recovery-rehearsed',
    demand: 'The operational procedure is known and rehearsed before it is needed.',
    page: PAGES.operations,
    enforcedBy: 'the recovery program, and the runbook made from the same plans',
    place: topology => `docs/recovery.md, docs/runbook/${planOf(topology).version.minor}.md`,
    judge: () => yours('have a drill, and keep its report'),
  },
  {
    id: 'camunda-review',
    demand: 'Camunda asks for a review of configuration and runbooks of a set-up over several regions before it fully supports it.',
    page: PAGES.concept,
    enforcedBy: 'this document',
    place: topology => `review.html, review.json, docs/runbook/${planOf(topology).version.minor}.md`,
    judge: () => yours('hand this document over, with the runbook and the report of a drill'),
  },
];

function deploymentReplicas(rendered: Rendered, regionId: number, name: string): number | undefined {
  const deployment = objectsIn(rendered, regionId).find(object => object.kind === 'Deployment' && object.name === name);
  return (deployment?.object.spec as { readonly replicas?: number } | undefined)?.replicas;
}

/** Images of all containers, and nothing else that may be called alike. */
function imagesIn(rendered: Rendered, regionId: number): string[] {
  return objectsIn(rendered, regionId).flatMap(({ object }) => imagesOf(object));
}

function imagesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (key === 'image' && typeof member === 'string' ? [member] : imagesOf(member)));
}

function mentions(images: readonly string[], part: string): boolean {
  return images.some(image => image.includes(part));
}
