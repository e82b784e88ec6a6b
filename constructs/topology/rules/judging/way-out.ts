import type { Party } from '../../plan/flows/flows';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isMapping } from '../../settings/rows/value-kinds';

/**
 * Whether an extra flow lets a part of Camunda out of its namespace to a port, in both regions. To which addresses is not looked at: a
 * name may have any.
 *
 * @internal
 */
export function leadsOut({ extraFlows }: ResolvedSettings, party: Party, port: number): boolean {
  const flows: readonly unknown[] = Array.isArray(extraFlows) ? extraFlows : [];
  const regions = flows.filter(isMapping).flatMap(({ source, port: open, transport, regionId }) => {
    const leads = isMapping(source) && source.party === party && open === port && transport !== 'UDP';
    return leads ? [regionId] : [];
  });
  return regions.includes(undefined) || [0, 1].every(regionId => regions.includes(regionId));
}

/**
 * The entry of `extraFlows` that would do so.
 *
 * @internal
 */
export function wayOut(parties: readonly Party[], port: number, purpose: string): string {
  return parties
    .map(party => `{ source: { party: '${party}' }, target: { cidr: '10.50.4.0/24' }, port: ${port}, purpose: '${purpose}' }`)
    .join(' and ');
}
