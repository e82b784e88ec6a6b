import type { VNode } from 'preact';
import type { Topology } from '../../constructs/topology/topology';
import type { ReviewDocument, ReviewSection } from '../../lib/review/document/review-document';
import { contentSecurityPolicy } from './html/content-security-policy';
import { Scrolling, Section } from './html/sections';
import { pageStyle } from './html/style';
import { Badge, Tally } from './html/tone';
import { markupOf } from './markup';
import { TopologyPictures } from './picture';
import { pictureStyle } from './picture/style';

const PICTURE_ID = 'picture-of-topology';
const PICTURE_TITLE = 'What is deployed';

/** The review as one page that needs nothing beside itself: no script, no request, no font. */
export function reviewHtml(document: ReviewDocument, topology: Topology): string {
  return `<!DOCTYPE html>\n${markupOf(<Page document={document} topology={topology} />)}\n`;
}

function Page({ document, topology }: { readonly document: ReviewDocument; readonly topology: Topology }): VNode {
  const { title, source, sections } = document;
  const style = pageStyle();
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentSecurityPolicy([style, pictureStyle()])} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the review
        </a>
        <header class="wide">
          <h1>{title}</h1>
          <p class="source">
            Reviewed: <code>{source}</code>
          </p>
          <Tally tones={sections.map(({ tone }) => tone)} />
        </header>
        <Contents sections={sections} />
        <main id="content" class="wide" tabindex={-1}>
          <section id={PICTURE_ID} class="picture" aria-labelledby={`${PICTURE_ID}--title`}>
            <h2 id={`${PICTURE_ID}--title`}>{PICTURE_TITLE}</h2>
            <Scrolling label={PICTURE_TITLE}>
              <TopologyPictures topology={topology} />
            </Scrolling>
          </section>
          {sections.map(section => (
            <Section {...section} />
          ))}
        </main>
        <footer class="wide">This page needs no network: it has no script and asks for nothing.</footer>
      </body>
    </html>
  );
}

function Contents({ sections }: { readonly sections: readonly ReviewSection[] }): VNode {
  return (
    <nav class="wide" aria-labelledby="contents">
      <h2 id="contents">Contents</h2>
      <ul>
        <li>
          <a href={`#${PICTURE_ID}`}>{PICTURE_TITLE}</a>
        </li>
        {sections.map(({ id, title, tone }) => (
          <li>
            <a href={`#${encodeURIComponent(id)}`}>{title}</a>
            <Badge tone={tone} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
