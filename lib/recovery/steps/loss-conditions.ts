import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { forceRemoval, READ_CONFIGURATION, READ_TOPOLOGY } from '../calls/management-calls';
import type { Reading } from '../calls/readings';
import { readHealth } from '../calls/search-calls';
import { allOf, blocked, met, open, running, unknown, unread, type Finding } from '../finding';
import { mayHaveActed } from '../record/progress';
import type { Condition, Step } from '../run/step';
import { UNSEEN_MS } from '../view/absence';
import { holdersAmong, type ClusterTopology } from '../view/cluster-topology';
import type { ClusterView } from '../view/cluster-view';
import { AWS_CONSOLE, mayBeRemoved } from '../view/evidence';
import { coordinatorIsIn, listText, type Sides } from '../view/members';
import { evidenceOf } from '../view/region-evidence';
import { brokerPodsLook } from './kubernetes-looks';
import { nothingPending } from './loss/nothing-pending';

/** How long one look waits by itself. An interruption is noticed after it. */
const NAP_MS = 3_000;
/** What is left of a wait is waited for at once, so that the program is not late by a pause between two looks. */
const LAST_NAP_MS = 5_000;

/** Long enough for a change to end that needs no lost broker. */
const JUDGED_MS = 90_000;

/** What shows a loss without a person who confirms it. */
const SHOWN =
  'its Kubernetes API says that none of them runs, or neither that API nor its Elasticsearch answers, each asked by a way of its own (not Elasticsearch through the API)';

/**
 * Whether a failover may begin at all. Taken from the gateways' view and from the pods: the configuration cannot be read while
 * its coordinator is lost.
 *
 * @internal
 */
export function judgeLoss(topology: RecoveryTopology, sides: Sides, fenced: boolean, cancels?: number): Step {
  const { regionId } = sides.affected;
  // A change that is to be cancelled has been read, so that its coordinator lives.
  const isBlind = coordinatorIsIn(sides) && cancels === undefined;
  return {
    id: 'judge-loss',
    title: `See that region ${regionId} is lost`,
    purpose: `Removing brokers that are alive splits the cluster in two. Brokers ${listText(sides.affectedIds)} must not answer, and ${listText(sides.otherIds)} must.`,
    isPrecheck: true,
    requires: [],
    done: {
      description:
        `brokers of region ${regionId} are not seen for ${UNSEEN_MS / 1000} s without a break${fenced ? ', and are confirmed to be cut off' : `, and ${SHOWN}`}; ` +
        'those of the other region are seen',
      calls: [
        READ_TOPOLOGY,
        ...topology.regions.map(brokerPodsLook),
        readHealth(regionId),
        isBlind ? forceRemoval(topology, sides, true) : READ_CONFIGURATION,
      ],
      check: async (view, _, steps = {}) => {
        const seen = view.seenTopology();
        const empty = onlyEmptyOnes(await seen, sides);
        if (empty) return empty;
        const verdict = mayBeRemoved(regionId, await evidenceOf(view, sides, seen), fenced);
        if (verdict.state === 'blocked') return verdict;
        const pending = async (): Promise<Finding> => {
          const finding = await nothingPending(view, topology, sides, steps, cancels);
          return finding.state === 'unknown' ? withMissing(view, sides, finding) : finding;
        };
        const lost = allOf([verdict, survivorsSeen(await seen, sides), ...(isBlind ? [] : [await pending()])]);
        if (lost.state !== 'met') return lost;
        const unseen = await notSeen(sides).check(view, []);
        if (unseen.state !== 'met') return unseen;
        // Nobody asks for a removal, not even for a dry run of it, before the region is seen to be lost.
        return isBlind ? allOf([lost, await pending()]) : lost;
      },
    },
    timeoutMs: JUDGED_MS,
    advice:
      `if region ${regionId} is alive, do not fail over: a cut between the regions heals by itself. If it is to be given up, cut it off first ` +
      `('recover fence --region region${regionId}'), and confirm that with --fenced. What is silent is not seen: look elsewhere (${AWS_CONSOLE})`,
  };
}

/**
 * Brokers of a region that comes back are seen before they hold anything. Nothing is removed for them, and nobody is told to cut off the
 * region that holds the data. A broker that has just started looks alike for a moment.
 */
function onlyEmptyOnes(reading: Reading<ClusterTopology>, { affected, otherIds, others }: Sides): Finding | undefined {
  if (!reading.ok || holdersAmong(reading.value, otherIds).length > 0) return undefined;
  const seen = otherIds.filter(id => reading.value.brokers.some(({ brokerId }) => brokerId === id));
  if (seen.length === 0) return undefined;
  return {
    ...open(
      `brokers ${listText(seen)} of region ${others[0].regionId} are seen, and hold no partition: region ${affected.regionId} has the only copy`,
    ),
    advice:
      `bring region ${affected.regionId} back, and do not cut it off: without it, nothing is left. Region ${others[0].regionId} has no data before its failback is over; ` +
      `then 'recover resume' goes on with that`,
  };
}

function survivorsSeen(reading: Reading<ClusterTopology>, { otherIds }: Sides): Finding {
  if (!reading.ok) return unread(reading);
  const ids = reading.value.brokers.map(({ brokerId }) => brokerId);
  const missing = otherIds.filter(id => !ids.includes(id));
  if (missing.length === otherIds.length) return open(`no broker of the other region is seen, only ${listText(ids)}`);
  return met(
    `${otherIds.length - missing.length} of ${otherIds.length} brokers of the surviving region are seen`,
    missing.length === 0 ? [] : [belowStrength(missing)],
  );
}

/**
 * Brokers that gateways see are alive: a forced removal waits until they are gone, and have been for so long that it is no gateway's
 * mistake. Waits for a part of that itself: looks that show the same are no use to anybody.
 *
 * @internal
 */
export function notSeen(sides: Sides): Condition {
  const { affected, affectedIds } = sides;
  return {
    description: `gateways see no broker of region ${affected.regionId}, for ${UNSEEN_MS / 1000} s without a break`,
    calls: [READ_TOPOLOGY],
    check: async view => {
      const { clock } = view.ports;
      const now = await seesNone(view, sides);
      const missing = view.absence.missing(affectedIds);
      if (now.state !== 'met' || missing === 0) return now;
      await clock.sleep(missing <= LAST_NAP_MS ? missing : NAP_MS);
      const then = await seesNone(view, sides);
      const left = view.absence.missing(affectedIds);
      if (then.state !== 'met' || left === 0) return then;
      return running(`${then.why}; gateways can be wrong for a moment, so it is looked at for ${Math.ceil(left / 1000)} s more`);
    },
  };
}

async function seesNone(view: ClusterView, { affected, affectedIds }: Sides): Promise<Finding> {
  const reading = await view.seenTopology();
  if (!reading.ok) return unread(reading);
  const alive = affectedIds.filter(id => reading.value.brokers.some(({ brokerId }) => brokerId === id));
  return alive.length === 0
    ? met(`no broker of region ${affected.regionId} is seen`)
    : running(`gateways see brokers ${listText(alive)} of region ${affected.regionId}: they are alive`);
}

/**
 * What is removed must not come back as it was: told at once, because its brokers still believe that they are members.
 *
 * @internal
 */
export function hasNotReturned(sides: Sides): Condition {
  const { regionId } = sides.affected;
  return {
    description: `gateways see no broker of region ${regionId}`,
    calls: [READ_TOPOLOGY],
    check: async view => {
      const finding = await seesNone(view, sides);
      if (finding.state !== 'running') return finding;
      return blocked(
        `region ${regionId} has come back with its old data: ${finding.why}, and they were removed`,
        `cut it off again at once: 'recover fence --region region${regionId}' takes its brokers away. Volumes of its brokers and of its Elasticsearch must ` +
          `be gone before it is recreated. Then 'recover resume'`,
      );
    },
  };
}

/** @internal */
export function belowStrength(missing: readonly string[]): string {
  return `brokers ${listText(missing)} of the surviving region are not seen: with two replicas a partition, those that they hold stay without a quorum until they are back, and no further broker may be lost`;
}

/** @internal */
export function startAdvice(missing: readonly string[]): string {
  return `bring brokers ${listText(missing)} of the surviving region back: look at their pods and their logs. Then 'recover resume'`;
}

/**
 * Brokers that restart between the forced change and its end can forget it.
 *
 * @internal
 */
export function noRollout({ others }: Sides): Condition {
  return {
    description: 'no rollout of the surviving brokers is going on',
    calls: others.map(brokerPodsLook),
    check: async view => {
      const facts = await Promise.all(others.map(region => view.kubernetes(region.regionId)));
      const unread = facts.find(found => found?.refused !== undefined);
      if (unread) {
        const why = `the Kubernetes API of the surviving region cannot be read: ${unread.refused}`;
        return unread.denied ? blocked(why, `use a role that may carry out a recovery there: 'kubernetes.recoveryRoleArns'`) : unknown(why);
      }
      const rollout = facts.find(found => found?.rolloutOpen !== undefined)?.rolloutOpen;
      if (rollout === undefined) return met('no rollout is going on');
      return blocked(
        `the surviving brokers are being replaced: ${rollout}`,
        'wait for the end of the rollout, or undo it, and resume: brokers that restart before the change is completed can forget it',
      );
    },
  };
}

/**
 * A condition that is waited for after the removal was sent, and that others could spoil: brokers of the survivor that restart, and
 * brokers that come back. Says so where they do.
 *
 * @internal
 */
export function undisturbed(condition: Condition, sides: Sides): Condition {
  return {
    ...condition,
    check: async (view, attempts, steps) => {
      const finding = await condition.check(view, attempts, steps);
      if (!mayHaveActed(attempts) || (finding.state !== 'running' && finding.state !== 'unknown')) return finding;
      const returned = await hasNotReturned(sides).check(view, []);
      if (returned.state === 'blocked') return returned;
      const rollout = await noRollout(sides).check(view, []);
      if (rollout.state !== 'blocked') return withMissing(view, sides, finding);
      return { ...finding, why: `${finding.why}; meanwhile ${rollout.why}. Stop that: brokers that restart now can forget the change` };
    },
  };
}

/** A broker of the survivor that is down holds up every change, and is named. */
async function withMissing(view: ClusterView, { otherIds }: Sides, finding: Finding): Promise<Finding> {
  const reading = await view.seenTopology();
  if (!reading.ok) return finding;
  const missing = otherIds.filter(id => !reading.value.brokers.some(({ brokerId }) => brokerId === id));
  if (missing.length === 0 || missing.length === otherIds.length) return finding;
  return { ...finding, why: `${finding.why}; ${belowStrength(missing)}`, advice: finding.advice ?? startAdvice(missing) };
}
