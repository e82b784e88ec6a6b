/** Up to so many brokers, one in each zone is all that a balanced spread leaves. */
const ALONE_IN_A_ZONE = 3;
/** With so many brokers two of them share a zone, and which two can be told. */
const SEPARABLE = 4;

/**
 * Ordinals of brokers that must have a zone to themselves, so that no neighbours share one.
 *
 * The two replicas that a partition has in a region are on brokers with neighbouring ordinals, the last one and the first
 * being neighbours too. Of four brokers over three zones, 0 and 2 each get a zone alone. Then 1 and 3, which are no
 * neighbours, share the third.
 *
 * @internal
 */
export function ordinalsAlone(brokersPerRegion: number): number[] {
  return brokersPerRegion === SEPARABLE ? [0, 2] : [];
}

/**
 * Whether a balanced spread over zones, with the brokers that are alone in theirs, leaves no neighbours in one zone.
 *
 * @internal
 */
export function keepsNeighboursApart(brokersPerRegion: number): boolean {
  return brokersPerRegion <= ALONE_IN_A_ZONE || ordinalsAlone(brokersPerRegion).length > 0;
}

/**
 * Ordinals of a region's brokers that share a zone, one list a zone. Undefined where the scheduler decides which ones do.
 *
 * @internal
 */
export function zoneGroups(brokersPerRegion: number): number[][] | undefined {
  const alone = ordinalsAlone(brokersPerRegion);
  const ordinals = Array.from({ length: brokersPerRegion }, (_, ordinal) => ordinal);
  if (alone.length > 0) return [...alone.map(ordinal => [ordinal]), ordinals.filter(ordinal => !alone.includes(ordinal))];
  return brokersPerRegion <= ALONE_IN_A_ZONE ? ordinals.map(ordinal => [ordinal]) : undefined;
}
