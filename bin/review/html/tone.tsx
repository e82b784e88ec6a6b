import type { VNode } from 'preact';
import { cellText, cellTone, counted } from '../../../lib/review/document/cells';
import type { Cell, Tone } from '../../../lib/review/document/review-document';

/** A tone in a word and a sign, because colour alone tells nothing to many. */
const TONES: { readonly [tone in Tone]: { readonly word: string; readonly sign: string } } = {
  danger: { word: 'Danger', sign: '✕' },
  warning: { word: 'Warning', sign: '!' },
  good: { word: 'Good', sign: '✓' },
  plain: { word: 'Information', sign: 'i' },
};

export function Badge({ tone }: { readonly tone: Tone }): VNode {
  return (
    <span class={`badge ${tone}`}>
      <Sign tone={tone} />
      {TONES[tone].word}
    </span>
  );
}

/** What is plain looks plain; the word of every other tone is for those who don't see its sign. */
export function CellContent({ cell }: { readonly cell: Cell }): VNode {
  const [text, tone] = [cellText(cell), cellTone(cell)];
  if (tone === 'plain') return <>{text}</>;
  return (
    <span class={`toned ${tone}`}>
      <Sign tone={tone} />
      <span class="hidden">{TONES[tone].word}: </span>
      {text}
    </span>
  );
}

/** How many sections there are of each tone, the gravest first. */
export function Tally({ tones }: { readonly tones: readonly Tone[] }): VNode {
  const counts = (Object.keys(TONES) as Tone[]).map(tone => ({ tone, count: tones.filter(one => one === tone).length }));
  return (
    <ul class="tally" aria-label="Sections by tone">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ tone, count }) => (
          <li>
            <Badge tone={tone} /> {counted(count, 'section')}
          </li>
        ))}
    </ul>
  );
}

function Sign({ tone }: { readonly tone: Tone }): VNode {
  return (
    <span class="sign" aria-hidden="true">
      {TONES[tone].sign}
    </span>
  );
}
