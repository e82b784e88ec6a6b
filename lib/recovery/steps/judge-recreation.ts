import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_EXPORTERS } from '../calls/management-calls';
import { blocked, met, unknown } from '../finding';
import { consistsOf, OPERATIONS } from '../run/changes';
import type { Step } from '../run/step';
import { listText, type Sides } from '../view/members';
import { describePending } from '../view/pending-change';
import { zoneRemoved } from './zones/zone-removed';

/**
 * Whether a failback may begin: the failover must be over.
 *
 * @internal
 */
export function judgeRecreation(topology: RecoveryTopology, sides: Sides, again = false): Step {
  const { affected, affectedIds, otherIds } = sides;
  const lost = topology.exporters.filter(({ regionId }) => regionId === affected.regionId).map(({ exporterId }) => exporterId);
  return {
    id: 'judge-recreation',
    title: `See that the failover of region ${affected.regionId} is complete`,
    purpose: `A failback begins where brokers ${listText(otherIds)} work alone.`,
    isPrecheck: true,
    requires: [],
    done: {
      description: `the members are ${listText(otherIds)}, exporters of the lost region are DISABLED, no change is pending`,
      calls: [READ_CONFIGURATION, READ_EXPORTERS],
      check: async view => {
        const reading = await view.configuration();
        if (!reading.ok) return unknown(reading.why);
        const { members, pendingChange } = reading.value;
        if (pendingChange && !(again && consistsOf(pendingChange, OPERATIONS.addition)))
          return blocked(`a change is in the way: ${describePending(pendingChange)}`, 'wait for its end, then start again');
        const ids = members.map(({ brokerId }) => brokerId);
        const missing = otherIds.filter(id => !ids.includes(id));
        if (missing.length > 0) {
          return blocked(
            `brokers ${listText(missing)} of the surviving region are not members; members are ${listText(ids)}`,
            `is region ${affected.regionId} really the one that was lost? The surviving one holds the data, and is copied to the other`,
          );
        }
        if (again) return met(`members are ${listText(ids)}`);
        const zone = zoneRemoved(reading.value, sides);
        if (zone && zone.state !== 'met') return zone;
        const left = zone ? [] : affectedIds.filter(id => ids.includes(id));
        if (left.length > 0) {
          return blocked(
            `brokers ${listText(left)} of region ${affected.regionId} are members: it is not lost`,
            `see with 'recover verify' what is missing. If the region is lost, 'recover failover --lost region${affected.regionId}' comes first`,
          );
        }
        const exporters = await view.exporters();
        if (!exporters.ok) return unknown(exporters.why);
        const on = lost.filter(id => exporters.value.get(id) !== 'DISABLED');
        if (on.length > 0) {
          return blocked(
            `exporters ${listText(on)} of region ${affected.regionId} are ${listText(on.map(id => exporters.value.get(id) ?? 'unknown'))}, not DISABLED`,
            `they would go on in an empty Elasticsearch. 'recover failover --lost region${affected.regionId}' disables them; an earlier failback that has ` +
              `come this far is continued with its own state by 'recover resume'`,
          );
        }
        return met(`members are ${listText(ids)}, exporters ${listText(lost)} are disabled`);
      },
    },
    timeoutMs: 60_000,
    advice: `finish the failover first: 'recover failover --lost region${affected.regionId}'`,
  };
}
