/** A size and weight of type. The class sets both. */
export interface Font {
  readonly className: string;
  readonly size: number;
  readonly bold: boolean;
}

export const FONTS = {
  title: { className: 'title', size: 16, bold: true },
  heading: { className: 'heading', size: 12.5, bold: true },
  strong: { className: 'strong', size: 11, bold: true },
  small: { className: 'small', size: 11, bold: false },
  tiny: { className: 'tiny', size: 10, bold: false },
} as const satisfies { readonly [name: string]: Font };

/** Lines of any usual typeface fit into this, from the top of its highest to the foot of its lowest letter. */
export const LINE_HEIGHT = 1.36;

/** Thousandths of the size: regular, bold. */
type Advance = readonly [number, number];

/**
 * Nobody knows the typeface of the reader, so these are the advances of DejaVu Sans, which is wider than those of
 * all common systems. Letters of about the same width share a row, with that of the widest.
 */
const ADVANCES: readonly (readonly [string, Advance])[] = [
  [" ijlIJ,.'·", [320, 385]],
  ['/:;\\|-f', [370, 440]],
  ['()[]!rt', [412, 496]],
  ['sz*_`"?c', [550, 600]],
  ['LFkvxyToae', [616, 690]],
  ['hnuSbdgpq$0123456789{}EP', [641, 735]],
  ['AVXZBRCYK', [700, 776]],
  ['UNHDGOQ&', [790, 873]],
  ['w#+<=>^~×→↔', [840, 925]],
  ['MWm%@', [1000, 1105]],
];
/** What is in no row may be anything, up to letters that are as wide as they are high. */
const WIDEST: Advance = [1110, 1110];

const BY_CHARACTER = new Map(ADVANCES.flatMap(([characters, advance]) => [...characters].map(character => [character, advance] as const)));

/** How wide a string is at most. */
export function textWidth(text: string, font: Font): number {
  const thousandths = [...text].reduce((sum, character) => sum + (BY_CHARACTER.get(character) ?? WIDEST)[font.bold ? 1 : 0], 0);
  return (thousandths * font.size) / 1000;
}

/** Cuts a string into lines that fit: between words, else after punctuation, else anywhere. */
export function wrapped(text: string, width: number, font: Font): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (textWidth(rest, font) > width) {
    const end = cut(rest, width, font);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' && lines.length > 0 ? lines : [...lines, rest];
}

/** Where the first line ends: at least one character on, or it would never end. */
function cut(text: string, width: number, font: Font): number {
  const characters = [...text];
  let count = 1;
  while (count < characters.length && textWidth(characters.slice(0, count + 1).join(''), font) <= width) count++;
  const fitting = characters.slice(0, count).join('');
  const next = characters[count] ?? '';
  if (next === ' ') return fitting.length;
  const space = fitting.lastIndexOf(' ');
  if (space > 0) return space;
  const punctuation = Math.max(...['-', '/', '.', ','].map(mark => fitting.lastIndexOf(mark)));
  return punctuation > 0 ? punctuation + 1 : fitting.length;
}
