import type { RecoveryTopology } from '../../../constructs/topology/recovery-topology';
import { consistsOf, OPERATIONS } from '../changes';
import { describePending } from '../cluster-configuration';
import { allOf, blocked, holds, open, running, unknown, type Finding } from '../finding';
import { READ_CONFIGURATION, READ_TOPOLOGY } from '../management-calls';
import { coordinatorIsIn, listText, type Sides } from '../members';
import type { Condition, Step } from '../step';
import type { World } from '../world';
import { brokerPodsLook } from './kubernetes-looks';

/**
 * Whether a failover may begin at all. Taken from the gateways' view and from the pods: the configuration cannot be read while
 * its coordinator is lost.
 *
 * @internal
 */
export function judgeLoss(topology: RecoveryTopology, sides: Sides, fenced: boolean): Step {
  const { regionId } = sides.affected;
  return {
    id: 'judge-loss',
    title: `See that region ${regionId} is lost`,
    purpose: `Removing brokers that are alive splits the cluster in two. Brokers ${listText(sides.affectedIds)} must not answer, and ${listText(sides.otherIds)} must.`,
    judges: true,
    requires: [],
    done: {
      says: `brokers of region ${regionId} do not answer${fenced ? ', or are confirmed to be cut off' : ''}; those of the other region do`,
      calls: [READ_TOPOLOGY, ...topology.regions.map(brokerPodsLook), ...(coordinatorIsIn(sides) ? [] : [READ_CONFIGURATION])],
      look: async world => {
        const lost = await lostPods(world, sides, fenced);
        if (lost.state === 'blocked') return lost;
        return allOf([lost, await seen(world, sides, fenced), await nothingPending(world, sides)]);
      },
    },
    timeoutMs: 60_000,
    advice:
      `if region ${regionId} is alive, do not fail over: a cut between the regions heals by itself. If it is to be given up, cut it off first ` +
      `('recover fence --region region${regionId}'), and confirm that with --fenced`,
  };
}

async function lostPods(world: World, { affected }: Sides, fenced: boolean): Promise<Finding> {
  const facts = await world.kubernetes(affected.regionId);
  if (!facts) return holds(`the Kubernetes API of region ${affected.regionId} does not answer`);
  if (facts.refused !== undefined) {
    const refusal = `the Kubernetes API of region ${affected.regionId} cannot be read: ${facts.refused}`;
    if (fenced) return holds(refusal, [`${refusal}; confirmed to be cut off by --fenced`]);
    return blocked(refusal, `a region that answers may be alive: use a role that may read it, or confirm with --fenced that it is cut off`);
  }
  const alive = (facts.brokerPods ?? []).filter(pod => pod.running).map(pod => pod.name);
  if (facts.brokerPods === undefined) return holds(`pods of region ${affected.regionId} cannot be seen from here`);
  if (alive.length === 0) return holds(`no broker runs in region ${affected.regionId}`);
  const text = `brokers of region ${affected.regionId} are running: ${listText(alive)}`;
  if (fenced) return holds(text, [`${text}; confirmed to be cut off by --fenced`]);
  return blocked(
    text,
    `the region is not lost. To give it up nevertheless, cut it off with 'recover fence --region region${affected.regionId}' or by other ` +
      `means, and confirm that with --fenced`,
  );
}

async function seen(world: World, { affectedIds, otherIds, affected }: Sides, fenced: boolean): Promise<Finding> {
  const reading = await world.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const ids = reading.value.brokers.map(({ nodeId }) => nodeId);
  const alive = affectedIds.filter(id => ids.includes(id));
  const missing = otherIds.filter(id => !ids.includes(id));
  if (missing.length === otherIds.length) return open(`no broker of the other region is seen, only ${listText(ids)}`);
  const warnings = missing.length === 0 ? [] : [belowStrength(missing)];
  if (alive.length === 0) return holds(`gateways see ${listText(ids)}`, warnings);
  const text = `gateways still see brokers ${listText(alive)} of region ${affected.regionId}`;
  if (fenced) return holds(text, [...warnings, `${text}; confirmed to be cut off by --fenced`]);
  return running(`${text}: those of a lost region disappear within seconds`);
}

/** @internal */
export function belowStrength(missing: readonly number[]): string {
  return `brokers ${listText(missing)} of the surviving region are not seen: with two replicas a partition, those that they hold stay without a quorum until they are back, and no further broker may be lost`;
}

async function nothingPending(world: World, sides: Sides): Promise<Finding> {
  if (coordinatorIsIn(sides)) return holds('the configuration cannot be read while its coordinator is lost');
  const reading = await world.configuration();
  if (!reading.ok) return unknown(reading.why);
  const { pendingChange } = reading.value;
  if (!pendingChange || consistsOf(pendingChange, OPERATIONS.removal)) return holds('no other change is pending');
  return blocked(
    `a change is in the way: ${describePending(pendingChange)}`,
    `wait for its end. If it waits for lost brokers, 'curl -X DELETE $MANAGEMENT/actuator/cluster/changes/${pendingChange.id}' cancels it ` +
      `without undoing what it has done`,
  );
}

/**
 * Brokers that restart between the forced change and its end can forget it.
 *
 * @internal
 */
export function noRollout({ others }: Sides): Condition {
  return {
    says: 'no rollout of the surviving brokers is going on',
    calls: others.map(brokerPodsLook),
    look: async world => {
      const facts = await Promise.all(others.map(region => world.kubernetes(region.regionId)));
      const refused = facts.find(found => found?.refused !== undefined)?.refused;
      if (refused !== undefined) return unknown(`the Kubernetes API of the surviving region cannot be read: ${refused}`);
      const rollout = facts.find(found => found?.rolloutOpen !== undefined)?.rolloutOpen;
      if (rollout === undefined) return holds('no rollout is going on');
      return blocked(
        `the surviving brokers are being replaced: ${rollout}`,
        'wait for the end of the rollout, or undo it, and resume: brokers that restart before the change is completed can forget it',
      );
    },
  };
}

/**
 * A condition that is waited for, and that brokers who restart meanwhile could spoil: says so where they do.
 *
 * @internal
 */
export function undisturbed(condition: Condition, sides: Sides): Condition {
  return {
    ...condition,
    look: async (world, attempts) => {
      const finding = await condition.look(world, attempts);
      if (attempts.length === 0 || (finding.state !== 'running' && finding.state !== 'unknown')) return finding;
      const rollout = await noRollout(sides).look(world, []);
      if (rollout.state !== 'blocked') return finding;
      return { ...finding, why: `${finding.why}; meanwhile ${rollout.why}. Stop that: brokers that restart now can forget the change` };
    },
  };
}
