import { zoneGroups } from '../../../constructs/topology/plan/placement/zone-neighbours';
import { counted } from '../../../lib/review/document/cells';
import {
  centred,
  chip,
  chipWidth,
  column,
  columnFilledBy,
  framed,
  grid,
  paragraph,
  row,
  type Block,
  type ChipText,
  type Facts,
} from './blocks';
import { FONTS } from './text-width';

export interface Pod extends ChipText {
  readonly data: Facts;
}

export interface PodSection {
  /** Kind of the section, and of each of its pods. */
  readonly part: string;
  readonly podPart: string;
  readonly id: string;
  readonly title: string;
  /** One more line below the title. */
  readonly note?: string;
  /** In the order of their ordinals. */
  readonly pods: readonly Pod[];
  /** Drawn below the pods. */
  readonly below?: readonly Block[];
  readonly data: Facts;
}

const GAP = 6;
const GROUP_PADDING = 6;

/** The pods of a StatefulSet, grouped by zone where that is known. */
export function podSection(section: PodSection, width: number, padding: number): Block {
  const { part, id, title, note, pods, below = [], data } = section;
  const inner = width - 2 * padding;
  const groups = zoneGroups(pods.length);
  const caption = groups ? 'dashed = same zone, in any order' : 'spread evenly over the zones';
  const heading = column(
    [
      paragraph(title, inner, FONTS.heading),
      ...(note === undefined ? [] : [paragraph(note, inner, FONTS.small)]),
      paragraph(`${counted(pods.length, 'pod')}, ${caption}`, inner, FONTS.small),
    ],
    1,
  );
  const drawn = groups ? groupsOf(groups, section, inner) : gridOf(section, inner);
  return framed({ part, id, data, width, padding }, columnFilledBy(centred(drawn), { above: [heading], below, gap: 7 }));
}

function gridOf({ pods, podPart }: PodSection, width: number): Block {
  const each = chipWidth(pods);
  return grid(
    pods.map(pod => chip(podPart, pod, each, pod.data)),
    width,
    GAP,
  );
}

function groupsOf(groups: readonly (readonly number[])[], { pods, podPart, data }: PodSection, width: number): Block {
  const groupWidth = (width - (groups.length - 1) * GAP) / groups.length;
  return row(
    groups.map(ordinals =>
      framed(
        { part: 'zone-group', data: { region: data.region, pods: podPart }, width: groupWidth, padding: GROUP_PADDING },
        centred(
          column(
            ordinals.map(ordinal => chip(podPart, pods[ordinal], groupWidth - 2 * GROUP_PADDING, pods[ordinal].data)),
            GAP,
          ),
        ),
      ),
    ),
    GAP,
  );
}
