import { brokersOf } from '../../../constructs/topology/plan/placement/brokers';

const brokers = brokersOf('orders', ['orders-a', 'orders-b'], 24);

test('region 0 has the even node ids and region 1 the odd ones, also beyond 9', () => {
  const idsOf = (regionId: number): number[] => brokers.filter(broker => broker.regionId === regionId).map(broker => broker.nodeId);
  expect(idsOf(0)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  expect(idsOf(1)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
});

test('the node id follows from the ordinal of the pod and the region', () => {
  expect(brokers.every(({ nodeId, ordinal, regionId }) => nodeId === ordinal * 2 + regionId)).toBe(true);
});

test('a broker is reached through the headless service of its own namespace', () => {
  expect(brokers[21]).toEqual({
    brokerId: '21',
    nodeId: 21,
    regionId: 1,
    ordinal: 10,
    podName: 'orders-zeebe-10',
    hostName: 'orders-zeebe-10.orders-zeebe.orders-b.svc.cluster.local',
  });
});

test('no two brokers share a host name', () => {
  expect(new Set(brokers.map(broker => broker.hostName)).size).toBe(24);
});
