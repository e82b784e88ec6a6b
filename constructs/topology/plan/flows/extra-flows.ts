import type { ExtraFlowSettings, FlowEndSettings } from '../../settings/extra-flows';
import type { RegionSettings } from '../../settings/regions';
import { Party, Transport, type Flow } from './flows';

/**
 * The flows that settings add.
 *
 * @internal
 */
export function extraFlows(settings: readonly ExtraFlowSettings[]): Flow[] {
  return settings.map(({ source, target, port, transport, crossRegion, regionId, purpose }) => ({
    source: partyOf(source),
    target: partyOf(target),
    port,
    transport: transport ?? Transport.TCP,
    crossRegion: crossRegion ?? false,
    purpose,
    namespace: source.namespace ?? target.namespace,
    cidr: source.cidr ?? target.cidr,
    regionId,
  }));
}

function partyOf({ party, namespace }: FlowEndSettings): Party {
  if (party !== undefined) return party;
  return namespace === undefined ? Party.ADDRESSES : Party.OTHER_NAMESPACE;
}

/**
 * The flow, and what else it takes where AWS is reached through interface endpoints: their addresses are not outside.
 *
 * @internal
 */
export function flowsToAws(flow: Flow, regions: readonly RegionSettings[]): Flow[] {
  const toEndpoints = regions.flatMap(({ existingVpc }, regionId) =>
    (existingVpc?.endpointCidrs ?? []).map(cidr => ({ ...flow, target: Party.ADDRESSES, cidr, regionId })),
  );
  return [flow, ...toEndpoints];
}
