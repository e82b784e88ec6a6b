import { problemsOf } from '../../constructs/topology/rules/rules';
import { find, objectsOf, at, type PodTemplate } from '../support/manifests';
import { numberedTable } from '../support/partition-tables';
import { Scheduler, ZONES, type Placement } from '../support/placements';
import { withSettings } from '../support/settings/changed-settings';

const COUNTS = [2, 3, 4, 5, 6, 7];
const APART = [2, 3, 4];

const settingsOf = (perRegion: number) => ({ camunda: { clusterSize: 2 * perRegion }, nodes: { perZone: 3 } });

function schedulerOf(perRegion: number): Scheduler {
  const brokers = find(objectsOf(0, settingsOf(perRegion)), 'StatefulSet', 'camunda-zeebe');
  return new Scheduler(at<PodTemplate>(brokers, 'spec', 'template'), perRegion);
}

/** Partitions of which a region has no replica left once a zone is gone, in the worst case over zones and regions. */
function mostLost(placement: Placement): number {
  const clusterSize = 2 * placement.length;
  const table = numberedTable(clusterSize, clusterSize);
  const losses = [0, 1].flatMap(regionId =>
    ZONES.map(
      lost =>
        table.filter(({ replicas }) =>
          replicas.filter(({ nodeId }) => nodeId % 2 === regionId).every(({ nodeId }) => placement[Math.floor(nodeId / 2)] === lost),
        ).length,
    ),
  );
  return Math.max(...losses);
}

test.each(APART)('%i brokers in a region: whatever the scheduler does, no lost zone takes both replicas of a partition', perRegion => {
  const placements = schedulerOf(perRegion).placements();
  expect(placements.length).toBeGreaterThan(0);
  expect(placements.map(mostLost).filter(lost => lost > 0)).toEqual([]);
});

test('four brokers leave one choice: 0 alone, 2 alone, 1 and 3 together', () => {
  const placements = schedulerOf(4).placements();
  expect(placements).toHaveLength(6);
  for (const [zone0, zone1, zone2, zone3] of placements) {
    expect(zone1).toBe(zone3);
    expect(new Set([zone0, zone1, zone2]).size).toBe(3);
  }
});

test('four brokers all find a zone, in whatever order they come and whichever they choose', () => {
  const scheduler = schedulerOf(4);
  const orders = permutations([0, 1, 2, 3]);
  expect(orders).toHaveLength(24);
  expect(orders.flatMap(order => deadEnds(scheduler, order))).toEqual([]);
});

test('fails to place four brokers in some orders with a balanced spread, or without the preference', () => {
  const together = { op: 'remove', path: `${AFFINITY}/podAffinity` };
  for (const operations of [[SPREAD], [together]]) {
    expect(permutations([0, 1, 2, 3]).flatMap(order => deadEnds(patchedScheduler(operations), order))).not.toEqual([]);
  }
});

test('four brokers that are placed already find their own zone again, one by one', () => {
  const scheduler = schedulerOf(4);
  for (const placement of scheduler.placements()) {
    for (const ordinal of placement.keys()) {
      const others = placement.map((zone, other) => (other === ordinal ? undefined : zone));
      expect(scheduler.zonesFor(ordinal, others)).toEqual([placement[ordinal]]);
    }
  }
});

test('an update of four brokers that are placed otherwise ends well, with at most two that move', () => {
  const scheduler = schedulerOf(4);
  const before = patchedScheduler([SPREAD, { op: 'remove', path: `${AFFINITY}/podAffinity` }, WITHOUT_RULE]).placements();
  expect(before.length).toBeGreaterThan(scheduler.placements().length);
  const moves = before.flatMap(placement => updates(scheduler, placement));
  expect(Math.max(...moves.map(({ moved }) => moved))).toBe(2);
  expect(moves.map(({ placement }) => mostLost(placement)).filter(lost => lost > 0)).toEqual([]);
});

test.each(COUNTS)('%i brokers in a region are warned about exactly if neighbours can come into one zone', perRegion => {
  const canLose = schedulerOf(perRegion)
    .placements()
    .some(placement => mostLost(placement) > 0);
  const rules = problemsOf(withSettings(settingsOf(perRegion))).map(({ rule }) => rule);
  expect(rules.includes('zone-neighbours')).toBe(canLose);
  expect(canLose).toBe(!APART.includes(perRegion));
});

const AFFINITY = '/spec/template/spec/affinity';
/** Takes the rule away, as decision 11 says. */
const WITHOUT_RULE = { op: 'remove', path: `${AFFINITY}/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/1` };
const SPREAD = {
  op: 'add',
  path: '/spec/template/spec/topologySpreadConstraints',
  value: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'zeebe-broker' } },
    },
  ],
};

function patchedScheduler(operations: { readonly op: string; readonly path: string; readonly value?: unknown }[]): Scheduler {
  const patched = objectsOf(0, { patches: [{ kind: 'StatefulSet', name: 'camunda-zeebe', operations }] });
  return new Scheduler(at<PodTemplate>(find(patched, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template'), 4);
}

function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap(first => permutations(values.filter(value => value !== first)).map(rest => [first, ...rest]));
}

interface Update {
  readonly placement: Placement;
  readonly moved: number;
}

/** Every end of an update, which replaces pods from the last to the first. One that cannot stay moves, with a new volume. */
function updates(scheduler: Scheduler, placement: Placement, ordinal = placement.length - 1, moved = 0): Update[] {
  if (ordinal < 0) return [{ placement, moved }];
  const zones = scheduler.zonesFor(ordinal, placement, other => other > ordinal);
  if (zones.includes(placement[ordinal]!)) return updates(scheduler, placement, ordinal - 1, moved);
  expect(zones).not.toEqual([]);
  return zones.flatMap(zone =>
    updates(
      scheduler,
      placement.map((place, other) => (other === ordinal ? zone : place)),
      ordinal - 1,
      moved + 1,
    ),
  );
}

/** Placements from which the next pod finds no zone, over every choice of the scheduler. */
function deadEnds(scheduler: Scheduler, order: readonly number[], placed: Placement = []): Placement[] {
  const [next, ...rest] = order;
  if (next === undefined) return [];
  const zones = scheduler.bestZonesFor(next, placed);
  if (zones.length === 0) return [placed];
  return zones.flatMap(zone => {
    const more = [...placed];
    more[next] = zone;
    return deadEnds(scheduler, rest, more);
  });
}
