import type { RecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import { READ_TOPOLOGY } from '../../lib/recovery/calls/management-calls';
import type { Reading } from '../../lib/recovery/calls/readings';
import { met, unread, type Finding } from '../../lib/recovery/finding';
import { planOf } from '../../lib/recovery/plans/recovery-request';
import type { RecoveryPorts } from '../../lib/recovery/ports';
import type { RecoveryRequest } from '../../lib/recovery/record/progress';
import type { Interruption } from '../../lib/recovery/run/engine';
import type { Condition, Plan, Step } from '../../lib/recovery/run/step';
import { checkUntil } from '../../lib/recovery/run/wait';
import { RecoveryStop } from '../../lib/recovery/stop';
import { clusterTopology, type ClusterTopology } from '../../lib/recovery/view/cluster-topology';
import { ClusterView } from '../../lib/recovery/view/cluster-view';
import { evidenceText } from '../../lib/recovery/view/evidence';
import { sidesOf } from '../../lib/recovery/view/members';
import { evidenceOf } from '../../lib/recovery/view/region-evidence';
import type { FoundDeployment } from './deployment';

/** Long enough for gateways that live. An operator who names the wrong region is told within seconds. */
const GATEWAYS_MS = 4_000;

/**
 * Refuses where the only region that lives is the one that is called lost: everything else would wait for the other one, and then say no
 * more than that it is silent. A Kubernetes API outlives the brokers of its region, so that its answer says nothing of them.
 */
export async function refuseWhereOnlyItLives(
  found: FoundDeployment,
  { regionId, direction }: RecoveryRequest,
  ofSurvivor: RecoveryPorts,
): Promise<void> {
  const survivor = 1 - regionId;
  if (!found.hasKubernetes(survivor)) return;
  // One after the other: nobody waits for a lost region while the surviving one answers.
  const others = (await found.answers(survivor)) ? await gatewaysOf(found, ofSurvivor) : undefined;
  if (others && (others.ok || !others.silent)) return;
  if (!(await found.answers(regionId))) return;
  const its = await gatewaysOf(found, found.portsFor(regionId));
  if (!its.ok) return;
  const { affectedIds, otherIds } = sidesOf(found.topology, regionId);
  const ids = its.value.brokers.map(({ brokerId }) => brokerId);
  if (!affectedIds.some(id => ids.includes(id)) || otherIds.some(id => ids.includes(id))) return;
  const option = `${direction === 'failover' ? '--lost' : '--recreated'} region${survivor}`;
  const silent = others ? `gateways of region ${survivor} do not answer` : `the Kubernetes API of region ${survivor} does not answer`;
  throw new RecoveryStop(
    'refused',
    `only brokers of region ${regionId} are seen, and ${silent}; did you mean \`${option}\`?`,
    'nothing was sent. Name the region that does not answer',
  );
}

function gatewaysOf({ topology }: FoundDeployment, ports: RecoveryPorts): Promise<Reading<ClusterTopology>> {
  return new ClusterView(topology, ports).read(READ_TOPOLOGY, clusterTopology, GATEWAYS_MS);
}

/** How long gateways may be silent, or refuse who asks, before that is told. One that is replaced is back sooner. */
const SILENCE_MS = 30_000;
const GATEWAYS_ANSWER: Condition = {
  description: 'gateways answer',
  calls: [READ_TOPOLOGY],
  check: async view => {
    const reading = await view.seenTopology();
    return reading.ok ? met('they do') : unread(reading);
  },
};

/** Refuses what would be refused anyway, or would find nobody, before anybody is asked to confirm it. */
export async function refuseAtFirstSight(
  topology: RecoveryTopology,
  request: RecoveryRequest,
  view: ClusterView,
  interruption: Interruption,
): Promise<void> {
  const plan = planOf(topology, request);
  const { described } = plan;
  const answer = await checkUntil(view, GATEWAYS_ANSWER, SILENCE_MS, () => undefined, interruption);
  refuse(described, answer);
  if (answer.silent) throw new RecoveryStop('unreachable', `${described.title}: ${answer.why}`, described.advice, described.id);
  for (const step of prechecksOf(plan)) refuse(step, await step.done.check(view, []));
}

/** The steps that decide whether a recovery may begin. */
function prechecksOf({ described, steps }: Plan): Step[] {
  return [described, ...steps.filter(({ isPrecheck }) => isPrecheck)];
}

function refuse(step: Step, { state, why, advice }: Finding): void {
  if (state === 'blocked') throw new RecoveryStop('refused', `${step.title}: ${why}`, advice ?? step.advice, step.id);
}

/** What each source says of the region that is to be given up, a line each. */
export async function evidenceLines(topology: RecoveryTopology, { regionId }: RecoveryRequest, view: ClusterView): Promise<string[]> {
  const evidence = await evidenceOf(view, sidesOf(topology, regionId), view.seenTopology(), true);
  return evidence.map(evidenceText);
}

/** How long it may take until a recovery can begin: as long as its own judgement takes. */
const JUDGED_MS = 60_000;

/**
 * Refuses to write over the record of another region's recovery before it is certain that the new one can begin: it tells what nobody
 * else knows.
 */
export async function refuseUnlessJudged(
  topology: RecoveryTopology,
  request: RecoveryRequest,
  view: ClusterView,
  interruption: Interruption,
): Promise<void> {
  for (const step of prechecksOf(planOf(topology, request))) {
    const finding = await checkUntil(view, step.done, JUDGED_MS, () => undefined, interruption);
    if (finding.state === 'met') continue;
    const advice = `${finding.advice ?? step.advice}. The record of the recovery that is not finished is kept`;
    throw new RecoveryStop('refused', `${step.title}: ${finding.why}`, advice, step.id);
  }
}
