import { numberedTable } from '../../support/partition-tables';

describe('every even cluster size from 4 to 64 with every partition count from 1 to 256', () => {
  const sizes = Array.from({ length: 31 }, (_, i) => 4 + 2 * i);
  const counts = Array.from({ length: 256 }, (_, i) => i + 1);

  test.each(sizes)('%i brokers survive the loss of a region, and of a broker', clusterSize => {
    const broken: string[] = [];
    for (const partitionCount of counts) {
      const table = numberedTable(clusterSize, partitionCount);
      if (table.length !== partitionCount) broken.push(`${partitionCount} partitions: ${table.length}`);
      for (const { partitionId, replicas, preferredLeader } of table) {
        const nodes = new Set(replicas.map(replica => replica.nodeId));
        const even = [...nodes].filter(nodeId => nodeId % 2 === 0).length;
        // Two in each region means that two are left without either of them; four on different brokers, that three are left without one.
        const survives = nodes.size === 4 && even === 2 && replicas.every(({ nodeId }) => nodeId >= 0 && nodeId < clusterSize);
        const priorities = replicas.map(replica => replica.priority).join();
        if (!survives || priorities !== '4,3,2,1' || replicas[0].brokerId !== preferredLeader) {
          broken.push(`partition ${partitionId} of ${partitionCount}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });

  test.each(sizes)('%i brokers lead the same number of partitions, give or take one', clusterSize => {
    const led = Array.from({ length: clusterSize }, () => 0);
    for (const { preferredLeader } of numberedTable(clusterSize, 256)) led[Number(preferredLeader)] += 1;
    expect(Math.max(...led) - Math.min(...led)).toBeLessThanOrEqual(1);
  });
});
