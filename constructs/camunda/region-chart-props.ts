import type { Topology } from '../topology/topology';

/** Properties of a chart that describes a part of one region. */
export interface RegionChartProps {
  /** Both regions. */
  readonly topology: Topology;

  /** The region that the chart is for, 0 or 1. */
  readonly regionId: number;
}
