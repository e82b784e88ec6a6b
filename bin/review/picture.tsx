import type { VNode } from 'preact';
import type { Topology } from '../../constructs/topology/topology';
import { markupOf } from './markup';
import { column, rounded, type Block } from './picture/blocks';
import { descriptionOf } from './picture/description';
import { largestOf, LevelRows } from './picture/level-rows';
import { Arrangement, measuresOf, regionWidth, type Measures } from './picture/measures';
import { laneHeights, MIDDLE_WIDTH, middleLanes } from './picture/middle-lanes';
import { regionBlock } from './picture/region-panel';
import { stackedLanes } from './picture/stacked-lanes';
import { pictureStyle } from './picture/style';

export { Arrangement } from './picture/measures';

/** Half of the widest line would else be cut off. */
const MARGIN = 1;
const STACK_GAP = 10;

interface PictureProps {
  readonly topology: Topology;
  readonly arrangement: Arrangement;
}

/** The deployment as one SVG, as the text of a file. */
export function topologyPicture(topology: Topology, arrangement: Arrangement = Arrangement.BESIDE): string {
  return markupOf(<TopologyPicture topology={topology} arrangement={arrangement} />);
}

/** Both arrangements, of which a page shows the one that fits. */
export function TopologyPictures({ topology }: Pick<PictureProps, 'topology'>): VNode {
  return (
    <>
      {Object.values(Arrangement).map(arrangement => (
        <TopologyPicture topology={topology} arrangement={arrangement} />
      ))}
    </>
  );
}

function TopologyPicture({ topology, arrangement }: PictureProps): VNode {
  const prefix = `topology-${arrangement}`;
  const { width, height, content } = arrangement === Arrangement.BESIDE ? beside(topology, prefix) : stacked(topology, prefix);
  const size = { width: rounded(width + 2 * MARGIN), height: rounded(height + 2 * MARGIN) };
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class={`topology ${arrangement}`}
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-labelledby={`${prefix}-title ${prefix}-description`}
    >
      <title id={`${prefix}-title`}>Topology of {topology.name}: one Camunda cluster in two AWS regions</title>
      <desc id={`${prefix}-description`}>{descriptionOf(topology)}</desc>
      {/* Not escaped: the quotes of names of typefaces must stay what they are. */}
      <style dangerouslySetInnerHTML={{ __html: pictureStyle() }} />
      {content}
    </svg>
  );
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly content: readonly VNode[];
}

function beside(topology: Topology, prefix: string): Drawing {
  const measures = measuresOf(topology, Arrangement.BESIDE);
  const regions = levelRegions(topology, measures, prefix, laneHeights(topology));
  const right = MARGIN + regionWidth(measures) + MIDDLE_WIDTH;
  const panels = [...regions[0].block.draw(MARGIN, MARGIN), ...regions[1].block.draw(right, MARGIN)];
  return {
    width: 2 * regionWidth(measures) + MIDDLE_WIDTH,
    height: regions[0].block.height,
    content: [...panels, ...middleLanes(topology, regions[0].rows, regions[1].rows, prefix)],
  };
}

function stacked(topology: Topology, prefix: string): Drawing {
  const measures = measuresOf(topology, Arrangement.STACKED);
  const width = regionWidth(measures);
  const [first, second] = topology.regions.map(region => regionBlock(topology, region, { rows: new LevelRows(), measures, prefix }));
  const lanes = stackedLanes(topology, width, prefix);
  const all = column([first, lanes, second], STACK_GAP);
  return { width, height: all.height, content: all.draw(MARGIN, MARGIN) };
}

interface LevelRegion {
  readonly rows: LevelRows;
  readonly block: Block;
}

/** Both regions, with the rows that they have in common at the same height. */
function levelRegions(topology: Topology, measures: Measures, prefix: string, least: ReadonlyMap<string, number>): LevelRegion[] {
  const laid = (heights: ReadonlyMap<string, number>): LevelRegion[] =>
    topology.regions.map(region => {
      const rows = new LevelRows(heights);
      return { rows, block: regionBlock(topology, region, { rows, measures, prefix }) };
    });
  return laid(largestOf([least, ...laid(least).map(({ rows }) => rows.heights)]));
}
