import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Call } from '../calls/call';
import { READ_TOPOLOGY } from '../calls/management-calls';
import { readHealth, searchHealth } from '../calls/search-calls';
import { allOf, met, open, running, unknown, type Finding } from '../finding';
import type { Condition, Step } from '../run/step';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';
import { brokerPodsLook, phaseLook, rolloutLook } from './kubernetes-looks';

/** People deploy: they may need hours. */
const HOURS_MS = 24 * 3_600_000;
/** A broker ends, starts, and is looked at every half minute, for the first time after half a minute. */
const MINUTES_A_RESTART = [1, 2];

/** @internal */
export function awaitRecreation(topology: RecoveryTopology, sides: Sides): Step {
  const { affected, others } = sides;
  return {
    id: 'await-recreation',
    title: `Wait until region ${affected.regionId} is recreated`,
    purpose:
      `Both regions are to run without Operate and Tasklist while data is copied, and the recreated one must not make a schema. That is ` +
      `declared, not done by hand: set 'recovery: { recreatedRegion: ${affected.regionId} }' and deploy. The region must begin empty: volumes of ` +
      `its old brokers and Elasticsearch are gone. ${restarts(topology, sides)}`,
    requires: [],
    done: deployed(topology, sides, affected.regionId),
    timeoutMs: HOURS_MS,
    advice:
      `deploy region ${affected.regionId} (all of its stacks), then 'Camunda${others[0].regionId}', both with 'recovery: { recreatedRegion: ${affected.regionId} }' ` +
      `in the configuration; then 'recover resume'`,
  };
}

/** What deploying the phase costs in the surviving region. */
function restarts({ dialect }: RecoveryTopology, { otherIds }: Sides): string {
  // Where Operate and Tasklist run in pods of their own, nothing of a broker changes.
  if (dialect.failback.applicationsReturn === 'before-exporters') return 'No broker of the surviving region restarts for it.';
  const [least, most] = MINUTES_A_RESTART.map(minutes => minutes * otherIds.length);
  return (
    `Brokers ${listText(otherIds)} restart one after the other for it: ${least} to ${most} minutes in all. With two replicas left, each partition stands still ` +
    'twice, for as long as one of its two brokers is away (a minute or two). Clients get errors and try again; nothing is lost. Choose a quiet hour.'
  );
}

/** @internal */
export function awaitSteadyState(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'await-steady-state',
    title: 'Wait until both regions run everything again',
    purpose: `Operate and Tasklist come back: take 'recovery' out of the configuration and deploy one region after the other.`,
    requires: [],
    done: deployed(topology, sides, undefined),
    timeoutMs: HOURS_MS,
    advice: `remove 'recovery.recreatedRegion' from the configuration, deploy 'Camunda0', wait until its brokers are ready, then 'Camunda1'; then 'recover resume'`,
  };
}

/**
 * Whether what is deployed is what the configuration has to declare now. Nothing here changes a workload: the next deployment
 * would undo it.
 *
 * @internal
 */
export function deployed(topology: RecoveryTopology, { affected }: Sides, recreated: number | undefined): Condition {
  return deployedAs(topology, recreated, affected.regionId);
}

/**
 * Whether nothing of what was deployed last is still on its way, and every broker is ready.
 *
 * @internal
 */
export function settled(topology: RecoveryTopology): Condition {
  return deployedAs(topology, undefined, undefined);
}

/** @param joining the region whose brokers cannot become ready before they are members again */
function deployedAs(topology: RecoveryTopology, recreated: number | undefined, joining: number | undefined): Condition {
  const regions = topology.regions;
  return {
    description: `both regions are deployed ${recreated === undefined ? 'without a recreated region' : `with region ${recreated} as the recreated one`}, and no rollout is going on`,
    calls: regions.flatMap((region): Call[] => [phaseLook(region), rolloutLook(region), brokerPodsLook(region)]),
    check: async view => {
      const looks = regions.map(({ regionId }) => regionDeployed(view, topology, regionId, joining, recreated));
      return allOf(await Promise.all(looks));
    },
  };
}

async function regionDeployed(
  view: ClusterView,
  { regions }: RecoveryTopology,
  regionId: number,
  joining: number | undefined,
  recreated: number | undefined,
): Promise<Finding> {
  const facts = await view.kubernetes(regionId);
  if (!facts) return unknown(`the Kubernetes API of region ${regionId} does not answer`);
  // A cluster that was just made does not know yet who may read it.
  if (facts.refused !== undefined) return unknown(`the Kubernetes API of region ${regionId} cannot be read: ${facts.refused}`);
  if (facts.recreatedRegion !== recreated) {
    const has = facts.recreatedRegion === undefined ? 'no recreated region' : `region ${facts.recreatedRegion} as recreated`;
    return open(`what is deployed in region ${regionId} declares ${has}`);
  }
  if (facts.rolloutOpen !== undefined) return running(`region ${regionId}: ${facts.rolloutOpen}`);
  const applications = facts.applicationPods ?? [];
  if (recreated !== undefined && applications.length > 0) return running(`in region ${regionId}, ${listText(applications)} still run`);
  const pods = facts.brokerPods;
  if (!pods)
    return met(`region ${regionId} is declared as it should be`, [
      `pods of region ${regionId} cannot be seen from here: check them by hand`,
    ]);
  const expected = regions[regionId].brokers.length;
  const mayJoin = regionId === joining;
  const there = pods.filter(pod => (mayJoin ? pod.running : pod.ready)).length;
  const state = mayJoin ? 'run' : 'are ready';
  return there >= expected
    ? met(`${there} brokers ${state} in region ${regionId}`)
    : running(`${there} of ${expected} brokers ${state} in region ${regionId}`);
}

/** @internal */
export function awaitMembers(topology: RecoveryTopology, sides: Sides): Step {
  return {
    id: 'await-brokers',
    title: 'See all brokers and both Elasticsearch',
    purpose: `Brokers ${listText(sides.affectedIds)} must have found the cluster (without partitions yet), and both Elasticsearch must answer.`,
    requires: [],
    done: {
      description: `gateways see brokers ${listText(sides.allIds)}, partitions of the surviving ones are healthy, and no Elasticsearch is red`,
      calls: [READ_TOPOLOGY, ...topology.regions.map(({ regionId }) => readHealth(regionId))],
      check: async view => {
        const searches = topology.regions.map(({ regionId }) => searchAnswers(view, regionId));
        return allOf(await Promise.all([brokersSeen(view, sides), ...searches]));
      },
    },
    timeoutMs: 1_800_000,
    advice:
      'a broker that runs and is not seen has not found its peers: look at the DNS forwarding and at its log, and delete its pod if it hangs since its start. ' +
      `Then 'recover resume'`,
  };
}

async function brokersSeen(view: ClusterView, { allIds, otherIds }: Sides): Promise<Finding> {
  const reading = await view.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const { brokers } = reading.value;
  const missing = allIds.filter(id => !brokers.some(({ brokerId }) => brokerId === id));
  if (missing.length > 0) return running(`gateways do not see brokers ${listText(missing)}`);
  const ill = brokers.filter(
    ({ brokerId, partitions }) => otherIds.includes(brokerId) && partitions.some(({ health }) => health !== 'healthy'),
  );
  if (ill.length > 0) return running(`partitions on brokers ${listText(ill.map(({ brokerId }) => brokerId))} are not healthy`);
  return met(`gateways see brokers ${listText(allIds)}`);
}

/** @internal */
export async function searchAnswers(view: ClusterView, regionId: number): Promise<Finding> {
  const reading = await view.read(readHealth(regionId), searchHealth);
  if (!reading.ok) return unknown(`Elasticsearch of region ${regionId}: ${reading.why}`);
  const { status } = reading.value;
  return status === 'red' ? running(`Elasticsearch of region ${regionId} is red`) : met(`Elasticsearch of region ${regionId} is ${status}`);
}
