import type { Cell, Tone } from '../../../lib/review/document/review-document';
import { element, type Markup } from '../markup';

/** A tone in a word and a sign, because colour alone tells nothing to many. */
const TONES: { readonly [tone in Tone]: { readonly word: string; readonly sign: string } } = {
  danger: { word: 'Danger', sign: '✕' },
  warning: { word: 'Warning', sign: '!' },
  good: { word: 'Good', sign: '✓' },
  plain: { word: 'Information', sign: 'i' },
};

export function badge(tone: Tone): Markup {
  const { word } = TONES[tone];
  return element('span', { class: `badge ${tone}` }, sign(tone), word);
}

/** What is plain looks plain; the word of every other tone is for those who don't see its sign. */
export function cellContent(cell: Cell): string | Markup {
  if (typeof cell === 'string') return cell;
  if (cell.tone === 'plain') return cell.text;
  return element(
    'span',
    { class: `toned ${cell.tone}` },
    sign(cell.tone),
    element('span', { class: 'hidden' }, `${TONES[cell.tone].word}: `),
    cell.text,
  );
}

/** How many sections there are of each tone, the gravest first. */
export function tally(tones: readonly Tone[]): Markup[] {
  return (Object.keys(TONES) as Tone[])
    .map(tone => ({ tone, count: tones.filter(one => one === tone).length }))
    .filter(({ count }) => count > 0)
    .map(({ tone, count }) => element('li', {}, badge(tone), ` ${count} ${count === 1 ? 'section' : 'sections'}`));
}

function sign(tone: Tone): Markup {
  return element('span', { class: 'sign', 'aria-hidden': 'true' }, TONES[tone].sign);
}
