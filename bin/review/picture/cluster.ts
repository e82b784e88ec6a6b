import { Party } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { Broker } from '../../../constructs/topology/plan/placement/brokers';
import { planOf } from '../../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { centred, chip, chipWidth, column, framed, grid, paragraph, type Block } from './blocks';
import type { LevelRows } from './level-rows';
import { ROW_GAP, type Measures } from './measures';
import { podSection } from './pods';
import { FONTS } from './text-width';
import { brokerTitle, engineWorkloads, furtherWorkloads, zoneNote, type Workload } from './workloads';

/** The cluster of a region, with everything that runs in it. */
export function clusterBlock(
  topology: Topology,
  region: RegionTopology,
  { rows, measures, width, prefix }: { rows: LevelRows; measures: Measures; width: number; prefix: string },
): Block {
  const { boxPadding } = measures;
  const { regionId, serviceCidr } = region;
  const plan = planOf(topology);
  const { nodes } = plan.settings;
  const data = { region: regionId };
  const inner = width - 2 * boxPadding;
  const id = (name: string): string => `${prefix}-region${regionId}-${name}`;
  const title = rows.level(
    'cluster-title',
    column(
      [
        paragraph(`EKS cluster ${topology.name}-region${regionId}`, inner, FONTS.heading),
        paragraph(
          `Kubernetes ${plan.kubernetesOf(regionId).version}, ${nodes.perZone} × ${nodes.instanceType} in each zone`,
          inner,
          FONTS.small,
        ),
        paragraph(`Services ${serviceCidr}`, inner, FONTS.small),
      ],
      1,
    ),
  );
  const namespaceInner = inner - 2 * boxPadding;
  const namespaceTitle = rows.level('namespace-title', paragraph(`Namespace ${region.namespace}`, namespaceInner, FONTS.strong));
  const further = furtherWorkloads(topology);
  const namespace = framed(
    { part: 'namespace', id: id('namespace'), data: { ...data, namespace: region.namespace }, width: inner, padding: boxPadding },
    column(
      [
        namespaceTitle,
        rows.level('engine', engineBlock(topology, region, namespaceInner, boxPadding, id('engine'))),
        ...(further.length > 0 ? [rows.level('further', centred(workloadRow(further, namespaceInner, data)))] : []),
        rows.level('search', searchBlock(topology, region, namespaceInner, boxPadding, id('search'))),
      ],
      ROW_GAP,
    ),
  );
  const dns = rows.level('cluster-dns', workloadRow([{ party: Party.CLUSTER_DNS, text: 'CoreDNS' }], inner, data));
  return framed({ part: 'cluster', id: id('cluster'), data, width, padding: boxPadding }, column([title, namespace, dns], ROW_GAP));
}

/** Ids and pods of a zone have its name in common, which stands above them. */
function brokerText(topology: Topology, { brokerId, nodeId, podName, ordinal }: Broker): { readonly text: string; readonly below: string } {
  const isZoned = planOf(topology).zones.length > 0;
  return isZoned
    ? { text: `broker ${nodeId}`, below: `pod -${ordinal}` }
    : { text: `node ${brokerId}`, below: podName.slice(topology.name.length + 1) };
}

function engineBlock(topology: Topology, region: RegionTopology, width: number, padding: number, id: string): Block {
  const { regionId } = region;
  const workloads = engineWorkloads(topology, regionId);
  return podSection(
    {
      part: 'engine',
      podPart: 'broker',
      id,
      title: brokerTitle(topology, regionId),
      note: zoneNote(topology, regionId),
      pods: region.brokers.map(broker => ({
        ...brokerText(topology, broker),
        data: { region: regionId, 'node-id': broker.brokerId, pod: broker.podName },
      })),
      below: workloads.length > 0 ? [workloadRow(workloads, width - 2 * padding, { region: regionId })] : [],
      data: { region: regionId },
    },
    width,
    padding,
  );
}

function searchBlock(topology: Topology, { regionId }: RegionTopology, width: number, padding: number, id: string): Block {
  const { nodesPerRegion } = planOf(topology).settings.elasticsearch;
  return podSection(
    {
      part: 'search',
      podPart: 'elasticsearch-node',
      id,
      title: 'Elasticsearch',
      pods: Array.from({ length: nodesPerRegion }, (_, ordinal) => ({
        text: `${FIXED_NAMES.elasticsearchNodeSet}-${ordinal}`,
        data: { region: regionId, ordinal },
      })),
      data: { region: regionId },
    },
    width,
    padding,
  );
}

const GAP = 6;

/** Chips of one width, which fill the row as long as all of them fit into one. */
function workloadRow(workloads: readonly Workload[], width: number, data: { readonly region: number }): Block {
  const needed = chipWidth(workloads);
  const filling = (width - (workloads.length - 1) * GAP) / workloads.length;
  const each = Math.min(width, Math.max(needed, filling));
  return grid(
    workloads.map(workload => chip('workload', workload, each, { ...data, party: workload.party })),
    width,
    GAP,
  );
}
