import type { VNode } from 'preact';
import type { Flow } from '../../../constructs/topology/plan/flows/flows';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { arrow } from './arrow';
import { chip, group, paragraph, rectangle, textLine, type Block, type Place } from './blocks';
import { distanceText, laneData, lanePurpose, lanesOf, laneTitle } from './lanes';
import type { LevelRows } from './level-rows';
import { FONTS, LINE_HEIGHT } from './text-width';

/** Between both regions, with what crosses drawn as level lines. */
export const MIDDLE_WIDTH = 250;
const PADDING = 10;
const TITLE_HEIGHT = FONTS.heading.size * LINE_HEIGHT;
/** Between a line and the text above or below it. */
const LINE_GAP = 4;
const LANE_GAP = 7;
const TEXT_WIDTH = MIDDLE_WIDTH - 2 * PADDING;

/** How high the rows have to be so that their lanes fit beside them. */
export function laneHeights(topology: Topology): Map<string, number> {
  return new Map([...lanesOf(topology)].map(([row, flows]) => [row, heightOf(flows)]));
}

function heightOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, flow) => sum + laneHeight(flow), 0) + LANE_GAP * Math.max(flows.length - 1, 0);
}

function laneHeight(flow: Flow): number {
  return TITLE_HEIGHT + 2 * LINE_GAP + purposeOf(flow).height;
}

function purposeOf(flow: Flow): Block {
  return paragraph(lanePurpose(flow), TEXT_WIDTH, FONTS.small, 'middle');
}

/** The peering, and every lane from the row of one region to the same row of the other one. */
export function middleLanes(topology: Topology, left: LevelRows, right: LevelRows, prefix: string): VNode[] {
  const vpc = left.placeOf('vpc');
  const x0 = vpc.x + vpc.width;
  const tunnel: Place = { x: x0, y: vpc.y, width: right.placeOf('vpc').x - x0, height: vpc.height };
  const textX = x0 + (tunnel.width - TEXT_WIDTH) / 2;
  const title = paragraph('VPC peering', TEXT_WIDTH, FONTS.heading, 'middle');
  const distance = paragraph(distanceText(topology), TEXT_WIDTH, FONTS.small, 'middle');
  const explained = paragraph('only these ports, from either side', TEXT_WIDTH, FONTS.small, 'middle');
  const top = vpc.y + 8;
  const lanes = [...lanesOf(topology)].flatMap(([row, flows]) => {
    const from = left.placeOf(row);
    let y = from.y + (from.height - heightOf(flows)) / 2;
    return flows.map(flow => {
      const line = y + TITLE_HEIGHT + LINE_GAP;
      const drawn = group('flow', laneData(flow), [
        ...arrow({ from: { x: from.x + from.width, y: line }, to: { x: right.placeOf(row).x, y: line } }),
        textLine(laneTitle(flow), { x: textX, y, width: TEXT_WIDTH, height: TITLE_HEIGHT }, FONTS.heading, 'middle'),
        ...purposeOf(flow).draw(textX, line + LINE_GAP),
      ]);
      y += laneHeight(flow) + LANE_GAP;
      return drawn;
    });
  });
  return [
    group(
      'peering',
      {},
      [
        rectangle(tunnel, 0),
        ...title.draw(textX, top),
        ...distance.draw(textX, top + title.height + 1),
        ...explained.draw(textX, top + title.height + distance.height + 2),
      ],
      `${prefix}-peering`,
    ),
    ...lanes,
    ...copies(topology, left, right, textX),
  ];
}

function copies(topology: Topology, left: LevelRows, right: LevelRows, textX: number): VNode[] {
  if (!planOf(topology).settings.backup.enabled) return [];
  const from = left.placeOf('buckets');
  const y = from.y + from.height / 2;
  const label = chip('copies-label', { text: 'snapshots, copied' }, TEXT_WIDTH - 40);
  return [
    group('copies', {}, [
      ...arrow({ from: { x: from.x + from.width, y }, to: { x: right.placeOf('buckets').x, y } }),
      ...label.draw(textX + 20, y - label.height / 2),
    ]),
  ];
}
