/** Mebibytes in the larger units of Kubernetes, largest first. */
const UNITS = { Ti: 1024 * 1024, Gi: 1024 } as const;
const MILLIS = 1000;

/**
 * Processor time as Kubernetes itself writes it. Where an operator reads a custom resource and writes it back, any other
 * form comes back changed, and a comparison with what was applied always shows a difference.
 *
 * @internal
 */
export function cpuQuantity(millis: number): string {
  return millis % MILLIS === 0 ? String(millis / MILLIS) : `${millis}m`;
}

/**
 * A size as Kubernetes itself writes it: see `cpuQuantity`.
 *
 * @internal
 */
export function sizeQuantity(mebibytes: number): string {
  const found = Object.entries(UNITS).find(([, size]) => mebibytes % size === 0);
  return found ? `${mebibytes / found[1]}${found[0]}` : `${mebibytes}Mi`;
}
