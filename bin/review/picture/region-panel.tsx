import type { VNode } from 'preact';
import { SubnetPurpose, type SubnetPlan } from '../../../constructs/topology/plan/subnets';
import { planOf } from '../../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { chip, chipWidth, column, framed, paragraph, rounded, row, type Block } from './blocks';
import { clusterBlock } from './cluster';
import type { LevelRows } from './level-rows';
import { CELL_PADDING, regionContentWidth, regionWidth, ROW_GAP, vpcContentWidth, type Measures } from './measures';
import { FONTS } from './text-width';

/** What all blocks of a picture are made with. */
export interface Panel {
  readonly rows: LevelRows;
  readonly measures: Measures;
  /** Of the ids, so that two pictures can be on one page. */
  readonly prefix: string;
}

/** One region, with its VPC and all that is in it. */
export function regionBlock(topology: Topology, region: RegionTopology, panel: Panel): Block {
  const { rows, measures, prefix } = panel;
  const { regionId } = region;
  const width = regionContentWidth(measures);
  return framed(
    {
      part: 'region',
      id: `${prefix}-region${regionId}`,
      data: { region: regionId, 'aws-region': region.awsRegion },
      width: regionWidth(measures),
      padding: measures.regionPadding,
      radius: 12,
    },
    column(
      [
        rows.level('header', headerBlock(topology, region, width)),
        rows.level('vpc', vpcBlock(topology, region, panel)),
        ...(planOf(topology).settings.backup.enabled ? [rows.level('buckets', bucketsBlock(topology, region, width))] : []),
      ],
      ROW_GAP + 2,
    ),
  );
}

function headerBlock(topology: Topology, { regionId, awsRegion, account }: RegionTopology, width: number): Block {
  const active = topology.activeRegion === regionId;
  const recreated = planOf(topology).settings.recovery.recreatedRegion === regionId;
  const badge = recreated ? 'being recreated' : active ? 'active: user traffic' : 'passive';
  const badgeWidth = chipWidth([{ text: badge }]);
  const titleWidth = width - badgeWidth - 8;
  const title = column(
    [
      paragraph(`Region ${regionId} · ${awsRegion}`, titleWidth, FONTS.title),
      ...(account === undefined ? [] : [paragraph(`Account ${account}`, titleWidth, FONTS.small)]),
    ],
    0,
  );
  return row(
    [{ ...title, width: titleWidth }, chip(active ? 'badge-active' : 'badge', { text: badge }, badgeWidth, { region: regionId })],
    8,
  );
}

function vpcBlock(topology: Topology, region: RegionTopology, panel: Panel): Block {
  const { rows, measures, prefix } = panel;
  const { regionId, vpcCidr, existingVpc } = region;
  const width = vpcContentWidth(measures);
  const zones = zonesBlock(region, panel);
  const rowsOfSubnets = column(
    [
      zones,
      ...(hasPublicSubnets(topology) ? [rows.level('public', publicRow(region, panel))] : []),
      privateBlock(topology, region, panel),
      rows.level('forwarder', subnetRow(region, SubnetPurpose.FORWARDER, panel)),
    ],
    ROW_GAP,
  );
  const divided: Block = {
    ...rowsOfSubnets,
    draw: (x, y) => [...zoneBorders(x, y, rowsOfSubnets.height, measures), ...rowsOfSubnets.draw(x, y)],
  };
  return framed(
    {
      part: 'vpc',
      id: `${prefix}-region${regionId}-vpc`,
      data: { region: regionId, cidr: vpcCidr },
      width: regionContentWidth(measures),
      padding: measures.vpcPadding,
      radius: 9,
    },
    column([paragraph(existingVpc ? `VPC ${vpcCidr}, exists already` : `VPC ${vpcCidr}`, width, FONTS.heading), divided], 5),
  );
}

/** Names of the zones, or what the synthesis knows of them. */
function zonesBlock({ regionId, availabilityZones, subnets }: RegionTopology, { rows, measures }: Panel): Block {
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  const names = zones.map(zone =>
    framed(
      { part: 'zone', data: { region: regionId, zone }, width: measures.zoneWidth, padding: 2, radius: 4 },
      paragraph(availabilityZones?.[zone] ?? `zone ${zone}`, measures.zoneWidth - 4, FONTS.strong, 'middle'),
    ),
  );
  return rows.level('zones', row(names, measures.zoneGap));
}

function zoneBorders(x: number, y: number, height: number, { zoneWidth, zoneGap }: Measures): VNode[] {
  return [1, 2].map(zone => {
    const middle = rounded(x + zone * (zoneWidth + zoneGap) - zoneGap / 2);
    return <path class="zone-border" d={`M${middle} ${rounded(y)}V${rounded(y + height)}`} />;
  });
}

function subnetRow({ regionId, subnets, forwarderAddresses }: RegionTopology, purpose: SubnetPurpose, { measures, prefix }: Panel): Block {
  const width = measures.zoneWidth - 2 * CELL_PADDING;
  const cells = subnets
    .filter(subnet => subnet.purpose === purpose)
    .map(subnet =>
      framed(
        subnetFrame(regionId, subnet, measures, prefix),
        column(
          [
            paragraph(subnetTitle(purpose), width, FONTS.strong, 'middle'),
            ...(purpose === SubnetPurpose.FORWARDER
              ? [paragraph(forwarderAddresses[subnet.zone] ?? '', width, FONTS.strong, 'middle')]
              : []),
            paragraph(subnet.cidr, width, FONTS.small, 'middle'),
          ],
          1,
        ),
      ),
    );
  return row(cells, measures.zoneGap);
}

/** Those of a VPC that exists already are not known. */
function hasPublicSubnets({ regions }: Topology): boolean {
  return regions.some(({ subnets }) => subnets.some(({ purpose }) => purpose === SubnetPurpose.PUBLIC));
}

function publicRow(region: RegionTopology, panel: Panel): Block {
  if (!region.existingVpc) return subnetRow(region, SubnetPurpose.PUBLIC, panel);
  return paragraph('Public subnets are not known here', vpcContentWidth(panel.measures), FONTS.small, 'middle');
}

function subnetTitle(purpose: SubnetPurpose): string {
  return { [SubnetPurpose.PUBLIC]: 'public, NAT', [SubnetPurpose.PRIVATE]: 'private', [SubnetPurpose.FORWARDER]: 'DNS forwarder' }[purpose];
}

function subnetFrame(
  regionId: number,
  { purpose, zone, cidr }: SubnetPlan,
  { zoneWidth }: Measures,
  prefix: string,
): Parameters<typeof framed>[0] {
  return {
    part: 'subnet',
    id: `${prefix}-region${regionId}-${purpose}-${zone}`,
    data: { region: regionId, purpose, zone, cidr },
    width: zoneWidth,
    padding: CELL_PADDING,
  };
}

/** The private subnets reach down behind the cluster, whose nodes are in all of them. */
function privateBlock(topology: Topology, region: RegionTopology, panel: Panel): Block {
  const { measures, rows, prefix } = panel;
  const cells = subnetRow(region, SubnetPurpose.PRIVATE, panel);
  const cluster = clusterBlock(topology, region, {
    rows,
    measures,
    width: vpcContentWidth(measures) - 2 * measures.clusterInset,
    prefix,
  });
  const height = cells.height + cluster.height + measures.clusterInset;
  return {
    width: cells.width,
    height,
    draw: (x, y) => [...cells.draw(x, y, height), ...cluster.draw(x + measures.clusterInset, y + cells.height)],
  };
}

const BUCKETS_GAP = 8;

function bucketsBlock(topology: Topology, { regionId }: RegionTopology, width: number): Block {
  const each = (width - BUCKETS_GAP) / 2;
  const bucket = (text: string, kind: string): Block =>
    framed(
      { part: 'bucket', data: { region: regionId, kind }, width: each, padding: 6 },
      paragraph(text, each - 12, FONTS.strong, 'middle'),
    );
  return row(
    [bucket('S3 bucket of snapshots', 'snapshots'), bucket(`S3 copies from region ${topology.peerOf(regionId).regionId}`, 'copies')],
    BUCKETS_GAP,
  );
}
