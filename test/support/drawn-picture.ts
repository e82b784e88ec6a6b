import { FONTS, textWidth, type Font } from '../../bin/review/picture/text-width';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A group of a picture: what it is, its facts, its border and its place in the tree. */
export interface DrawnPart {
  readonly part: string;
  readonly data: { readonly [name: string]: string };
  readonly parent?: DrawnPart;
  border?: { readonly box: Rectangle; readonly order: number };
  readonly texts: DrawnText[];
}

export interface DrawnText {
  readonly text: string;
  readonly box: Rectangle;
  readonly within?: DrawnPart;
  readonly order: number;
}

export interface DrawnPicture {
  readonly viewBox: Rectangle;
  readonly parts: readonly DrawnPart[];
  readonly texts: readonly DrawnText[];
}

const FONT_OF = new Map<string, Font>(Object.values(FONTS).map(font => [font.className, font]));
/** Of the highest and the lowest letter of any usual typeface, in sizes from the baseline. */
const ABOVE = 0.96;
const BELOW = 0.28;

/** Reads a picture back from its markup, with the boxes that its texts need at most. */
export function drawnPicture(svg: string): DrawnPicture {
  const parts: DrawnPart[] = [];
  const texts: DrawnText[] = [];
  const open: DrawnPart[] = [];
  let order = 0;
  for (const [, closing, name, attributes, content] of svg.matchAll(/<(\/?)([a-z]+)([^<>]*)>([^<]*)/g)) {
    const given = attributesOf(attributes);
    const number = (key: string): number => Number(given[key]);
    order += 1;
    const within = open.at(-1);
    if (name === 'g' && closing) {
      open.pop();
    } else if (name === 'g') {
      const data = Object.fromEntries(
        Object.entries(given).flatMap(([key, value]) => (key.startsWith('data-') ? [[key.slice(5), value]] : [])),
      );
      const part: DrawnPart = { part: given['data-part'], data, parent: within, texts: [] };
      parts.push(part);
      open.push(part);
    } else if (name === 'rect' && !closing && within && !within.border) {
      const [left, top] = [number('x'), number('y')];
      within.border = { box: { left, top, right: left + number('width'), bottom: top + number('height') }, order };
    } else if (name === 'text' && !closing) {
      const text = { text: unescaped(content), box: textBox(given, unescaped(content)), within, order };
      texts.push(text);
      within?.texts.push(text);
    }
  }
  const [, , width, height] = /viewBox="([^"]*)"/.exec(svg)![1].split(' ').map(Number);
  return { viewBox: { left: 0, top: 0, right: width, bottom: height }, parts, texts };
}

function textBox(given: { readonly [name: string]: string }, text: string): Rectangle {
  const font = FONT_OF.get(given.class)!;
  const width = textWidth(text, font);
  const left = Number(given.x) - (given['text-anchor'] === 'middle' ? width / 2 : given['text-anchor'] === 'end' ? width : 0);
  const baseline = Number(given.y);
  return { left, top: baseline - ABOVE * font.size, right: left + width, bottom: baseline + BELOW * font.size };
}

function attributesOf(text: string): { readonly [name: string]: string } {
  return Object.fromEntries([...text.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescaped(value)]));
}

const CHARACTERS: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => CHARACTERS[entity]);
}

/** Tenths of a pixel are what pictures are written in. */
const TOLERANCE = 0.2;

export function isInside(inner: Rectangle, outer: Rectangle, tolerance = TOLERANCE): boolean {
  return (
    inner.left >= outer.left - tolerance &&
    inner.top >= outer.top - tolerance &&
    inner.right <= outer.right + tolerance &&
    inner.bottom <= outer.bottom + tolerance
  );
}

export function overlap(one: Rectangle, other: Rectangle, tolerance = TOLERANCE): boolean {
  return (
    one.left < other.right - tolerance &&
    other.left < one.right - tolerance &&
    one.top < other.bottom - tolerance &&
    other.top < one.bottom - tolerance
  );
}

/** Everything that is drawn where it cannot be read, in words. */
export function pictureFaults({ viewBox, parts, texts }: DrawnPicture): string[] {
  const bordered = parts.filter(part => part.border !== undefined);
  const nearest = (part: DrawnPart | undefined): DrawnPart | undefined => (part === undefined || part.border ? part : nearest(part.parent));
  const peering = parts.find(({ part }) => part === 'peering');
  const isAncestor = (part: DrawnPart, of: DrawnPart | undefined): boolean =>
    of !== undefined && (of === part || isAncestor(part, of.parent));
  return [
    ...texts.flatMap(({ text, box, within }) => {
      const holder = nearest(within) ?? peering;
      return holder?.border && isInside(box, holder.border.box) ? [] : [`'${text}' leaves its ${holder?.part}`];
    }),
    ...texts.flatMap((one, i) =>
      texts.slice(i + 1).flatMap(other => (overlap(one.box, other.box) ? [`'${one.text}' overlaps '${other.text}'`] : [])),
    ),
    ...texts.flatMap(({ text, box, within, order }) =>
      bordered.flatMap(part =>
        part.border!.order > order && !isAncestor(part, within) && overlap(box, part.border!.box)
          ? [`'${text}' is below a ${part.part}`]
          : [],
      ),
    ),
    ...bordered.flatMap(part => {
      const outer = nearest(part.parent)?.border?.box ?? viewBox;
      return isInside(part.border!.box, outer) ? [] : [`${part.part} leaves its ${part.parent?.part ?? 'picture'}`];
    }),
  ];
}
