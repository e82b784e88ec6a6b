import { familyOf, isDated, isOfOneRegion } from './index-families';

/** Documents by index. */
export type Counts = ReadonlyMap<string, number>;

/** What is compared, and when it was read. */
export interface ComparedRegions {
  readonly camundaVersion: string;
  /** Counts of one region, one after the other, the other region between the first and the second. */
  readonly here: readonly Counts[];
  readonly there: Counts;
  /** Records that exporters still have to write. */
  readonly lag: number;
}

/**
 * Where regions differ by more than what is being exported: as many documents as came while it was counted, or as many records as
 * exporters still have to write. With nothing on its way, by nothing. What is archived moves within its family.
 *
 * @internal
 */
export function differentFamilies({ camundaVersion, here, there, lag }: ComparedRegions): string[] {
  const counts = here.map(byFamily);
  const other = byFamily(there);
  const names = new Set([...counts.flatMap(one => [...one.keys()]), ...other.keys()]);
  return [...names]
    .filter(name => !isOfOneRegion(name, camundaVersion))
    .sort()
    .flatMap(name => {
      const seen = counts.map(one => one.get(name) ?? 0);
      const [least, most, has] = [Math.min(...seen), Math.max(...seen), other.get(name) ?? 0];
      const distance = Math.max(least - has, has - most, 0);
      return distance > Math.max(most - least, lag) ? [`${name} (${seen.at(-1)} and ${has})`] : [];
    });
}

/**
 * Indices that the other region lacks. Dated ones come and go with what is archived: only their documents count.
 *
 * @internal
 */
export function missingIndices(names: Iterable<string>, other: ReadonlySet<string>): string[] {
  return [...names].filter(name => !isDated(name) && !other.has(name)).sort();
}

function byFamily(counts: Counts): Map<string, number> {
  const families = new Map<string, number>();
  for (const [index, count] of counts) families.set(familyOf(index), (families.get(familyOf(index)) ?? 0) + count);
  return families;
}
