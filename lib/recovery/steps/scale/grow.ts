import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, readChangeAnswer } from '../../calls/management-calls';
import { scaling, type Scaling } from '../../calls/scale-calls';
import { met, open, unknown } from '../../finding';
import { changeFinding, lastChangeOf, lastChangeKnown, OPERATIONS, ORPHANED_ADVICE } from '../../run/changes';
import type { Action, Condition, Step } from '../../run/step';
import { idsOf, listText, sidesOf, sorted } from '../../view/members';
import { unbalanced } from '../../view/unbalanced';
import { complete } from '../add-brokers';
import { bothLive } from './both-live';

const TIMEOUT_MS = 2 * 3_600_000;
const ADVICE =
  'copying data takes minutes to tens of minutes. If it does not move, look into the logs of the brokers that join (GET :9600/actuator/cluster names the ' +
  `operation that is next), restart those that run and do not go on, and 'recover resume'`;

/** @internal */
export function addMembers(topology: RecoveryTopology, adds: readonly string[]): Step {
  return {
    id: 'add-members',
    title: `Make members of brokers ${listText(adds)}`,
    purpose: 'Replicas of the partitions that there are move to them. Data is copied meanwhile, and partitions change their leaders.',
    requires: [lastChangeKnown()],
    watch: bothLive(topology),
    done: members(topology),
    action: action(topology, 'add the brokers', { adds }),
    timeoutMs: TIMEOUT_MS,
    advice: ADVICE,
  };
}

/** @internal */
export function addPartitions(topology: RecoveryTopology): Step {
  const partitionCount = topology.partitions.length;
  return {
    id: 'add-partitions',
    title: `Have ${partitionCount} partitions`,
    purpose: 'New partitions get process instances that begin from now on, and messages. Those that there are keep what they have.',
    requires: [lastChangeKnown()],
    watch: bothLive(topology),
    done: complete(topology, sidesOf(topology, 0), OPERATIONS.scaling),
    action: action(topology, 'add partitions', { partitionCount }),
    timeoutMs: TIMEOUT_MS,
    advice: `${ADVICE}. No backup is possible meanwhile`,
  };
}

function action(topology: RecoveryTopology, description: string, what: Scaling): Action {
  return {
    description,
    call: scaling(topology, what),
    repeat: 'conclusive',
    read: readChangeAnswer,
    onceSent: `${ADVICE}. ${ORPHANED_ADVICE}`,
  };
}

/** All brokers are members, and share the partitions that there are, however many. */
function members(topology: RecoveryTopology): Condition {
  const ids = sorted(topology.regions.flatMap(idsOf));
  return {
    description: `brokers ${listText(ids)} are members, each partition that there is has ${topology.replicationFactor} active replicas, half of them in each region, and no change is pending`,
    calls: [READ_CONFIGURATION],
    check: async (view, attempts) => {
      const reading = await view.configuration();
      if (!reading.ok) return unknown(reading.why);
      const change = changeFinding(reading.value, attempts, OPERATIONS.scaling);
      if (change) return change;
      const lastChange = lastChangeOf(reading.value);
      const missing = ids.filter(id => !reading.value.members.some(({ brokerId, state }) => brokerId === id && state === 'ACTIVE'));
      if (missing.length > 0) return { ...open(`brokers ${listText(missing)} are not active members`), lastChange };
      const held = new Set(reading.value.members.flatMap(({ partitions }) => partitions.map(({ partitionId }) => partitionId)));
      const there = { ...topology, partitions: topology.partitions.filter(({ partitionId }) => held.has(partitionId)) };
      const wrong = unbalanced(there, reading.value.members);
      if (wrong.length > 0) return { ...open(wrong.join('; ')), lastChange };
      return met(`${ids.length} members, ${there.partitions.length} partitions complete`);
    },
  };
}
