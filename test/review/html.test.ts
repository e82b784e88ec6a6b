import { createHash } from 'node:crypto';
import { reviewHtml } from '../../bin/review/html';
import { Topology } from '../../constructs/topology/topology';
import { HOSTILE, HOSTILE_REVIEW, REVIEW_SAMPLE } from '../support/review-sample';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const topology = Topology.of(DEFAULT_SETTINGS);
const page = reviewHtml(REVIEW_SAMPLE, topology);

/** As text is written in a page. */
const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;')
    .replace(/\p{Cc}/gu, '\ufffd');

test('every section, table, cell and note of the document is on the page', () => {
  for (const { title, summary, tables } of REVIEW_SAMPLE.sections) {
    for (const text of [title, summary]) expect(page).toContain(escaped(text));
    for (const { title: name, columns, rows, explanations = [], notes = [] } of tables) {
      const headers =
        rows.length === 0
          ? []
          : columns.map(column => (explanations.includes(column) ? `<dt>${column}</dt>` : `<th scope="col">${column}</th>`));
      const cells = rows.flat().map(cell => (typeof cell === 'string' ? cell : cell.text));
      for (const text of [...headers, ...cells]) expect(page).toContain(text);
      expect(page.split(`>${name}</h3>`).length - 1).toBe(name === undefined ? 0 : 1);
      for (const note of notes) expect(page).toContain(`<li>${note}</li>`);
    }
  }
});

test('the contents lead to every section, in order, with its tone', () => {
  const nav = /<nav[^>]*>.*?<\/nav>/s.exec(page)![0];
  const links = [...nav.matchAll(/<a href="#([^"]*)">/g)].map(([, id]) => id);
  expect(links).toEqual(['picture-of-topology', ...REVIEW_SAMPLE.sections.map(({ id }) => id)]);
  for (const id of links) expect(page).toContain(`<section id="${id}"`);
  expect([...nav.matchAll(/class="badge (\w+)"/g)].map(([, tone]) => tone)).toEqual(REVIEW_SAMPLE.sections.map(({ tone }) => tone));
});

test('a tone is a word and a sign, not a colour alone', () => {
  expect(page).toContain('<span class="badge danger"><span class="sign" aria-hidden="true">✕</span>Danger</span>');
  expect(page).toMatch(
    /class="toned warning"><span class="sign" aria-hidden="true">!<\/span><span class="hidden">Warning: <\/span>pods move/,
  );
  // A plain cell is plain text.
  expect(page).toContain('<td data-column="A month, in US dollars">220</td>');
});

test('a row shows its gravest tone at its edge', () => {
  expect(page).toContain('<tbody class="danger"><tr><th scope="row" data-column="Resource">Snapshots/Bucket</th>');
  expect(page).toContain('<tbody class="warning"><tr><th scope="row" data-column="Resource">Region0/Cluster/Nodes1</th>');
  expect(page).toContain('<tbody><tr><th scope="row" data-column="Resource">Region0/Cluster/Addon</th>');
});

test('what explains a row stands below it, in no column', () => {
  expect(page).toMatch(
    /data-column="Resource">Region0\/Cluster\/Addon<\/th><td data-column="Change">updated in place<\/td><\/tr><tr class="below"><td colspan="2"><dl><div><dt>Consequence<\/dt><dd><span class="toned good">/,
  );
  expect(page).not.toContain('<th scope="col">Consequence</th>');
});

test('a table without rows says so', () => {
  expect(page).toMatch(/Region 1<\/h3><p class="none">Nothing\.<\/p>/);
});

test('the page asks for nothing and runs nothing', () => {
  expect(page).not.toMatch(/<(script|link|iframe|object|embed|img|form|base)\b/i);
  expect(page).not.toMatch(/\s(src|srcset|action|style|on[a-z]+)=/i);
  expect(page).not.toMatch(/url\(|@import/);
  expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, href]) => !href.startsWith('#'))).toEqual([]);
});

test('its policy forbids everything but the style sheets that it holds', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1];
  const digests = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text]) => createHash('sha256').update(text).digest('base64'));
  // That of the page, and one in each picture.
  expect(digests.length).toBe(3);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${[...new Set(digests)].map(digest => `'sha256-${digest}'`).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the page of the default deployment stays small', () => {
  expect(Buffer.byteLength(page)).toBeLessThan(500_000);
});

describe('hostile texts', () => {
  const hostile = reviewHtml(HOSTILE_REVIEW, topology);
  const tags = (html: string): string[] =>
    [...new Set([...html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, name]) => name.toLowerCase()))].sort();

  test('add no element and no attribute', () => {
    expect(tags(hostile).filter(name => !tags(page).includes(name))).toEqual([]);
    expect(hostile).not.toMatch(/<[^<>]*\son[a-z]+="/i);
  });

  test('are shown as they are, but for characters that no page may hold', () => {
    expect(hostile.split(escaped(HOSTILE)).length - 1).toBeGreaterThanOrEqual(9);
    expect(hostile).not.toMatch(/\p{Cc}(?<![\n\t])/u);
  });

  test('of attributes stay within their quotes', () => {
    const [section] = HOSTILE_REVIEW.sections;
    expect(hostile).toContain(`<section id="${escaped(section.id)}"`);
    expect(hostile).toContain(`aria-label="${escaped(HOSTILE)}"`);
  });
});

test('characters that no page may hold are replaced, wherever they are', () => {
  const [section] = REVIEW_SAMPLE.sections;
  const text = 'a\u0000b\ud800c\uffffd';
  const html = reviewHtml({ ...REVIEW_SAMPLE, sections: [{ ...section, title: text }] }, topology);
  // In the contents and above the section.
  expect(html.split('a\ufffdb\ufffdc\ufffdd').length - 1).toBe(2);
});
