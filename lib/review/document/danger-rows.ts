import { cellText, cellTone } from './cells';
import type { ReviewDocument, ReviewSection } from './review-document';

/**
 * A row of a review that asks for attention at once.
 *
 * @internal
 */
export interface DangerRow {
  readonly section: ReviewSection;
  /** What is dangerous: the cell that says so. */
  readonly subject: string;
  /** What the other cells say, without those that are empty. */
  readonly texts: readonly string[];
}

/**
 * Every dangerous row, in the order in which sections show them.
 *
 * @internal
 */
export function dangerRows({ sections }: ReviewDocument): DangerRow[] {
  return sections.flatMap(section =>
    section.tables
      .flatMap(({ rows }) => rows)
      .flatMap((row): DangerRow[] => {
        const found = row.find(cell => cellTone(cell) === 'danger');
        if (found === undefined) return [];
        const texts = row.filter(cell => cell !== found).map(cellText);
        return [{ section, subject: cellText(found), texts: texts.filter(text => text !== '') }];
      }),
  );
}
