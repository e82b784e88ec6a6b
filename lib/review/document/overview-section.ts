import type { DeploymentPlan } from '../../../constructs/topology/deployment-plan';
import { planOf } from '../../../constructs/topology/plan-of';
import { areInS3 } from '../../../constructs/topology/settings/storage/documents';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { monthOfMeasurement } from '../../../constructs/topology/versions/round-trip';
import { roundTripVerdict } from '../round-trip-verdict';
import { counted, toned, toneOf } from './cells';
import { isOlderThanAYear } from './dates';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

/**
 * What the deployment is, where, and what the rules have to say about it.
 *
 * @internal
 */
export function overviewSection(topology: Topology, today: Date): ReviewSection {
  const { name, regions, warnings } = topology;
  const { settings } = planOf(topology);
  const tables = [deploymentTable(topology), regionTable(topology), distanceTable(topology, today), ...warningTable(topology)];
  return {
    id: 'overview',
    title: 'Overview',
    summary:
      `Camunda ${settings.camunda.version} '${name}' as one cluster over ${regions.map(({ awsRegion }) => awsRegion).join(' and ')}, ` +
      `with ${counted(warnings.length, 'warning')}.`,
    tone: toneOf(tables),
    tables,
  };
}

function deploymentTable(topology: Topology): ReviewTable {
  const { camunda, nodes, elasticsearch, tls, backup, documents, recovery } = planOf(topology).settings;
  const rows: Cell[][] = [
    ['Camunda', `${camunda.version}, image ${imagesText(topology)}`],
    ['Kubernetes', `${planOf(topology).kubernetesVersions().join(' and ')} on Amazon EKS`],
    ['brokers', `${camunda.clusterSize}, ${camunda.clusterSize / 2} in each region`],
    ['partitions', `${camunda.partitionCount}, with ${camunda.replicationFactor} replicas each, two in each region`],
    ['user traffic', trafficText(topology)],
    ['Elasticsearch', `${counted(elasticsearch.nodesPerRegion, 'node')} in each region; every broker exports to both`],
    ['nodes', `${3 * nodes.perZone} x ${nodes.instanceType} in each region, ${nodes.perZone} in each of three zones`],
    ['encryption', tlsText(tls)],
    ['snapshots', backup.enabled ? 'a bucket in each region, copied to the other one' : toned('none', 'warning')],
    ['documents', documentsText(documents)],
  ];
  if (recovery.recreatedRegion !== undefined) {
    rows.push([
      'recovery',
      toned(`region ${recovery.recreatedRegion} is being recreated: Operate and Tasklist run in neither region`, 'warning'),
    ]);
  }
  if (camunda.migratingFrom !== undefined) {
    rows.push(['migration', toned(`data of ${camunda.migratingFrom} is being taken over`, 'warning')]);
  }
  return { columns: ['what', 'value'], rows };
}

function documentsText(documents: DeploymentPlan['settings']['documents']): string {
  const { deleteAfterDays } = documents;
  if (!areInS3(documents)) return 'in memory, until their broker restarts';
  const age = deleteAfterDays === undefined ? 'kept until somebody deletes them' : `deleted after ${counted(deleteAfterDays, 'day')}`;
  return `a bucket in each region, copied both ways; ${age}`;
}

function imagesText(topology: Topology): string {
  const plan = planOf(topology);
  const images = topology.regions.map(({ regionId }) => plan.camundaImage(plan.version.images.camunda, regionId));
  return [...new Set(images)].join(' and ');
}

function trafficText(topology: Topology): string {
  const { activeRegion } = topology;
  const { version } = planOf(topology);
  return `to region ${activeRegion}${version.supports.activeActive ? ', and may go to both' : ' only'}`;
}

function tlsText({ enabled, betweenBrokers }: DeploymentPlan['settings']['tls']): Cell {
  if (!enabled) return toned('off: nothing is encrypted', 'warning');
  return `Elasticsearch and gateway${betweenBrokers ? ', and brokers among themselves' : ', not between brokers'}`;
}

function regionTable(topology: Topology): ReviewTable {
  return {
    title: 'Regions',
    columns: ['region', 'AWS region', 'account', 'namespace', 'VPC', 'Services', 'zones', 'brokers'],
    rows: topology.regions.map(region => [
      `${region.regionId}${region.regionId === topology.activeRegion ? ' (active)' : ''}`,
      region.awsRegion,
      region.account ?? 'that of the credentials',
      region.namespace,
      region.existingVpc ? `${region.vpcCidr}, existing ${region.existingVpc.vpcId}` : region.vpcCidr,
      region.serviceCidr,
      zonesText(region),
      region.brokers.map(({ brokerId }) => brokerId).join(' '),
    ]),
  };
}

function zonesText({ availabilityZones }: RegionTopology): string {
  return availabilityZones?.join(' ') ?? 'the first three';
}

function distanceTable(topology: Topology, today: Date): ReviewTable {
  const { milliseconds } = topology.roundTrip;
  const { text, tone } = roundTripVerdict(topology);
  return {
    title: 'Round trip between the regions',
    columns: ['round trip', 'verdict', 'source'],
    rows: [[milliseconds === undefined ? 'not known' : `${milliseconds} ms`, toned(text, tone), sourceCell(topology, today)]],
    notes: ['Every command waits for at least one broker of the other region. Measure from your own networks before you rely on a table.'],
  };
}

function sourceCell({ roundTrip }: Topology, today: Date): Cell {
  const { source } = roundTrip;
  if (source === undefined) return 'no measurement is known here';
  const month = monthOfMeasurement(roundTrip);
  if (month === undefined) return toned(`${source}: it may be old, measure it yourself`, 'warning');
  return isOlderThanAYear(month, today)
    ? toned(`${source}: a figure of ${month} is older than a year, measure it yourself`, 'warning')
    : source;
}

function warningTable({ warnings }: Topology): ReviewTable[] {
  if (warnings.length === 0) return [];
  return [
    {
      title: 'Warnings',
      columns: ['rule', 'setting', 'value', 'says', 'what to do'],
      explanations: ['says', 'what to do'],
      rows: warnings.map(({ rule, setting, value, requirement, fix }) => [toned(rule, 'warning'), setting, value, requirement, fix]),
    },
  ];
}
