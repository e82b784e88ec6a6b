/**
 * What a region is to run.
 *
 * @internal
 */
export enum RegionPhase {
  /** Everything. */
  STEADY,
  /** All but Operate and Tasklist, while the other region gets a copy of its data. */
  SURVIVING,
  /** All but Operate and Tasklist, and nothing that makes a schema, until its data is restored. */
  RECREATED,
}

/** @internal */
export function regionPhase({ recreatedRegion }: { readonly recreatedRegion?: number }, regionId: number): RegionPhase {
  if (recreatedRegion === undefined) return RegionPhase.STEADY;
  return recreatedRegion === regionId ? RegionPhase.RECREATED : RegionPhase.SURVIVING;
}
