/**
 * A review as data. Pages and comments are made from it, and `review.json` holds it.
 *
 * @internal
 */
export interface ReviewDocument {
  /** Raised when a field changes its meaning or goes away. */
  readonly schemaVersion: 1;
  readonly title: string;
  /** What was reviewed, as the user named it. */
  readonly source: string;
  /** In the order in which they are shown. */
  readonly sections: readonly ReviewSection[];
}

/** @internal */
export interface ReviewSection {
  /** Stable: links and later reviews refer to it. Small letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What it comes to, in a sentence or two. */
  readonly summary: string;
  /** How much attention it wants. */
  readonly tone: Tone;
  readonly tables: readonly ReviewTable[];
}

/** @internal */
export interface ReviewTable {
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns that say of the whole row what it means, and what to do. Where they are read, they stand under what the row is about. */
  readonly explanations?: readonly string[];
  /** Sources, assumptions and dates, each a sentence. */
  readonly notes?: readonly string[];
}

/** @internal */
export type Cell = string | { readonly text: string; readonly tone: Tone };

/** @internal */
export type Tone = 'plain' | 'good' | 'warning' | 'danger';
