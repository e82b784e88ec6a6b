import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Attempt } from '../record/progress';
import type { Sides } from '../view/members';
import { numbersOf } from './broker-id';
import type { HttpCall } from './call';
import type { HttpResponse } from './http';
import { idOf, isJson, parsed, textOf } from './readings';
import { zoneAddition, zoneRemoval } from './zone-calls';

const MANAGEMENT = { kind: 'management' } as const;

/** @internal */
export const READ_CONFIGURATION: HttpCall = { target: MANAGEMENT, method: 'GET', path: '/actuator/cluster' };
/** @internal */
export const READ_EXPORTERS: HttpCall = { target: MANAGEMENT, method: 'GET', path: '/actuator/exporters' };
/**
 * Whether an upgrade is over, as the gateways say it. From 8.10 on.
 *
 * @internal
 */
export const READ_UPGRADE_READINESS: HttpCall = { target: MANAGEMENT, method: 'GET', path: '/actuator/upgradeReadiness' };
/** @internal */
export const READ_TOPOLOGY: HttpCall = { target: { kind: 'rest' }, method: 'GET', path: '/v2/topology' };
/**
 * Never the soft form: after it, this one would spoil what brokers remember of the pause.
 *
 * @internal
 */
export const PAUSE_EXPORTING: HttpCall = { target: MANAGEMENT, method: 'POST', path: '/actuator/exporting/pause' };
/** @internal */
export const RESUME_EXPORTING: HttpCall = { target: MANAGEMENT, method: 'POST', path: '/actuator/exporting/resume' };

/** @internal */
export function readBrokerPartitions(brokerId: string): HttpCall {
  return { target: { kind: 'broker', brokerId }, method: 'GET', path: '/actuator/partitions' };
}

/** @internal */
export function forceRemoval({ dialect }: RecoveryTopology, sides: Sides, dryRun = false): HttpCall {
  const { method, path, names } = dialect.failover;
  if (names === 'zone') return zoneRemoval(dialect.failover, sides, dryRun);
  const { affectedIds, otherIds } = sides;
  const body = names === 'remaining' ? numbersOf(otherIds) : { brokers: { remove: numbersOf(affectedIds) } };
  return { target: MANAGEMENT, method, path, query: { force: 'true', ...(dryRun ? { dryRun: 'true' } : {}) }, body };
}

/**
 * Without force: the server refuses to add by force, although the published procedure asks for it.
 *
 * @param zonePriority priority of the zone that comes back, where that is not the one that it began with
 *
 * @internal
 */
export function additionOfBrokers(
  { dialect, replicationFactor }: RecoveryTopology,
  sides: Sides,
  dryRun: boolean,
  zonePriority?: number,
): HttpCall {
  const { method, path, names } = dialect.failback;
  if (names === 'zone') return zoneAddition(dialect.failback, sides, dryRun, zonePriority);
  const { affectedIds, allIds } = sides;
  const rehearsal: { readonly [name: string]: string } = dryRun ? { dryRun: 'true' } : {};
  return names === 'all'
    ? { target: MANAGEMENT, method, path, query: { replicationFactor: String(replicationFactor), ...rehearsal }, body: numbersOf(allIds) }
    : {
        target: MANAGEMENT,
        method,
        path,
        query: rehearsal,
        body: { brokers: { add: numbersOf(affectedIds) }, partitions: { replicationFactor } },
      };
}

/**
 * Nothing that it has done already is undone.
 *
 * @internal
 */
export function cancellation(changeId: number): HttpCall {
  return { target: MANAGEMENT, method: 'DELETE', path: `/actuator/cluster/changes/${changeId}` };
}

/** @internal */
export function disabling(exporterId: string): HttpCall {
  return { target: MANAGEMENT, method: 'POST', path: `/actuator/exporters/${exporterId}/disable` };
}

/** @internal */
export function enabling(exporterId: string, initializeFrom: string): HttpCall {
  return { target: MANAGEMENT, method: 'POST', path: `/actuator/exporters/${exporterId}/enable`, body: { initializeFrom } };
}

/**
 * A cluster that has begun a change names it. Any other success, of a proxy or a page to log in, says nothing about what has become of the request.
 *
 * @internal
 */
export function readChangeAnswer({ status, text }: HttpResponse): Partial<Attempt> | undefined {
  if (status < 200 || status >= 300) return undefined;
  const value = parsed(text);
  if (isJson(value) && !Number.isNaN(idOf(value.changeId))) return undefined;
  return { outcome: 'unknown', detail: `HTTP ${status} that names no change: ${text.trim().slice(0, 200)}` };
}

/**
 * Pausing and resuming answer 204, or 200 with nothing, or 200 with the real status in the body.
 *
 * @internal
 */
export function readExportingAnswer({ status, text }: HttpResponse): Partial<Attempt> | undefined {
  if (status === 204 || (status === 200 && text.trim() === '')) return { outcome: 'accepted' };
  if (status !== 200) return undefined;
  const value = parsed(text);
  const inner = isJson(value) ? idOf(value.status) : NaN;
  if (inner === 204) return { outcome: 'accepted' };
  const message = isJson(value) && isJson(value.body) ? textOf(value.body.message) : text.slice(0, 200);
  return {
    outcome: 'unknown',
    status: Number.isNaN(inner) ? status : inner,
    detail: `HTTP 200 with ${Number.isNaN(inner) ? 'no status' : `status ${inner}`} in the body: ${message}`,
  };
}
