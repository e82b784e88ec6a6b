import type { VNode } from 'preact';
import { markupOf } from '../bin/review/markup';
import type { Topology } from '../constructs/topology/topology';

const CELL = 44;
const ROW = 34;
const LABEL = 96;
const GAP = 36;
const TOP = 74;
const RADIUS = 13;

const STYLE = `
.partitions { --ink: #16202c; --soft: #4a5869; --region: #f4f6fa; --line: #b9c4d2; --replica: #dbe9fd; --edge: #3d70bd; --leader: #1d57b4; --on-leader: #ffffff; font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
@media (prefers-color-scheme: dark) { .partitions { --ink: #e8eef6; --soft: #a9b7c8; --region: #141b26; --line: #3b4a5f; --replica: #15305a; --edge: #5d8fdc; --leader: #86b4fa; --on-leader: #08152b; } }
.partitions text { fill: var(--ink); text-anchor: middle; dominant-baseline: central; }
.partitions .name { text-anchor: start; fill: var(--soft); }
.partitions .region { fill: var(--region); stroke: var(--line); }
.partitions .replica { fill: var(--replica); stroke: var(--edge); }
.partitions .leader { fill: var(--leader); stroke: var(--leader); }
.partitions .on-leader { fill: var(--on-leader); font-weight: 600; }
`;

/** Which broker holds which partition, brokers by region: a row has two circles on each side. */
export function partitionPicture({ partitions, regions, brokers }: Topology): string {
  const width = (brokers.length / regions.length) * CELL;
  const leftOf = (regionId: number): number => LABEL + regionId * (width + GAP);
  const placeOf = (nodeId: number): number => {
    const { regionId, ordinal } = brokers.find(broker => broker.nodeId === nodeId)!;
    return leftOf(regionId) + ordinal * CELL + CELL / 2;
  };
  const size = { width: leftOf(regions.length - 1) + width + 16, height: TOP + partitions.length * ROW + 16 };
  const text = (x: number, y: number, content: string, className?: string): VNode => (
    <text x={x} y={y} class={className}>
      {content}
    </text>
  );
  return markupOf(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="partitions"
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-labelledby="partitions-title"
    >
      <title id="partitions-title">Each partition has two replicas in each region</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      {regions.map(({ regionId, awsRegion }) => [
        <rect class="region" x={leftOf(regionId) - 6} y={8} width={width + 12} height={size.height - 16} rx={6} />,
        text(leftOf(regionId) + width / 2, 26, `region ${regionId}, ${awsRegion}`),
      ])}
      {text(8, 52, 'broker', 'name')}
      {brokers.map(({ nodeId }) => text(placeOf(nodeId), 52, String(nodeId)))}
      {partitions.map(({ partitionId, replicas, preferredLeader }, i) => {
        const y = TOP + i * ROW + ROW / 2;
        return [
          text(8, y, `partition ${partitionId}`, 'name'),
          replicas.map(({ brokerId, nodeId, priority }) => {
            const leads = brokerId === preferredLeader;
            return [
              <circle class={leads ? 'leader' : 'replica'} cx={placeOf(nodeId)} cy={y} r={RADIUS} />,
              text(placeOf(nodeId), y, String(priority), leads ? 'on-leader' : undefined),
            ];
          }),
        ];
      })}
    </svg>,
  );
}
