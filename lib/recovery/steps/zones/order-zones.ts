import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_TOPOLOGY, readChangeAnswer } from '../../calls/management-calls';
import { priorityOrder, zoneOf } from '../../calls/zone-calls';
import { allOf, blocked, met, open, unknown, type Finding } from '../../finding';
import { changeFinding, lastChangeOf, OPERATIONS } from '../../run/changes';
import type { Condition, Step } from '../../run/step';
import type { ClusterView } from '../../view/cluster-view';
import { sidesOf, type Sides } from '../../view/members';
import { leadingZone, layoutText } from '../../view/zone-layout';
import { complete } from '../add-brokers';
import { dryRun } from '../dry-run';
import { healthy } from '../health';

/**
 * Whether a switch may begin: both regions are whole, and their zones have different priorities.
 *
 * @internal
 */
export function judgeSwitch(topology: RecoveryTopology, to: number): Step {
  const sides = sidesOf(topology, to);
  const whole = complete(topology, sides);
  return {
    id: 'judge-switch',
    title: `See that leaders can move to region ${to}`,
    purpose: 'A switch is for two regions that are whole: one that is lost is failed over.',
    isPrecheck: true,
    requires: [],
    done: {
      description: `${whole.description}; gateways see all of them, healthy; the zones have different priorities`,
      calls: [READ_CONFIGURATION, READ_TOPOLOGY],
      check: async (view, attempts) => allOf([await differ(view), await whole.check(view, attempts), await healthy(view, sides)]),
    },
    timeoutMs: 60_000,
    advice: `see with 'recover verify' what is missing, and with 'recover status' what goes on. Nothing was sent`,
  };
}

/** @internal */
export function orderZones(topology: RecoveryTopology, to: number): Step {
  const sides = sidesOf(topology, to);
  const names = [sides.affected, ...sides.others].map(region => zoneOf(region).name);
  return {
    id: 'order-zones',
    title: `Give zone ${names[0]} the highest priority`,
    purpose: 'Zones change their priorities. No data moves, as long as partitions are where the zones place them.',
    requires: [rehearsal(names)],
    done: leads(sides),
    action: {
      description: 'order the zones',
      call: priorityOrder(names, false),
      // To ask for an order that there is changes nothing.
      repeat: 'safe',
      read: readChangeAnswer,
    },
    timeoutMs: 600_000,
    advice: `look at GET :9600/actuator/cluster (partitioning, pendingChange, lastChange), then 'recover resume'`,
  };
}

function leads({ affected }: Sides): Condition {
  const { name } = zoneOf(affected);
  return {
    description: `zone ${name} has the highest priority in the layout, and no change is pending`,
    calls: [READ_CONFIGURATION],
    check: async (view, attempts) => {
      const reading = await view.configuration();
      if (!reading.ok) return unknown(reading.why);
      const change = changeFinding(reading.value, attempts, OPERATIONS.priorities);
      if (change) return change;
      const { layout } = reading.value;
      if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
      const lastChange = lastChangeOf(reading.value);
      return leadingZone(layout)?.name === name ? met(layoutText(layout)) : { ...open(layoutText(layout)), lastChange };
    },
  };
}

/** With equal priorities, another order is the same one. */
async function differ(view: ClusterView): Promise<Finding> {
  const reading = await view.configuration();
  if (!reading.ok) return unknown(reading.why);
  const { layout } = reading.value;
  if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
  if (leadingZone(layout)) return met(layoutText(layout));
  return blocked(
    `zones of equal priority share the leaders, and no order changes that: ${layoutText(layout)}`,
    `nothing was sent. Where leaders have to be in one region, give its zone the higher priority in the layout, by PUT :9600/actuator/cluster/partitioning with a 'config': ` +
      'replicas of half of the partitions may move then',
  );
}

/** What the server says of it before it does it. */
function rehearsal(names: readonly string[]): Condition {
  const call = priorityOrder(names, true);
  return {
    description: 'a dry run accepts the order',
    calls: [call],
    check: view => dryRun(view, call, () => met('the dry run accepts it')),
  };
}
