import type { Broker } from '../../../constructs/topology/plan/placement/brokers';
import { shareLeaders } from '../../../constructs/topology/plan/placement/cluster-zones';
import {
  roundRobinTable,
  unbalancedPartitions,
  zonedTable,
  type HoldingZone,
  type Partition,
} from '../../../constructs/topology/plan/placement/partitions';
import { plannedBrokers, plannedPartitions } from '../../../constructs/topology/plan/placement/planned-placement';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import { numberedTable, someBrokers } from '../../support/partition-tables';
import { withRegions } from '../../support/settings/changed-settings';

/** Brokers of zones in the order of the list. */
function zonesOf(
  ...zones: readonly (readonly [name: string, brokers: number, numberOfReplicas: number, priority: number])[]
): HoldingZone[] {
  return zones.map(([name, count, numberOfReplicas, priority], regionId) => ({
    brokers: Array.from({ length: count }, (_, nodeId) => ({ brokerId: `${name}_${nodeId}`, nodeId, regionId, ordinal: nodeId })),
    numberOfReplicas,
    priority,
  }));
}

/** Priorities by broker, one row a partition; a dot where the broker has no replica. */
function asRows(table: readonly Partition[], zones: readonly HoldingZone[]): string[] {
  const ids = zones.flatMap(({ brokers }) => brokers.map(({ brokerId }) => brokerId));
  return table.map(({ replicas }) => ids.map(id => replicas.find(({ brokerId }) => brokerId === id)?.priority ?? '.').join(' '));
}

describe('tables of zones with different priorities', () => {
  test('2 zones of 4 brokers, 8 partitions: all are led in the first zone, two by each broker', () => {
    const zones = zonesOf(['a', 4, 2, 1000], ['b', 4, 2, 500]);
    const table = zonedTable(zones, 8);
    const round = ['4 3 . . 2 1 . .', '. 4 3 . . 2 1 .', '. . 4 3 . . 2 1', '3 . . 4 1 . . 2'];
    expect(asRows(table, zones)).toEqual([...round, ...round]);
    expect(table.map(({ preferredLeader }) => preferredLeader)).toEqual(['a_0', 'a_1', 'a_2', 'a_3', 'a_0', 'a_1', 'a_2', 'a_3']);
  });

  test('the zone with the higher priority leads wherever it is in the list', () => {
    const zones = zonesOf(['a', 4, 2, 500], ['b', 4, 2, 1000]);
    expect(asRows(zonedTable(zones, 2), zones)).toEqual(['2 1 . . 4 3 . .', '. 2 1 . . 4 3 .']);
  });

  test('3 zones of 2, 2 and 1 brokers, as the comment in the source has it', () => {
    const zones = zonesOf(['a', 2, 2, 1000], ['b', 2, 2, 500], ['c', 1, 1, 10]);
    expect(asRows(zonedTable(zones, 2), zones)).toEqual(['5 4 3 2 1', '4 5 2 3 1']);
  });

  test('2 zones of 2 brokers are the same without the third', () => {
    const zones = zonesOf(['a', 2, 2, 1000], ['b', 2, 2, 500]);
    expect(asRows(zonedTable(zones, 2), zones)).toEqual(['4 3 2 1', '3 4 1 2']);
  });

  test.each([2, 3, 4, 5, 8, 12, 32])(
    '%i brokers in a zone hold two replicas of each partition, on different brokers, for every number of partitions',
    count => {
      const zones = zonesOf(['a', count, 2, 1000], ['b', count, 2, 500]);
      for (let partitionCount = 1; partitionCount <= 64; partitionCount += 1) {
        const table = zonedTable(zones, partitionCount);
        expect(unbalancedPartitions(table, 2, 2)).toEqual([]);
        expect(table.filter(({ replicas }) => new Set(replicas.map(({ brokerId }) => brokerId)).size !== 4)).toEqual([]);
        expect(table.filter(({ replicas }) => replicas.map(({ priority }) => priority).join() !== '4,3,2,1')).toEqual([]);
      }
    },
  );
});

describe('zones of equal priority', () => {
  const names = (zones: readonly string[]) => (broker: Broker) => `${zones[broker.regionId]}_${broker.ordinal}`;

  test('take turns as numbered brokers do', () => {
    const zones = ['a', 'b'];
    const brokers = someBrokers(8, zones);
    const byNumber = new Map(someBrokers(8).map(broker => [broker.brokerId, names(zones)(broker)]));
    const expected = numberedTable(8, 16).map(({ replicas }) => replicas.map(({ brokerId }) => byNumber.get(brokerId)));
    expect(roundRobinTable(brokers, 16, 4).map(({ replicas }) => replicas.map(({ brokerId }) => brokerId))).toEqual(expected);
  });
});

describe('the plan of a configuration', () => {
  const planned = (first: object, second: object) =>
    resolveSettings({ ...withRegions({ zone: first }, { zone: second }), camunda: { version: '8.10', zones: true } });

  test('names brokers by zone and ordinal, and their pods by the zone', () => {
    const brokers = plannedBrokers(planned({ name: 'london' }, {}));
    expect(brokers.slice(0, 4).map(({ brokerId, nodeId, podName, hostName }) => [brokerId, nodeId, podName, hostName])).toEqual([
      ['london_0', 0, 'camunda-zeebe-london-0', 'camunda-zeebe-london-0.camunda-zeebe.camunda-london.svc.cluster.local'],
      ['eu-west-3_0', 0, 'camunda-zeebe-eu-west-3-0', 'camunda-zeebe-eu-west-3-0.camunda-zeebe.camunda-paris.svc.cluster.local'],
      ['london_1', 1, 'camunda-zeebe-london-1', 'camunda-zeebe-london-1.camunda-zeebe.camunda-london.svc.cluster.local'],
      ['eu-west-3_1', 1, 'camunda-zeebe-eu-west-3-1', 'camunda-zeebe-eu-west-3-1.camunda-zeebe.camunda-paris.svc.cluster.local'],
    ]);
    expect(new Set(brokers.map(({ hostName }) => hostName)).size).toBe(8);
  });

  test.each([
    ['region 0 leads by default', {}, {}, [8, 0]],
    ['region 1, where its zone has the higher priority', { priority: 1 }, { priority: 2 }, [0, 8]],
    ['both, where priorities are equal', { priority: 7 }, { priority: 7 }, [4, 4]],
  ])('%s', (_, first, second, led) => {
    const table = plannedPartitions(planned(first, second));
    expect([0, 1].map(regionId => table.filter(({ replicas }) => replicas[0].regionId === regionId).length)).toEqual(led);
  });

  test.each([
    [[], true],
    [[{ priority: 5 }, { priority: 5 }], true],
    [[{ priority: 5 }, { priority: 6 }], false],
  ])('zones %j share the leaders: %p', (zones, expected) => {
    expect(shareLeaders(zones)).toBe(expected);
  });
});
