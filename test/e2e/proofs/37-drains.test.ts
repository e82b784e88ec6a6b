import { Party } from '../../../constructs/topology/plan/flows/flows';
import { podLabels } from '../../../constructs/topology/plan/names';
import { placements, skew, zonesByNode } from '../support/aws-state-kubernetes';
import { bed } from '../support/bed';
import {
  BUDGET_MS,
  addFreshNodes,
  allPods,
  allReady,
  brokerBudget,
  comeToRest,
  drain,
  nodesOfRegion,
  removeFreshNodes,
  volumesWithZones,
  whyWaiting,
  type BudgetStatus,
  type Drain,
} from '../support/drains';
import { figure, seconds } from '../support/figure';
import { kubectl } from '../support/kubectl';
import { askForEviction, bothRegions, BROKERS, isReady, mostBrokersDown, namespaceOf, onceInBothRegions, pods } from '../support/life';
import { elasticsearchReady, restartOperator } from '../support/operators';

const LONG_MS = 600_000;
/** For drains that must end well, and for those that must not. */
const PATIENT_S = BUDGET_MS / 1000;
const IMPATIENT_S = 8;
const HOLD = 'testbed/hold';

/** One node that was drained and given back. */
interface OneDrain extends Drain {
  readonly broker?: string;
  /** Whether another node of the zone has no broker. */
  readonly room: boolean;
  readonly waiting: readonly { readonly name: string; readonly why?: string }[];
  /** While something waits. */
  readonly budget?: BudgetStatus;
  readonly nextEviction?: string;
}

const brokerCount = (regionId: number): number => bed().regions[regionId].topology.brokers.length;
/** All brokers are ready, and one may go. */
const untouched = (regionId: number) => (status: BudgetStatus) =>
  status.currentHealthy === brokerCount(regionId) && status.disruptionsAllowed === 1;
/** One broker is not ready, and none may go. */
const usedUp = (regionId: number) => (status: BudgetStatus) =>
  status.currentHealthy === brokerCount(regionId) - 1 && status.disruptionsAllowed === 0;

async function brokerByNode(regionId: number): Promise<Map<string, string>> {
  return new Map((await pods(regionId, BROKERS)).map(({ metadata, spec }) => [spec.nodeName!, metadata.name]));
}

const oneByOne = onceInBothRegions(async regionId => {
  const started = Date.now();
  const volumes = await volumesWithZones(regionId);
  const count = (await allPods(regionId)).length;
  const nodes = nodesOfRegion(regionId);
  const drains: OneDrain[] = [];
  for (const { name: node, zone } of nodes) {
    const before = await brokerByNode(regionId);
    const others = nodes.filter(other => other.zone === zone && other.name !== node);
    await brokerBudget(regionId, untouched(regionId));
    try {
      const outcome = await drain(regionId, node, PATIENT_S);
      const waiting = await comeToRest(regionId, count);
      drains.push({
        ...outcome,
        broker: before.get(node),
        room: others.some(({ name }) => !before.has(name)),
        waiting: waiting.map(pod => ({ name: pod.metadata.name, why: whyWaiting(pod) })),
        ...(waiting.length > 0 && {
          budget: await brokerBudget(regionId, usedUp(regionId)),
          nextEviction: await askForEviction(regionId, (await pods(regionId, BROKERS)).find(isReady)!.metadata.name),
        }),
      });
    } finally {
      await kubectl(regionId, 'uncordon', node);
    }
    await allReady(regionId, count);
  }
  return { drains, volumes, volumesAfter: await volumesWithZones(regionId), took: Date.now() - started };
});

/** Drains one node of each zone at once, then the next of each, until all are empty. */
async function drainZones(regionId: number, nodes: readonly { readonly name: string; readonly zone: string }[]): Promise<Drain[]> {
  const zones = [...new Set(nodes.map(({ zone }) => zone))].map(zone => nodes.filter(node => node.zone === zone));
  const drains: Drain[] = [];
  for (let turn = 0; turn < Math.max(...zones.map(zone => zone.length)); turn++) {
    drains.push(
      ...(await Promise.all(zones.flatMap(zone => zone.slice(turn, turn + 1)).map(({ name }) => drain(regionId, name, PATIENT_S)))),
    );
  }
  return drains;
}

const atOnce = onceInBothRegions(async regionId => {
  const started = Date.now();
  const namespace = namespaceOf(regionId);
  const volumes = await volumesWithZones(regionId);
  const count = (await allPods(regionId)).length;
  const old = nodesOfRegion(regionId);
  const names = (nodes: readonly { readonly name: string }[]): string[] => nodes.map(({ name }) => name);
  let forth: readonly Drain[] = [];
  let back: readonly Drain[] = [];
  let held: readonly Drain[] = [];
  let heldBrokers: ReadonlyMap<string, string> = new Map();
  let most = 0;
  let mostBack = 0;
  try {
    const fresh = await addFreshNodes(regionId);
    await kubectl(regionId, 'cordon', ...names(old));
    most = await mostBrokersDown(regionId, async () => {
      forth = await drainZones(regionId, old);
      await allReady(regionId, count);
    });

    // Back again. At first, a broker of one zone is not ready while the nodes of the others are drained.
    await kubectl(regionId, 'uncordon', ...names(old));
    await kubectl(regionId, 'cordon', ...names(fresh));
    const byNode = await brokerByNode(regionId);
    const [first, ...rest] = fresh.filter(({ name }) => byNode.has(name));
    const ill = byNode.get(first.name)!;
    await kubectl(regionId, 'annotate', 'pod', ill, '-n', namespace, `${HOLD}=not-ready`);
    await brokerBudget(regionId, usedUp(regionId));
    const elsewhere = rest.filter(({ zone }) => zone !== first.zone);
    held = await Promise.all(elsewhere.map(({ name }) => drain(regionId, name, IMPATIENT_S)));
    heldBrokers = await brokerByNode(regionId);
    await kubectl(regionId, 'annotate', 'pod', ill, '-n', namespace, `${HOLD}-`);
    await allReady(regionId, count);

    mostBack = await mostBrokersDown(regionId, async () => {
      back = await drainZones(regionId, fresh);
      await allReady(regionId, count);
    });
    return { forth, back, held, heldBrokers, byNode, most, mostBack, volumes, took: Date.now() - started };
  } finally {
    await kubectl(regionId, 'uncordon', ...names(old));
    await removeFreshNodes(regionId);
    await kubectl(regionId, 'annotate', 'pod', '-n', namespace, '-l', BROKERS, `${HOLD}-`);
  }
});

describe.each([0, 1])('drains of region %i', regionId => {
  async function expectSpread(party: Party): Promise<void> {
    const found = await placements(regionId, podLabels(bed().topology.name, party));
    const zones = await zonesByNode(regionId);
    expect(new Set(found.map(({ node }) => node)).size).toBe(found.length);
    expect(skew(found, zones.values())).toBeLessThanOrEqual(1);
    expect(found.map(({ pod, ready, volumes }) => ({ pod, ready, volumes }))).toEqual(
      found.map(({ pod, zone }) => ({ pod, ready: true, volumes: [{ phase: 'Bound', zones: [zone] }] })),
    );
  }

  test(
    'of one node after the other: a broker moves within its zone, or waits where every other node of its zone has one',
    async () => {
      const { drains, took } = await oneByOne(regionId);
      expect(drains.filter(({ code }) => code !== 0)).toEqual([]);
      const expected = drains.map(({ node, broker, room }) => ({ node, waiting: broker === undefined || room ? [] : [broker] }));
      expect(drains.map(({ node, waiting }) => ({ node, waiting: waiting.map(({ name }) => name) }))).toEqual(expected);
      for (const { why } of drains.flatMap(({ waiting }) => waiting)) {
        expect(why).toMatch(/were unschedulable/);
        expect(why).toMatch(/volume node affinity|PersistentVolume's node affinity/);
        expect(why).toMatch(/anti-affinity|Insufficient/);
      }
      figure('nodes', drains.length);
      figure('drains after which a broker waits', drains.filter(({ waiting }) => waiting.length > 0).length);
      figure('time', seconds(took));
    },
    LONG_MS,
  );

  test('while a broker waits, the budget is used up, and no other broker can be evicted', async () => {
    const { drains } = await oneByOne(regionId);
    const during = drains.filter(({ waiting }) => waiting.length > 0);
    expect(during.map(({ budget }) => budget)).toEqual(
      during.map(() => expect.objectContaining({ disruptionsAllowed: 0, desiredHealthy: brokerCount(regionId) - 1 }) as unknown),
    );
    expect(during.filter(({ nextEviction }) => !/disruption budget/.test(nextEviction ?? ''))).toEqual([]);
  });

  test('once its node is back, everything is: the same volumes in the same zones', async () => {
    const { volumes, volumesAfter } = await oneByOne(regionId);
    expect(volumes.length).toBeGreaterThanOrEqual(brokerCount(regionId));
    expect(volumesAfter).toEqual(volumes);
  });

  test(
    'of all zones at once, with two fresh nodes in each: brokers leave one by one',
    async () => {
      const { forth, back, most, mostBack, took } = await atOnce(regionId);
      expect([...forth, ...back].filter(({ code }) => code !== 0)).toEqual([]);
      expect([most, mostBack]).toEqual([1, 1]);
      const refused = forth.reduce((sum, outcome) => sum + outcome.refused, 0);
      // They want to leave at the same time, and one may.
      expect(refused).toBeGreaterThan(0);
      figure('evictions that were refused and asked for again', refused);
      figure('time, both ways', seconds(took));
    },
    LONG_MS,
  );

  test('while a broker is not ready, nodes of the other zones keep theirs, and their drains fail', async () => {
    const { held, heldBrokers, byNode } = await atOnce(regionId);
    expect(held.length).toBeGreaterThan(1);
    expect(held.filter(({ code, refused }) => code === 0 || refused === 0)).toEqual([]);
    expect(held.map(({ node }) => heldBrokers.get(node))).toEqual(held.map(({ node }) => byNode.get(node)));
    figure('drains that failed', held.length);
  });

  test('after all of them, volumes have kept their zones, and pods are spread and apart', async () => {
    const { volumes } = await atOnce(regionId);
    expect(await volumesWithZones(regionId)).toEqual(volumes);
    await expectSpread(Party.ORCHESTRATION);
    await expectSpread(Party.ELASTICSEARCH);
    expect((await brokerBudget(regionId, untouched(regionId))).expectedPods).toBe(brokerCount(regionId));
  });
});

afterAll(
  () =>
    bothRegions(async regionId => {
      await allReady(regionId, (await allPods(regionId)).length);
      await restartOperator(regionId, 'eck');
      await elasticsearchReady(regionId);
    }),
  LONG_MS,
);
