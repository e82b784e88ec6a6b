import { crossingFlows, FLOWS, Party, PORTS, Transport, type Flow } from '../../../constructs/topology/plan/flows/flows';
import { Topology } from '../../../constructs/topology/topology';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { MIGRATION, ofVersion, VERSIONS } from '../../support/settings/versions';

const portOf = ({ port, transport }: Flow): string => `${port}/${transport.toLowerCase()}`;

test('those of the default version have one purpose and one way', () => {
  const ways = FLOWS.filter(flow => flow.crossRegion)
    .map(flow => `${flow.source} -> ${flow.target} ${portOf(flow)}`)
    .sort();
  expect(ways).toEqual([
    'cluster-dns -> dns-forwarder 53/tcp',
    'orchestration -> elasticsearch 9200/tcp',
    'orchestration -> orchestration 26500/tcp',
    'orchestration -> orchestration 26501/tcp',
    'orchestration -> orchestration 26502/tcp',
    'orchestration -> orchestration 26502/udp',
  ]);
});

const DEPLOYMENTS = [...VERSIONS.map(version => [version, ofVersion(version)] as const), ['8.8, migrating from 8.7', MIGRATION] as const];

describe.each(DEPLOYMENTS)('Camunda %s', (_, settings) => {
  const { flows } = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
  const crossing = flows.filter(flow => flow.crossRegion);

  test('exactly the required ports cross the regions', () => {
    expect([...new Set(crossing.map(portOf))].sort()).toEqual(['26500/tcp', '26501/tcp', '26502/tcp', '26502/udp', '53/tcp', '9200/tcp']);
  });

  test.each([
    ['the management API, which asks for no password', PORTS.management],
    ['the transport of Elasticsearch', PORTS.elasticsearchTransport],
    ['the REST API', PORTS.rest],
  ])('%s stays inside of its region', (_what, port) => {
    expect(flows.some(flow => flow.port === port)).toBe(true);
    expect(crossing.filter(flow => flow.port === port)).toEqual([]);
  });

  test('nothing but DNS reaches the forwarder, and nothing comes in from outside', () => {
    expect(flows.filter(flow => flow.target === Party.DNS_FORWARDER).map(portOf)).toEqual(['53/tcp']);
    expect(flows.filter(flow => flow.source === Party.OUTSIDE)).toEqual([]);
  });

  test('gossip is the only traffic between the regions that is not TCP', () => {
    const datagrams = crossing.filter(flow => flow.transport === Transport.UDP);
    expect(new Set(datagrams.map(flow => flow.port))).toEqual(new Set([PORTS.brokerInternal]));
  });

  test('no flow is listed twice', () => {
    const keys = flows.map(flow => `${flow.source} ${flow.target} ${portOf(flow)}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('each port that crosses is opened once, by the same name in every version', () => {
    const opened = crossingFlows(flows).map(flow => `${flow.target} ${portOf(flow)}`);
    expect(opened.sort()).toEqual(
      crossingFlows(FLOWS)
        .map(flow => `${flow.target} ${portOf(flow)}`)
        .sort(),
    );
    expect(new Set(opened).size).toBe(opened.length);
  });
});

test.each(VERSIONS)('Elasticsearch of %s leaves the cluster for its snapshots alone, and comes to nobody else', version => {
  const outside = (settings: Partial<typeof DEFAULT_SETTINGS>): string[] =>
    Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version), ...settings })
      .flows.filter(flow => flow.source === Party.ELASTICSEARCH && flow.target !== Party.ELASTICSEARCH)
      .map(flow => `${flow.target} ${portOf(flow)} ${flow.crossRegion}`);
  expect(outside({})).toEqual(['outside 443/tcp false']);
  expect(outside({ backup: { enabled: false } })).toEqual([]);
});

test('every member of a cluster with pods of their own reaches every other one, in both regions, over TCP and UDP', () => {
  const { flows } = Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion('8.7') });
  const members = [Party.ORCHESTRATION, Party.GATEWAY, Party.OPERATE, Party.TASKLIST];
  for (const source of members) {
    for (const target of members) {
      const between = flows.filter(flow => flow.source === source && flow.target === target && flow.port === PORTS.brokerInternal);
      expect(between.map(({ transport, crossRegion }) => [transport, crossRegion])).toEqual([
        [Transport.TCP, true],
        [Transport.UDP, true],
      ]);
    }
  }
});
