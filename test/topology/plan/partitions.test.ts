import { unbalancedPartitions } from '../../../constructs/topology/plan/placement/partitions';
import { numberedTable } from '../../support/partition-tables';

/** Priorities by node id, one row a partition; a dot where the broker has no replica. */
function asRows(clusterSize: number, partitionCount: number): string[] {
  return numberedTable(clusterSize, partitionCount).map(({ replicas }) =>
    Array.from({ length: clusterSize }, (_, nodeId) => replicas.find(replica => replica.nodeId === nodeId)?.priority ?? '.').join(' '),
  );
}

describe('the tables of the Camunda documentation', () => {
  test('4 brokers, 8 partitions', () => {
    expect(asRows(4, 8)).toEqual(['4 3 2 1', '1 4 3 2', '2 1 4 3', '3 2 1 4', '4 1 2 3', '3 4 1 2', '2 3 4 1', '1 2 3 4']);
    expect(numberedTable(4, 8).map(partition => partition.preferredLeader)).toEqual(['0', '1', '2', '3', '0', '1', '2', '3']);
  });

  test('8 brokers, 8 partitions', () => {
    expect(asRows(8, 8)).toEqual([
      '4 3 2 1 . . . .',
      '. 4 3 2 1 . . .',
      '. . 4 3 2 1 . .',
      '. . . 4 3 2 1 .',
      '. . . . 4 3 2 1',
      '1 . . . . 4 3 2',
      '2 1 . . . . 4 3',
      '3 2 1 . . . . 4',
    ]);
    expect(numberedTable(8, 8).map(partition => partition.preferredLeader)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  test.each([
    [1, '0(4), 2(2)', '1(3), 3(1)'],
    [2, '2(3), 4(1)', '1(4), 3(2)'],
    [3, '2(4), 4(2)', '3(3), 5(1)'],
    [4, '4(3), 6(1)', '3(4), 5(2)'],
    [5, '4(4), 6(2)', '5(3), 7(1)'],
    [6, '6(3), 0(1)', '5(4), 7(2)'],
    [7, '6(4), 0(2)', '7(3), 1(1)'],
    [8, '0(3), 2(1)', '7(4), 1(2)'],
  ])('partition %i of 8 brokers keeps %s without region 1, and %s without region 0', (partitionId, withoutRegion1, withoutRegion0) => {
    const partition = numberedTable(8, 8)[partitionId - 1];
    const left = (regionId: number): string =>
      partition.replicas
        .filter(replica => replica.nodeId % 2 === regionId)
        .map(({ nodeId, priority }) => `${nodeId}(${priority})`)
        .join(', ');
    expect([left(0), left(1)]).toEqual([withoutRegion1, withoutRegion0]);
  });
});

describe('partitions without two replicas in each region', () => {
  test('there are none with an even number of brokers', () => {
    expect(unbalancedPartitions(numberedTable(6, 12), 2, 2)).toEqual([]);
  });

  test('5 brokers put three replicas of the partitions 3, 5 and 8 into one region', () => {
    const unbalanced = unbalancedPartitions(numberedTable(5, 8), 2, 2);
    expect(unbalanced.map(partition => partition.partitionId)).toEqual(expect.arrayContaining([3, 5, 8]));
  });

  test.each([5, 7, 9, 11, 13, 15])('an odd number of brokers has some: %i', clusterSize => {
    expect(unbalancedPartitions(numberedTable(clusterSize, clusterSize), 2, 2)).not.toEqual([]);
  });

  test('three replicas are too few', () => {
    expect(unbalancedPartitions(numberedTable(8, 8, 3), 2, 2)).toHaveLength(8);
  });
});
