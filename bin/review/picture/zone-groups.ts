import { ZONE_COUNT } from '../../../constructs/topology/subnets';
import { ordinalsAlone } from '../../../constructs/topology/zone-neighbours';

/**
 * Which pods share a zone, by ordinal, as far as the rules of the deployment leave no choice. Which zone a group is in is never
 * known before the scheduler has chosen. Nothing where several divisions are possible.
 */
export function zoneGroups(pods: number): number[][] | undefined {
  const ordinals = Array.from({ length: pods }, (_, ordinal) => ordinal);
  if (pods <= ZONE_COUNT) return ordinals.map(ordinal => [ordinal]);
  const alone = ordinalsAlone(pods);
  if (alone.length === 0) return undefined;
  return [...alone.map(ordinal => [ordinal]), ordinals.filter(ordinal => !alone.includes(ordinal))];
}
