import { kubernetesNames } from '../../../constructs/topology/plan/names';
import type { ClusterZone } from '../../../constructs/topology/plan/placement/cluster-zones';
import { unbalancedPartitions } from '../../../constructs/topology/plan/placement/partitions';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import type { CamundaVersion } from '../../../constructs/topology/versions/camunda-version';
import { counted, numbered } from '../document/cells';
import { objectsIn, textIn, type Rendered } from '../rendered';
import { inBothRegions, manifestPlace, met, notMet, PAGES, questionable, yours, type Requirement, type ReviewFacts } from './requirement';

const BROKERS = '40-orchestration';

/**
 * About the brokers as one cluster, and what they export.
 *
 * @internal
 */
export const CLUSTER_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'cluster-size',
    demand: 'The number of brokers is even and at least 4, half of them in each region.',
    page: PAGES.concept,
    rules: ['cluster-size'],
    place: manifestPlace(BROKERS),
    judge: ({ topology, rendered }) => {
      const perRegion = topology.brokers.length / topology.regions.length;
      return inBothRegions(
        topology,
        regionId => brokerReplicas(rendered, regionId, planOf(topology).brokerStatefulSet(regionId)) === perRegion,
        `${counted(topology.brokers.length, 'broker')}, ${perRegion} in each region`,
        `not ${counted(perRegion, 'broker')}`,
      );
    },
  },
  {
    id: 'replication-factor',
    demand: 'The replication factor is 4.',
    page: PAGES.concept,
    rules: ['replication-factor'],
    place: manifestPlace(BROKERS),
    judge: ({ topology }) => {
      const { replicationFactor } = planOf(topology).settings.camunda;
      return replicationFactor === 4 ? met('4') : notMet(`got ${replicationFactor}`);
    },
  },
  {
    id: 'replicas-in-both-regions',
    demand: 'Every partition has two replicas in each region.',
    page: PAGES.concept,
    rules: ['quorum'],
    enforcedBy: 'the rule reads the computed partition table',
    place: manifestPlace(BROKERS),
    judge: ({ topology: { partitions, regions } }) => {
      const unbalanced = unbalancedPartitions(partitions, regions.length, 2);
      if (unbalanced.length === 0) return met(`true of ${counted(partitions.length, 'partition')}`);
      return notMet(
        `not so: ${numbered(
          'partition',
          unbalanced.map(({ partitionId }) => partitionId),
        )}`,
      );
    },
  },
  {
    id: 'node-ids',
    demand: 'Node ids alternate: even ones in region 0, odd ones in region 1. With zones, brokers have the name of their zone.',
    page: PAGES.concept,
    enforcedBy: 'start-up script of OrchestrationChart',
    place: manifestPlace(BROKERS),
    judge: ({ topology, rendered }) => {
      const { version, zones } = planOf(topology);
      const { nodeIdVariable } = version.orchestration;
      if (zones.length > 0) {
        return inBothRegions(
          topology,
          regionId => isZoned(textIn(rendered, regionId, BROKERS), version, zones, regionId),
          `the zones ${zones.map(({ name }) => name).join(' and ')}, and in each the number of the pod`,
          'zone, list of zones and start-up script do not fit together',
        );
      }
      return inBothRegions(
        topology,
        regionId =>
          textIn(rendered, regionId, BROKERS).includes(`${nodeIdVariable}:-$((`) &&
          topology.regions[regionId].brokers.every(({ nodeId }) => nodeId % topology.regions.length === regionId),
        'computed from the name of the pod and the id of the region',
        'the start-up script does not compute them',
      );
    },
  },
  {
    id: 'same-name',
    demand: 'The release, and with it the Zeebe cluster, has the same name in both regions.',
    page: PAGES.eks,
    enforcedBy: 'one setting, name, for both regions',
    place: manifestPlace(BROKERS),
    judge: ({ topology, rendered }) => {
      const plan = planOf(topology);
      const { zeebe } = kubernetesNames(topology.name);
      return inBothRegions(
        topology,
        regionId => brokerReplicas(rendered, regionId, plan.brokerStatefulSet(regionId)) !== undefined,
        zeebe,
        `there is no ${zeebe}`,
      );
    },
  },
  {
    id: 'contact-points',
    demand: 'Every broker knows contact points of both regions.',
    page: PAGES.concept,
    enforcedBy: 'OrchestrationChart',
    place: manifestPlace(BROKERS),
    judge: ({ topology, rendered }) =>
      inBothRegions(
        topology,
        regionId => {
          const text = textIn(rendered, regionId, BROKERS);
          return topology.contactPoints.every(point => text.includes(point));
        },
        `the same ${topology.contactPoints.length} in both regions`,
        'some are missing',
      ),
  },
  {
    id: 'advertised-host',
    demand: 'Brokers advertise a name that the other region resolves.',
    page: PAGES.concept,
    enforcedBy: 'OrchestrationChart',
    place: manifestPlace(BROKERS),
    judge: ({ topology, rendered }) =>
      inBothRegions(
        topology,
        regionId => textIn(rendered, regionId, BROKERS).includes('${K8S_NAMESPACE}.svc.cluster.local'),
        'the full name, with the namespace',
        'the name is not the full one',
      ),
  },
  {
    id: 'exporters-to-both',
    demand: 'Every broker exports to the Elasticsearch of both regions, and nowhere else but where you say.',
    page: PAGES.concept,
    enforcedBy: 'OrchestrationChart; the default exporter is off',
    place: manifestPlace(BROKERS),
    judge: ({ topology, rendered }) =>
      inBothRegions(
        topology,
        regionId => exportsToBoth({ topology, rendered }, regionId),
        exporterIdsOf(topology).join(', '),
        'exporters differ',
      ),
  },
  {
    id: 'partitions-never-fewer',
    demand: 'The number of partitions can grow from 8.9 on, and never shrink.',
    page: PAGES.concept,
    enforcedBy: 'a comparison with what is deployed: review with --base',
    place: manifestPlace(BROKERS),
    judge: ({ topology }) =>
      yours(
        `${counted(topology.partitions.length, 'partition')}; ${planOf(topology).version.supports.scaling ? 'more later' : 'no other number later'}: compare with what is deployed`,
      ),
  },
  {
    id: 'broker-sizing',
    demand: 'A broker has memory and volume for the replicas that land on it.',
    page: PAGES.sizing,
    rules: ['broker-memory', 'broker-page-cache', 'broker-volume'],
    place: manifestPlace(BROKERS),
    judge: ({ topology: { warnings } }) =>
      warnings.some(({ rule }) => rule === 'broker-page-cache')
        ? questionable("little is left for the file system's cache")
        : met('enough for all replicas'),
  },
];

/** Replicas of the brokers' StatefulSet. Undefined if there is none of that name. */
function brokerReplicas(rendered: Rendered, regionId: number, name: string): number | undefined {
  const brokers = objectsIn(rendered, regionId).find(object => object.kind === 'StatefulSet' && object.name === name);
  return (brokers?.object.spec as { readonly replicas?: number } | undefined)?.replicas;
}

/** Whether brokers know all zones and their own, and have the number of their pod. */
function isZoned(text: string, { zones: names, orchestration }: CamundaVersion, zones: readonly ClusterZone[], regionId: number): boolean {
  return (
    text.includes(`${names?.zoneVariable}\nvalue\n${zones[regionId].name}\n`) &&
    text.includes('scheme: ZONE_AWARE') &&
    zones.every(({ name }) => text.includes(`- name: ${name}\n`)) &&
    // The number of the pod, and nothing else.
    new RegExp(`${orchestration.nodeIdVariable}:-\\$\\(\\(\\$\\{\\w+##\\*-\\}\\)\\)`).test(text)
  );
}

/** Those to Elasticsearch, and those of the user. */
function exporterIdsOf(topology: Topology): string[] {
  return [...topology.exporters, ...planOf(topology).settings.orchestration.exporters].map(({ exporterId }) => exporterId);
}

function exportsToBoth({ topology, rendered }: Pick<ReviewFacts, 'topology' | 'rendered'>, regionId: number): boolean {
  const text = textIn(rendered, regionId, BROKERS);
  const configured = text.match(/class-?name: \S+/gi) ?? [];
  return (
    configured.length === exporterIdsOf(topology).length &&
    topology.exporters.every(({ exporterId, url }) => text.includes(exporterId) && text.includes(url))
  );
}
