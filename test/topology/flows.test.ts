import { FLOWS, Party, PORTS, Transport, type Flow } from '../../constructs/topology/flows';

const portOf = ({ port, transport }: Flow): string => `${port}/${transport.toLowerCase()}`;
const crossing = FLOWS.filter(flow => flow.crossRegion);

test('exactly the required ports cross the regions', () => {
  expect([...new Set(crossing.map(portOf))].sort()).toEqual(['26500/tcp', '26501/tcp', '26502/tcp', '26502/udp', '53/tcp', '9200/tcp']);
});

test('each of them has one purpose and one way', () => {
  const ways = crossing.map(flow => `${flow.source} -> ${flow.target} ${portOf(flow)}`).sort();
  expect(ways).toEqual([
    'cluster-dns -> dns-forwarder 53/tcp',
    'orchestration -> elasticsearch 9200/tcp',
    'orchestration -> orchestration 26500/tcp',
    'orchestration -> orchestration 26501/tcp',
    'orchestration -> orchestration 26502/tcp',
    'orchestration -> orchestration 26502/udp',
  ]);
});

test.each([
  ['the management API, which asks for no password', PORTS.management],
  ['the transport of Elasticsearch', PORTS.elasticsearchTransport],
  ['the REST API', PORTS.rest],
])('%s stays inside of its region', (_what, port) => {
  expect(FLOWS.some(flow => flow.port === port)).toBe(true);
  expect(crossing.filter(flow => flow.port === port)).toEqual([]);
});

test('nothing but DNS reaches the forwarder, and nothing comes in from outside', () => {
  expect(FLOWS.filter(flow => flow.target === Party.DNS_FORWARDER).map(portOf)).toEqual(['53/tcp']);
  expect(FLOWS.filter(flow => flow.source === Party.OUTSIDE)).toEqual([]);
});

test('gossip is the only traffic between the regions that is not TCP', () => {
  expect(crossing.filter(flow => flow.transport === Transport.UDP).map(flow => flow.port)).toEqual([PORTS.brokerInternal]);
});

test('no flow is listed twice', () => {
  const keys = FLOWS.map(flow => `${flow.source} ${flow.target} ${portOf(flow)}`);
  expect(new Set(keys).size).toBe(keys.length);
});
