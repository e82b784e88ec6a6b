import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Control characters and halves of characters have no place in markup at all, not even as entities. */
const NO_MARKUP = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** An element as text. Everything in it that is not markup is escaped. */
export function markupOf(root: VNode): string {
  return renderToString(root).replace(NO_MARKUP, '\ufffd');
}
