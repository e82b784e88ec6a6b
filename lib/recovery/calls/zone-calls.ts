import type { RecoveryRegion, RecoveryZone } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { FailbackDialect, FailoverDialect } from '../../../constructs/topology/versions/camunda-version';
import type { Sides } from '../view/members';
import type { HttpCall } from './call';

const MANAGEMENT = { kind: 'management' } as const;

/**
 * Asks for leaders on the brokers that should have them. It answers before anything has moved, and says nothing of what will.
 *
 * @internal
 */
export const REBALANCE: HttpCall = { target: MANAGEMENT, method: 'POST', path: '/actuator/rebalance' };

/**
 * Removes a zone with its brokers, and takes it out of the layout. Never done by the ids of its brokers: that leaves it in the layout without
 * members, where it can neither be removed nor added.
 *
 * @internal
 */
export function zoneRemoval({ method, path }: FailoverDialect, { affected }: Sides, dryRun: boolean): HttpCall {
  return { target: MANAGEMENT, method, path: pathOf(path, affected), query: { force: 'true', ...rehearsal(dryRun) } };
}

/**
 * Brings a zone back, at the end of the layout.
 *
 * @param priority left out, it is the one that the zone began with
 *
 * @internal
 */
export function zoneAddition({ method, path }: FailbackDialect, { affected }: Sides, dryRun: boolean, priority?: number): HttpCall {
  const zone = zoneOf(affected);
  const body = { numberOfReplicas: zone.numberOfReplicas, priority: priority ?? zone.priority, numberOfBrokers: affected.brokers.length };
  return { target: MANAGEMENT, method, path: pathOf(path, affected), query: rehearsal(dryRun), body };
}

/**
 * Gives the priorities that zones have to them in another order. To ask for an order that there is changes nothing.
 *
 * @param zones names of all of them, of which the first one is to have the leaders
 *
 * @internal
 */
export function priorityOrder(zones: readonly string[], dryRun: boolean): HttpCall {
  return {
    target: MANAGEMENT,
    method: 'PUT',
    path: '/actuator/cluster/partitioning',
    query: rehearsal(dryRun),
    body: { zonePriorities: zones },
  };
}

/**
 * The zone of a region, where the cluster has zones.
 *
 * @throws Error where it has none
 *
 * @internal
 */
export function zoneOf({ regionId, zone }: RecoveryRegion): RecoveryZone {
  if (zone === undefined) throw new Error(`region ${regionId} has no zone`);
  return zone;
}

function pathOf(path: string, region: RecoveryRegion): string {
  return path.replace('{zone}', zoneOf(region).name);
}

function rehearsal(dryRun: boolean): { readonly [name: string]: string } {
  return dryRun ? { dryRun: 'true' } : {};
}
