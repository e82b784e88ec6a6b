import { SubnetPurpose } from '../../../constructs/topology/plan/subnets';
import type { Topology } from '../../../constructs/topology/topology';
import { FONTS, textWidth } from './text-width';

/** How both regions are laid out. */
export enum Arrangement {
  /** Region 0 on the left, region 1 on the right. */
  BESIDE = 'beside',
  /** Region 0 above region 1: as wide as a telephone. */
  STACKED = 'stacked',
}

/** Distances of a picture, in pixels. */
export interface Measures {
  /** Between the border of a region and its content. */
  readonly regionPadding: number;
  readonly vpcPadding: number;
  /** Between the subnets of two zones. */
  readonly zoneGap: number;
  /** How far the cluster is from the outer borders of the subnets that it spans. */
  readonly clusterInset: number;
  /** Of boxes within the cluster. */
  readonly boxPadding: number;
  readonly zoneWidth: number;
}

export const CELL_PADDING = 5;
export const ROW_GAP = 8;

const ZONES = 3;
const ROOMY = { regionPadding: 14, vpcPadding: 10, zoneGap: 10, clusterInset: 6, boxPadding: 10 };
const NARROW = { regionPadding: 8, vpcPadding: 6, zoneGap: 6, clusterInset: 4, boxPadding: 8 };
const MIN_WIDTH = { [Arrangement.BESIDE]: 432, [Arrangement.STACKED]: 372 };

/** Zones are as wide as their longest address range, which must not be cut. */
export function measuresOf(topology: Topology, arrangement: Arrangement): Measures {
  const distances = arrangement === Arrangement.BESIDE ? ROOMY : NARROW;
  const borders = 2 * (distances.regionPadding + distances.vpcPadding) + (ZONES - 1) * distances.zoneGap;
  const texts = topology.regions.flatMap(region => [
    ...region.subnets.map(({ cidr }) => textWidth(cidr, FONTS.small)),
    ...region.subnets.filter(({ purpose }) => purpose === SubnetPurpose.FORWARDER).map(() => textWidth('DNS forwarder', FONTS.strong)),
    ...region.forwarderAddresses.map(address => textWidth(address, FONTS.strong)),
  ]);
  const needed = Math.ceil(Math.max(...texts)) + 2 * CELL_PADDING;
  return { ...distances, zoneWidth: Math.max(needed, Math.floor((MIN_WIDTH[arrangement] - borders) / ZONES)) };
}

export function vpcContentWidth({ zoneWidth, zoneGap }: Measures): number {
  return ZONES * zoneWidth + (ZONES - 1) * zoneGap;
}

export function regionContentWidth(measures: Measures): number {
  return vpcContentWidth(measures) + 2 * measures.vpcPadding;
}

export function regionWidth(measures: Measures): number {
  return regionContentWidth(measures) + 2 * measures.regionPadding;
}
