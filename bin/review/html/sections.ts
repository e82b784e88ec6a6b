import type { Cell, ReviewSection, ReviewTable, Tone } from '../../../lib/review/document/review-document';
import { element, type Content, type Markup } from '../markup';
import { badge, cellContent } from './tone';

/** From so many rows on a table scrolls by itself, below headers that stay. */
const LONG = 25;

export function sectionMarkup(section: ReviewSection): Markup {
  const { id, title, summary, tone, tables } = section;
  const heading = `${id}--title`;
  return element(
    'section',
    { id, 'aria-labelledby': heading, class: `review ${tone}` },
    element('h2', { id: heading }, title, ' ', badge(tone)),
    element('p', { class: 'summary' }, summary),
    tables.map((table, i) => tableMarkup(table, `${id}--table-${i + 1}`, section)),
  );
}

function tableMarkup({ title, columns, rows, notes = [] }: ReviewTable, id: string, section: ReviewSection): Markup[] {
  const heading = title === undefined ? [] : [element('h3', { id: `${id}-title` }, title)];
  const table = element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        columns.map(name => element('th', { scope: 'col' }, name)),
      ),
    ),
    element('tbody', {}, rows.map(rowMarkup)),
  );
  const list =
    notes.length === 0
      ? []
      : [
          element(
            'ul',
            { class: 'notes' },
            notes.map(note => element('li', {}, note)),
          ),
        ];
  const content =
    rows.length === 0 ? element('p', { class: 'none' }, 'Nothing.') : scrolling(table, title ?? section.title, rows.length >= LONG);
  return [...heading, content, ...list];
}

/** The first cell says what the row is about. Its edge shows the gravest tone, which a narrow window may have scrolled out of sight. */
function rowMarkup(cells: readonly Cell[]): Markup {
  return element(
    'tr',
    { class: graveTone(cells) },
    cells.map((cell, i) => (i === 0 ? element('th', { scope: 'row' }, cellContent(cell)) : element('td', {}, cellContent(cell)))),
  );
}

function graveTone(cells: readonly Cell[]): Tone | undefined {
  return (['danger', 'warning'] as const).find(tone => cells.some(cell => typeof cell !== 'string' && cell.tone === tone));
}

/** What is wider than the page scrolls in a box of its own, which the keyboard reaches too. */
export function scrolling(content: Content, label: string, long = false): Markup {
  return element('div', { class: long ? 'scroll long' : 'scroll', role: 'group', 'aria-label': label, tabindex: 0 }, content);
}
