import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { brokerIdIn, compareBrokerIds, numbersOf } from '../../../lib/recovery/calls/broker-id';
import { additionOfBrokers, forceRemoval } from '../../../lib/recovery/calls/management-calls';
import { shellLine, shellPreparation } from '../../../lib/recovery/calls/rendered-calls';
import { fingerprintOf } from '../../../lib/recovery/plans/recovery-request';
import { clusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import { clusterTopology } from '../../../lib/recovery/view/cluster-topology';
import { coordinatorIsIn, sidesOf } from '../../../lib/recovery/view/members';
import { TOPOLOGY } from '../support/answering-view';

/** Two zones of two brokers, as zones have them. */
const ZONED: RecoveryTopology = {
  ...TOPOLOGY,
  regions: TOPOLOGY.regions.map((region, i) => ({
    ...region,
    brokers: region.brokers.map(({ podName }, index) => ({ brokerId: `${['eu-west-2', 'eu-west-3'][i]}_${index}`, podName })),
  })),
};

test.each([
  [3, '3'],
  ['3', '3'],
  ['eu-west-2_0', 'eu-west-2_0'],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
  [NaN, undefined],
  [-1, undefined],
  [1.5, undefined],
  ['eu-west-2', undefined],
  ['a_b_0', undefined],
  ['_0', undefined],
  [{}, undefined],
])('the id %j reads as %j', (value, id) => {
  expect(brokerIdIn(value)).toBe(id);
});

test('members are in the order of the coordinator: index, then zone, and numbers first', () => {
  const ids = ['10', 'b_0', '2', 'a_1', 'a_0', '0', 'b_10', 'a_9'];
  expect([...ids].sort(compareBrokerIds)).toEqual(['0', 'a_0', 'b_0', 'a_1', '2', 'a_9', '10', 'b_10']);
  expect(compareBrokerIds('a_1', 'a_1')).toBe(0);
});

test('the coordinator of zones is the first broker of the first zone by name', () => {
  expect([0, 1].map(regionId => coordinatorIsIn(sidesOf(ZONED, regionId)))).toEqual([true, false]);
});

test('members are numbers where the API takes numbers, and a broker of a zone never is one', () => {
  expect(numbersOf(['0', '12'])).toEqual([0, 12]);
  expect(() => numbersOf(['0', 'eu-west-2_0'])).toThrow('broker eu-west-2_0 has a zone: it has no number');
  expect(() => forceRemoval(ZONED, sidesOf(ZONED, 1))).toThrow('has a zone');
  expect(() => additionOfBrokers(ZONED, sidesOf(ZONED, 1), true)).toThrow('has a zone');
});

describe('the view of gateways', () => {
  const seen = (...brokers: readonly object[]): string[] | undefined =>
    clusterTopology({ brokers })?.brokers.map(({ brokerId }) => brokerId);

  test('has ids where it tells them, also beside numbers that two zones share, and else the numbers', () => {
    expect(seen({ nodeId: 0 }, { nodeId: 2 })).toEqual(['0', '2']);
    expect(seen({ nodeId: 0, brokerId: '0' }, { nodeId: 2, brokerId: '2' })).toEqual(['0', '2']);
    expect(seen({ nodeId: 0, brokerId: 'a_0' }, { nodeId: 0, brokerId: 'b_0' })).toEqual(['a_0', 'b_0']);
  });

  test('is nothing that can be read where two brokers have the same id, or one has none', () => {
    expect(seen({ nodeId: 0 }, { nodeId: 0 })).toBeUndefined();
    expect(seen({ nodeId: 0 }, {})).toBeUndefined();
    expect(seen({ nodeId: 0 }, { nodeId: 'x' })).toBeUndefined();
  });
});

test('the configuration has members with their zones, and cannot be read where one has no id', () => {
  const members = (...ids: readonly unknown[]): string[] | undefined =>
    clusterConfiguration({ brokers: ids.map(id => ({ id })) })?.members.map(({ brokerId }) => brokerId);
  expect(members(0, '2', 'eu-west-3_1')).toEqual(['0', '2', 'eu-west-3_1']);
  expect(members(0, undefined)).toBeUndefined();
  expect(members(0, {})).toBeUndefined();
});

test('the runbook has variables that a shell takes, and a port of its own for each broker', () => {
  const lines = shellPreparation(ZONED, 1).filter(line => line.startsWith('BROKER_'));
  expect(lines).toEqual(['BROKER_eu_west_3_0=http://localhost:9610', 'BROKER_eu_west_3_1=http://localhost:9611']);
  expect(shellLine(ZONED, { target: { kind: 'broker', brokerId: 'eu-west-3_1' }, method: 'GET', path: '/a' })).toContain(
    '"$BROKER_eu_west_3_1/a"',
  );
});

test('a record that an older program began, when ids were numbers, is still that of the same cluster', () => {
  const [name, version, factor, regions, partitions] = JSON.parse(fingerprintOf(TOPOLOGY)) as unknown[];
  expect([name, version, factor]).toEqual(['camunda', '8.9', 4]);
  expect(regions).toEqual([
    [0, 'camunda-london', [0, 2]],
    [1, 'camunda-paris', [1, 3]],
  ]);
  expect(partitions).toContainEqual([2, [1, 2, 3, 0]]);
});
