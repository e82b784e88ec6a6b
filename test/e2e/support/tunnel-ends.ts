import { INSTANCE } from './bed-state';

/** Last part of the address of the broker with ordinal 0; the others follow. */
const FIRST_BROKER = 100;
/** Last part of the address for pods that have no name of their own. */
const OTHERS = 99;

/** Where the kubelets of a region listen: kwok plays all of them. */
export function kubeletAddress(regionId: number): string {
  return `127.${INSTANCE}.${regionId + 1}.1`;
}

/**
 * Where a tunnel into a pod ends: at the port of the same number on this address. Each broker has one, all other pods of the
 * region share one.
 */
export function tunnelEnd(regionId: number, ordinal?: number): string {
  return `127.${INSTANCE}.${regionId + 1}.${ordinal === undefined ? OTHERS : FIRST_BROKER + ordinal}`;
}
