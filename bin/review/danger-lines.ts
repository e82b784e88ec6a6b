import { dangerRows } from '../../lib/review/document/danger-rows';
import type { ReviewDocument } from '../../lib/review/document/review-document';

/** A cell may hold a whole policy. The pages have all of it. */
const MAX_LENGTH = 160;

/** Why a review ends with the code of danger, a line each. */
export function dangerLines(document: ReviewDocument): string[] {
  return dangerRows(document).map(
    ({ section, subject, texts }) => `danger  ${shortened(subject)}  ${section.title}: ${texts.map(shortened).join('; ')}`,
  );
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
