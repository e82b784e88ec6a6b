import { keepsNeighboursApart } from '../plan/placement/zone-neighbours';
import { isClusterSize } from '../settings/camunda';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { warningOf, type Problem } from './judging/problem';

const REGIONS = 2;
/** Most brokers of both regions together whose neighbours can be kept apart. */
const MAX_BROKERS = 8;

/**
 * From five brokers a region on, rules that are the same for all pods of a StatefulSet cannot keep neighbours apart.
 *
 * @internal
 */
export function zoneNeighbourProblems({ camunda }: ResolvedSettings): Problem[] {
  if (!isClusterSize(camunda.clusterSize)) return [];
  const perRegion = camunda.clusterSize / REGIONS;
  if (keepsNeighboursApart(perRegion)) return [];
  return [
    warningOf({
      rule: 'zone-neighbours',
      setting: 'camunda.clusterSize',
      value: camunda.clusterSize,
      requirement: `should be at most ${MAX_BROKERS}: of ${perRegion} brokers in a region, neighbours in the partition table may share a zone, and losing it stops their common partitions until it returns`,
      fix: `choose ${MAX_BROKERS} brokers with more memory each, or accept that a lost zone can stop some partitions of the cluster`,
    }),
  ];
}
