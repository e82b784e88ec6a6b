import type { Flow } from '../../../constructs/topology/plan/flows/flows';
import { planOf } from '../../../constructs/topology/plan-of';
import { areInS3 } from '../../../constructs/topology/settings/storage/documents';
import type { Topology } from '../../../constructs/topology/topology';
import { arrow } from './arrow';
import { column, framed, group, paragraph, type Block } from './blocks';
import { distanceText, laneData, lanePurpose, lanesOf, laneTitle, TARGET_NAMES, type LaneRow } from './lanes';
import { FONTS } from './text-width';

const PADDING = 10;
const ARROW_WIDTH = 26;

/** What crosses, as a list with an upright arrow each, to stand between two regions above each other. */
export function stackedLanes(topology: Topology, width: number, prefix: string): Block {
  const inner = width - 2 * PADDING;
  const title = column(
    [
      paragraph(`VPC peering, ${distanceText(topology)}`, inner, FONTS.heading),
      paragraph('only these ports, from either side', inner, FONTS.small),
    ],
    1,
  );
  const lanes = [...lanesOf(topology)].flatMap(([row, flows]) => flows.map(flow => lane(flow, row, inner)));
  const { backup, documents } = planOf(topology).settings;
  const copied = [...(backup.enabled ? ['snapshots'] : []), ...(areInS3(documents) ? ['documents'] : [])];
  const copies = copied.length > 0 ? [copiesLane(copied.join(' and '), inner)] : [];
  return framed({ part: 'peering', id: `${prefix}-peering`, width, padding: PADDING }, column([title, ...lanes, ...copies], 7));
}

function lane(flow: Flow, row: LaneRow, width: number): Block {
  const textWidth = width - ARROW_WIDTH;
  const text = column(
    [
      paragraph(`${laneTitle(flow)} to ${TARGET_NAMES[row]}`, textWidth, FONTS.heading),
      paragraph(lanePurpose(flow), textWidth, FONTS.small),
    ],
    0,
  );
  return withArrow('flow', laneData(flow), text, width);
}

function copiesLane(copied: string, width: number): Block {
  return withArrow('copies', {}, paragraph(`S3 copies ${copied}, beside the peering`, width - ARROW_WIDTH, FONTS.small), width);
}

function withArrow(part: string, data: { readonly [name: string]: string | number }, text: Block, width: number): Block {
  const height = Math.max(text.height, 26);
  return {
    width,
    height,
    draw: (x, y) => [
      group(part, data, [
        ...arrow({ from: { x: x + ARROW_WIDTH / 2 - 4, y: y + 2 }, to: { x: x + ARROW_WIDTH / 2 - 4, y: y + height - 2 } }),
        ...text.draw(x + ARROW_WIDTH, y + (height - text.height) / 2),
      ]),
    ],
  };
}
