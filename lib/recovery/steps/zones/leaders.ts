import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpResponse } from '../../calls/http';
import { READ_CONFIGURATION, READ_TOPOLOGY } from '../../calls/management-calls';
import { errorText } from '../../calls/readings';
import { REBALANCE, zoneOf } from '../../calls/zone-calls';
import { met, open, running, unknown, unread, type Finding } from '../../finding';
import type { Attempt } from '../../record/progress';
import type { Action, Condition, Step } from '../../run/step';
import { listText } from '../../view/members';
import { laidOut, layoutText, leadingZone } from '../../view/zone-layout';
import { leadersOf, leadersText } from '../../view/zone-leaders';

/** How long leaders may stay where they are, from the first request on, until that is told and nothing more is done about it. */
const PATIENCE_MS = 300_000;

/**
 * Leaders go by priority, best effort: who leads well steps down only when it is asked to, and who lags behind is not elected. So it is asked for until it
 * is so, or for five minutes.
 */
const MOVE: Action = {
  description: 'ask for leaders where they should be',
  call: REBALANCE,
  repeat: 'safe',
  read: readRebalanceAnswer,
};

/**
 * After a failback. Leaders that stay away slow nothing down but what is far from them: that is told, and is no failure.
 *
 * @internal
 */
export function returnLeaders(topology: RecoveryTopology): Step {
  const there = leadersThere(topology, { allZones: true });
  return {
    id: 'return-leaders',
    title: 'Let leaders go where they should be',
    purpose:
      'They stay in the region that has survived until it is asked for otherwise, and belong into the zone with the highest priority. For a moment, each of these partitions has ' +
      'no leader. Leaders that stay away are a warning only.',
    requires: [],
    done: {
      ...there,
      check: async (view, attempts) => {
        const finding = await there.check(view, attempts);
        const first = attempts.at(0)?.at;
        if (finding.state === 'met' || first === undefined || view.ports.clock.now() - first < PATIENCE_MS) return finding;
        return met(finding.why, [
          `${finding.why}, although it was asked for ${PATIENCE_MS / 60_000} minutes: 'recover verify' tells where leaders are, and 'recover switch' asks for them once more`,
        ]);
      },
    },
    action: MOVE,
    timeoutMs: 3 * PATIENCE_MS,
    advice: `see that gateways run and that REST API (:8080) and management API (:9600) can be reached, then 'recover resume'`,
  };
}

/**
 * Of a switch, which is for nothing else.
 *
 * @internal
 */
export function moveLeaders(topology: RecoveryTopology, to: number): Step {
  return {
    id: 'move-leaders',
    title: 'Let leaders go where they should be',
    purpose: 'Priorities alone move nobody. For a moment, each of these partitions has no leader; clients try again.',
    requires: [],
    done: leadersThere(topology, { zone: zoneOf(topology.regions[to]).name }),
    action: MOVE,
    timeoutMs: 2 * PATIENCE_MS,
    advice:
      `a broker that lags behind is not elected: look at the brokers that should lead (GET :9600/actuator/partitions of each) and their logs. Nothing is wrong with the data; ` +
      `'recover resume' asks for it once more`,
  };
}

/** What has to be so before it says anything that leaders are there. */
interface Wanted {
  /** The zone that is to have the highest priority. Without, it is whichever has it. */
  readonly zone?: string;
  /** Zones are all in the layout: one that comes back may take the leaders. */
  readonly allZones?: boolean;
}

/**
 * Whether all leaders are in the zone with the highest priority.
 *
 * @internal
 */
export function leadersThere(topology: RecoveryTopology, { zone: wanted, allZones = false }: Wanted = {}): Condition {
  return {
    description: `the leaders of all partitions are in ${wanted === undefined ? 'the zone with the highest priority' : `zone ${wanted}, which has the highest priority`}`,
    calls: [READ_CONFIGURATION, READ_TOPOLOGY],
    check: async view => {
      const [configuration, seen] = await Promise.all([view.configuration(), view.seenTopology()]);
      if (!configuration.ok) return unknown(configuration.why);
      if (!seen.ok) return unread(seen);
      const { layout } = configuration.value;
      if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
      const zone = leadingZone(layout);
      if (wanted !== undefined && zone?.name !== wanted) return open(`zone ${wanted} has not the highest priority: ${layoutText(layout)}`);
      const away = topology.regions.flatMap(region => (laidOut(layout, region.zone?.name) ? [] : [String(region.zone?.name)]));
      if (allZones && away.length > 0) return open(`zone ${away.join(', ')} is not back yet`);
      const leaders = leadersOf(topology, seen.value);
      if (zone === undefined) return met(`zones of equal priority share the leaders; ${leadersText(leaders)}`);
      if (leaders.leaderless.length > 0) return running(leadersText(leaders));
      const elsewhere = leaders.byRegion.flatMap((ids, id) => (topology.regions[id].zone?.name === zone.name ? [] : ids));
      return elsewhere.length === 0
        ? met(`all ${topology.partitions.length} leaders are in zone ${zone.name}`)
        : open(`partitions ${listText(elsewhere)} are not led in zone ${zone.name}, which has the highest priority`);
    },
  };
}

/**
 * Where leaders are, for those who verify: nothing hangs on it.
 *
 * @internal
 */
export function leadersTold(topology: RecoveryTopology): Condition {
  const there = leadersThere(topology);
  return {
    ...there,
    description: 'where leaders are, by zones',
    check: async (view, attempts): Promise<Finding> => {
      const finding = await there.check(view, attempts);
      if (finding.state === 'met') return finding;
      return met('where leaders are is no matter of being whole', [
        `${finding.why}: 'recover switch --to region...' with the region of that zone asks for them`,
      ]);
    },
  };
}

/** It is said to answer with success always. Whatever else comes is asked again: nothing of it stops a recovery. */
function readRebalanceAnswer(response: HttpResponse): Partial<Attempt> | undefined {
  const { status } = response;
  return status >= 200 && status < 300 ? undefined : { outcome: 'unknown', status, detail: errorText(response) };
}
