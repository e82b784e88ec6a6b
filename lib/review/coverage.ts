/** How much of the traffic between two ranges something lets through. */
export type Coverage = 'all' | 'part' | 'none';

/** What several pieces of the same traffic amount to. */
export function combineCoverages(coverages: readonly Coverage[]): Coverage {
  if (coverages.every(coverage => coverage === 'all')) return 'all';
  return coverages.every(coverage => coverage === 'none') ? 'none' : 'part';
}
