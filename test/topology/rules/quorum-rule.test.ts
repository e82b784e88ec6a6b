import type * as Partitions from '../../../constructs/topology/plan/placement/partitions';
import { problemsOf } from '../../../constructs/topology/rules/rules';
import { withSettings } from '../../support/settings/changed-settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

// No settings lead here, as other rules refuse them first. So the table is wrong: partition 2 loses its replica on broker 4 to broker 5.
jest.mock('../../../constructs/topology/plan/placement/partitions', () => {
  const actual = jest.requireActual<typeof Partitions>('../../../constructs/topology/plan/placement/partitions');
  return {
    ...actual,
    roundRobinTable: (...size: Parameters<typeof actual.roundRobinTable>) =>
      actual.roundRobinTable(...size).map(partition => ({
        ...partition,
        replicas: partition.replicas.map(replica =>
          partition.partitionId === 2 && replica.nodeId === 4 ? { ...replica, brokerId: '5', nodeId: 5, regionId: 1 } : replica,
        ),
      })),
  };
});

test('fails for a partition table that would not survive the loss of a region', () => {
  const problems = problemsOf(withSettings({ orchestration: { resources: { memoryMiB: 10240 } } }), WHEN_ALL_WERE_SUPPORTED);
  expect(problems.map(problem => [problem.rule, problem.setting, problem.value])).toEqual([['quorum', 'camunda.clusterSize', '8']]);
  expect(problems[0].requirement).toContain('partition 2');
});
