import type { ReviewDocument, ReviewSection } from '../../lib/review/document/review-document';
import { contentSecurityPolicy, styleSheetsOf } from './html/content-security-policy';
import { scrolling, sectionMarkup } from './html/sections';
import { pageStyle } from './html/style';
import { badge, tally } from './html/tone';
import { element, Markup } from './markup';

const PICTURE_ID = 'picture-of-topology';
const PICTURE_TITLE = 'What is deployed';

/**
 * The review as one page that needs nothing beside itself: no script, no request, no font.
 *
 * @param picture what `topologyPictures` gives, or a single picture. It is markup already.
 */
export function reviewHtml(document: ReviewDocument, picture: string): string {
  const { title, source, sections } = document;
  const style = pageStyle();
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: contentSecurityPolicy([style, ...styleSheetsOf(picture)]),
    }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, title),
    element('style', {}, new Markup(style)),
  );
  const body = element(
    'body',
    {},
    element('a', { class: 'skip', href: '#content' }, 'Skip to the review'),
    element(
      'header',
      { class: 'wide' },
      element('h1', {}, title),
      element('p', { class: 'source' }, 'Reviewed: ', element('code', {}, source)),
      element('ul', { class: 'tally', 'aria-label': 'Sections by tone' }, tally(sections.map(({ tone }) => tone))),
    ),
    element('nav', { class: 'wide', 'aria-labelledby': 'contents' }, contents(sections)),
    element('main', { id: 'content', class: 'wide', tabindex: -1 }, pictureSection(picture), sections.map(sectionMarkup)),
    element('footer', { class: 'wide' }, 'This page needs no network: it has no script and asks for nothing.'),
  );
  return `<!DOCTYPE html>\n${element('html', { lang: 'en' }, head, body).text}\n`;
}

function contents(sections: readonly ReviewSection[]): Markup[] {
  const link = (id: string, text: string): Markup => element('a', { href: `#${encodeURIComponent(id)}` }, text);
  return [
    element('h2', { id: 'contents' }, 'Contents'),
    element(
      'ul',
      {},
      element('li', {}, link(PICTURE_ID, PICTURE_TITLE)),
      sections.map(({ id, title, tone }) => element('li', {}, link(id, title), badge(tone))),
    ),
  ];
}

function pictureSection(picture: string): Markup {
  const both = ['beside', 'stacked'].every(arrangement => picture.includes(`class="topology ${arrangement}"`));
  return element(
    'section',
    { id: PICTURE_ID, class: 'picture', 'aria-labelledby': `${PICTURE_ID}--title` },
    element('h2', { id: `${PICTURE_ID}--title` }, PICTURE_TITLE),
    scrolling(element('div', { class: both ? 'both' : 'one' }, new Markup(picture)), PICTURE_TITLE),
  );
}
