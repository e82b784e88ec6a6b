import type { VNode } from 'preact';
import { FONTS, LINE_HEIGHT, textWidth, wrapped, type Font } from './text-width';

/** Facts about what is drawn, for styles and tests. They become data attributes. */
export type Facts = { readonly [name: string]: string | number };

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something of known size that can be drawn anywhere, and higher than it has to be. */
export interface Block {
  readonly width: number;
  readonly height: number;
  draw(x: number, y: number, height?: number): VNode[];
}

export type Anchor = 'start' | 'middle' | 'end';

/** A text over as many lines as it takes. */
export function paragraph(text: string, width: number, font: Font, anchor: Anchor = 'start'): Block {
  const lines = wrapped(text, width, font);
  const lineHeight = font.size * LINE_HEIGHT;
  return {
    width,
    height: lines.length * lineHeight,
    draw: (x, y) => lines.map((line, i) => textLine(line, { x, y: y + i * lineHeight, width, height: lineHeight }, font, anchor)),
  };
}

/** A line of text in the middle of the height of its place. */
export function textLine(text: string, place: Place, font: Font, anchor: Anchor = 'start'): VNode {
  const x = place.x + { start: 0, middle: place.width / 2, end: place.width }[anchor];
  const baseline = place.y + place.height / 2 + font.size * 0.34;
  return (
    <text class={font.className} x={rounded(x)} y={rounded(baseline)} text-anchor={anchor === 'start' ? undefined : anchor}>
      {text}
    </text>
  );
}

/** Blocks below each other. */
export function column(blocks: readonly Block[], gap: number): Block {
  return {
    width: Math.max(...blocks.map(block => block.width)),
    height: blocks.reduce((sum, block) => sum + block.height, 0) + gap * Math.max(blocks.length - 1, 0),
    draw: (x, y) => {
      let top = y;
      return blocks.flatMap(block => {
        const markup = block.draw(x, top);
        top += block.height + gap;
        return markup;
      });
    },
  };
}

/** A block in the middle of whatever height it is given. */
export function centred(block: Block): Block {
  return { ...block, draw: (x, y, height = block.height) => block.draw(x, y + (height - block.height) / 2) };
}

/** Blocks below each other, of which one takes all the height that is left. */
export function columnFilledBy(
  filling: Block,
  { above, below, gap }: { above: readonly Block[]; below: readonly Block[]; gap: number },
): Block {
  const natural = column([...above, filling, ...below], gap);
  const fill = (height: number): Block => ({ ...filling, height, draw: (x, y) => filling.draw(x, y, height) });
  return {
    ...natural,
    draw: (x, y, height = natural.height) => column([...above, fill(filling.height + height - natural.height), ...below], gap).draw(x, y),
  };
}

/** Blocks beside each other, all as high as the highest. */
export function row(blocks: readonly Block[], gap: number): Block {
  const natural = Math.max(...blocks.map(block => block.height));
  return {
    width: blocks.reduce((sum, block) => sum + block.width, 0) + gap * Math.max(blocks.length - 1, 0),
    height: natural,
    draw: (x, y, height = natural) => {
      let left = x;
      return blocks.flatMap(block => {
        const markup = block.draw(left, y, height);
        left += block.width + gap;
        return markup;
      });
    },
  };
}

/** As many blocks of one size beside each other as fit, in as many rows as it takes. */
export function grid(blocks: readonly Block[], width: number, gap: number): Block {
  const perRow = Math.max(1, Math.floor((width + gap) / (blocks[0].width + gap)));
  const rows = Array.from({ length: Math.ceil(blocks.length / perRow) }, (_, i) => row(blocks.slice(i * perRow, (i + 1) * perRow), gap));
  return { ...column(rows, gap), width };
}

export interface Frame {
  /** What it is: class and data-part of the group. */
  readonly part: string;
  readonly data?: Facts;
  readonly id?: string;
  readonly width: number;
  readonly padding: number;
  readonly radius?: number;
}

/** A block with a border around it. */
export function framed(frame: Frame, inner: Block): Block {
  const { part, data = {}, id, width, padding, radius = 6 } = frame;
  const natural = inner.height + 2 * padding;
  return {
    width,
    height: natural,
    draw: (x, y, height = natural) => [
      group(part, data, [rectangle({ x, y, width, height }, radius), ...inner.draw(x + padding, y + padding, height - 2 * padding)], id),
    ],
  };
}

export function group(part: string, data: Facts, content: readonly VNode[], id?: string): VNode {
  const attributes = Object.fromEntries(Object.entries(data).map(([key, value]) => [`data-${key}`, value]));
  return (
    <g id={id} class={part} data-part={part} {...attributes}>
      {content}
    </g>
  );
}

export function rectangle({ x, y, width, height }: Place, radius: number): VNode {
  return <rect x={rounded(x)} y={rounded(y)} width={rounded(width)} height={rounded(height)} rx={radius} />;
}

const CHIP_PADDING_X = 8;
const CHIP_PADDING_Y = 5;

/** A text in the middle of a small filled box, with a second, smaller line if there is one. */
export interface ChipText {
  readonly text: string;
  readonly below?: string;
}

/** A small filled box with its text in the middle. */
export function chip(part: string, { text, below }: ChipText, width: number, data: Facts = {}): Block {
  const lines: readonly (readonly [string, Font])[] = [
    [text, FONTS.strong],
    ...(below === undefined ? [] : [[below, FONTS.tiny] as const]),
  ];
  const lineHeights = lines.map(([, font]) => font.size * LINE_HEIGHT);
  const height = Math.max(
    26,
    lineHeights.reduce((sum, one) => sum + one, 2 * CHIP_PADDING_Y),
  );
  return {
    width,
    height,
    draw: (x, y) => {
      let top = y + (height - lineHeights.reduce((sum, one) => sum + one, 0)) / 2;
      const texts = lines.map(([line, font], i) => {
        const markup = textLine(line, { x, y: top, width, height: lineHeights[i] }, font, 'middle');
        top += lineHeights[i];
        return markup;
      });
      return [group(part, data, [rectangle({ x, y, width, height }, 5), ...texts])];
    },
  };
}

/** How wide a chip has to be for each of some texts. */
export function chipWidth(texts: readonly ChipText[]): number {
  const widths = texts.flatMap(({ text, below = '' }) => [textWidth(text, FONTS.strong), textWidth(below, FONTS.tiny)]);
  return Math.ceil(Math.max(...widths)) + 2 * CHIP_PADDING_X;
}

/** Pictures are read by people too: tenths of a pixel are enough. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
