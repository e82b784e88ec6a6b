import fc from 'fast-check';
import { Arrangement, topologyPicture } from '../../bin/review/picture';
import { crossingFlows, Party } from '../../constructs/topology/plan/flows/flows';
import { SubnetPurpose } from '../../constructs/topology/plan/subnets';
import type { ExtraFlowSettings } from '../../constructs/topology/settings/extra-flows';
import { Topology } from '../../constructs/topology/topology';
import { drawnPicture, pictureFaults, type DrawnPart, type DrawnPicture } from '../support/drawn-picture';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { validSettings } from '../support/settings/valid-settings';
import { MIGRATION, VERSIONS, WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

type Settings = Partial<Parameters<typeof Topology.of>[0]>;

const ARRANGEMENTS = Object.values(Arrangement);
const topologyOf = (settings: Settings = {}): Topology => Topology.of({ ...DEFAULT_SETTINGS, ...settings }, WHEN_ALL_WERE_SUPPORTED);
const pictureOf = (topology: Topology, arrangement: Arrangement = Arrangement.BESIDE): DrawnPicture =>
  drawnPicture(topologyPicture(topology, arrangement));
const partsOf = ({ parts }: DrawnPicture, part: string, region?: number): DrawnPart[] =>
  parts.filter(one => one.part === part && (region === undefined || one.data.region === String(region)));
const wordsOf = (part: DrawnPart): string => part.texts.map(({ text }) => text).join(' ');

/** All words within a part, those of the parts in it included. */
function allWordsOf(picture: DrawnPicture, part: DrawnPart): string {
  const isWithin = (one: DrawnPart | undefined): boolean => one !== undefined && (one === part || isWithin(one.parent));
  return picture.texts
    .filter(({ within }) => isWithin(within))
    .map(({ text }) => text)
    .join(' ');
}

describe.each(ARRANGEMENTS)('regions %s each other', arrangement => {
  const topology = topologyOf();
  const picture = pictureOf(topology, arrangement);

  test.each([0, 1])('region %d is drawn with its names, ranges and every subnet', regionId => {
    const region = topology.regions[regionId];
    const [panel, ...more] = partsOf(picture, 'region', regionId);
    expect(more).toEqual([]);
    expect(panel.data['aws-region']).toBe(region.awsRegion);
    const words = allWordsOf(picture, panel);
    for (const fact of [
      `Region ${regionId} · ${region.awsRegion}`,
      `VPC ${region.vpcCidr}`,
      `Services ${region.serviceCidr}`,
      `Namespace ${region.namespace}`,
      `EKS cluster camunda-region${regionId}`,
      'Kubernetes 1.36, 2 × m6i.xlarge in each zone',
    ]) {
      expect(words).toContain(fact);
    }
    expect(partsOf(picture, 'zone', regionId).map(({ data }) => data.zone)).toEqual(['0', '1', '2']);
    const subnets = partsOf(picture, 'subnet', regionId);
    expect(subnets.map(({ data: { purpose, zone, cidr } }) => ({ purpose, zone: Number(zone), cidr })).sort(byText)).toEqual(
      [...region.subnets].map(({ purpose, zone, cidr }) => ({ purpose, zone, cidr })).sort(byText),
    );
    for (const subnet of subnets) expect(wordsOf(subnet)).toContain(subnet.data.cidr);
    const forwarders = subnets.filter(({ data }) => data.purpose === String(SubnetPurpose.FORWARDER));
    expect(forwarders.map(one => wordsOf(one).replace(/ \S+$/, ''))).toEqual(
      region.forwarderAddresses.map(address => `DNS forwarder ${address}`),
    );
  });

  test('every broker is drawn in its region, with node id and pod', () => {
    for (const { regionId, brokers } of topology.regions) {
      const drawn = partsOf(picture, 'broker', regionId);
      expect(drawn.map(({ data }) => [Number(data['node-id']), data.pod]).sort(byText)).toEqual(
        brokers.map(({ nodeId, podName }) => [nodeId, podName]).sort(byText),
      );
      for (const broker of drawn) expect(wordsOf(broker)).toMatch(new RegExp(`^node ${broker.data['node-id']} zeebe-\\d+$`));
    }
  });

  test('every flow that crosses is drawn once, with port, protocol, purpose and a head at both ends', () => {
    const flows = partsOf(picture, 'flow');
    const expected = crossingFlows(topology.flows);
    expect(expected).toHaveLength(6);
    expect(flows.map(({ data: { port, transport, target } }) => `${target} ${port}/${transport}`).sort()).toEqual(
      expected.map(({ port, transport, target }) => `${target} ${port}/${transport}`).sort(),
    );
    for (const flow of flows) {
      const { port, transport, direction } = flow.data;
      const { purpose } = expected.find(one => String(one.port) === port && String(one.transport) === transport)!;
      expect(wordsOf(flow)).toMatch(new RegExp(`^${port} ${transport}\\b`));
      expect(wordsOf(flow)).toContain(purpose);
      expect(direction).toBe('both');
    }
    const svg = topologyPicture(topology, arrangement);
    expect(svg.match(/class="head"/g)).toHaveLength(2 * (flows.length + partsOf(picture, 'copies').length));
  });

  test('a flow of the settings is drawn at what accepts it, with who opens it', () => {
    const flow = (party: Party, port: number): ExtraFlowSettings => ({
      source: { namespace: 'payments' },
      target: { party },
      port,
      crossRegion: true,
      purpose: 'webhooks',
    });
    const extraFlows = [flow(Party.CONNECTORS, 8080), flow(Party.ELASTICSEARCH, 9300), flow(Party.ORCHESTRATION, 7000)];
    for (const enabled of [true, false]) {
      const drawn = pictureOf(topologyOf({ extraFlows, connectors: { enabled } }), arrangement);
      expect(pictureFaults(drawn)).toEqual([]);
      const added = partsOf(drawn, 'flow').filter(({ data }) => ['8080', '9300', '7000'].includes(data.port));
      expect(added.map(wordsOf)).toEqual(
        ['7000 TCP to brokers', '8080 TCP to Connectors', '9300 TCP to Elasticsearch'].map(
          title => `${arrangement === Arrangement.STACKED ? title : title.slice(0, 8)} webhooks, from namespace payments`,
        ),
      );
      expect(partsOf(drawn, 'workload', 1).map(wordsOf)).toContain(enabled ? 'Connectors' : 'Connectors: turned off');
      if (arrangement === Arrangement.STACKED) continue;
      const connectors = partsOf(drawn, 'workload', 0).find(({ data }) => data.party === String(Party.CONNECTORS))!.border!.box;
      const [, { texts }] = added;
      expect(texts[0].box.top).toBeLessThan((connectors.top + connectors.bottom) / 2);
      expect(texts[1].box.bottom).toBeGreaterThan((connectors.top + connectors.bottom) / 2);
    }
  });

  test('only the region that user traffic goes to is called active', () => {
    const other = pictureOf(topologyOf({ activeRegion: 1 }), arrangement);
    expect(partsOf(other, 'badge-active').map(({ data }) => data.region)).toEqual(['1']);
    expect(partsOf(other, 'badge').map(wordsOf)).toEqual(['passive']);
  });
});

describe('what shares a zone', () => {
  const groupsOf = (clusterSize: number): string[][] => {
    const picture = pictureOf(topologyOf({ camunda: { clusterSize } }));
    const groups = partsOf(picture, 'zone-group', 0).filter(({ data }) => data.pods === 'broker');
    return groups.map(group => picture.parts.filter(({ parent }) => parent === group).map(({ data }) => data['node-id']));
  };

  test.each([
    [4, [['0'], ['2']]],
    [6, [['0'], ['2'], ['4']]],
    [8, [['0'], ['4'], ['2', '6']]],
  ])('of %d brokers is drawn as the rules of the deployment leave it', (clusterSize, groups) => {
    expect(groupsOf(clusterSize)).toEqual(groups);
  });

  test('is not claimed for more brokers, where the scheduler decides', () => {
    expect(groupsOf(12)).toEqual([]);
    const picture = pictureOf(topologyOf({ camunda: { clusterSize: 12 } }));
    expect(partsOf(picture, 'broker', 0)).toHaveLength(6);
    expect(wordsOf(partsOf(picture, 'engine', 0)[0])).toBe('Brokers, gateway, Operate, Tasklist 6 pods, spread evenly over the zones');
  });

  test('names zones only where the settings name them', () => {
    const availabilityZones = ['eu-west-2c', 'eu-west-2a', 'eu-west-2b'];
    const [first, second] = DEFAULT_SETTINGS.regions;
    const picture = pictureOf(topologyOf({ regions: [{ ...first, availabilityZones }, second] }));
    expect(partsOf(picture, 'zone', 0).map(wordsOf)).toEqual(availabilityZones);
    expect(partsOf(picture, 'zone', 1).map(wordsOf)).toEqual(['zone 0', 'zone 1', 'zone 2']);
  });
});

describe('workloads', () => {
  const workloadsOf = (settings: Settings, region = 0): string[] =>
    partsOf(pictureOf(topologyOf(settings)), 'workload', region).map(wordsOf);
  const titleOf = (settings: Settings): string => partsOf(pictureOf(topologyOf(settings)), 'engine', 0)[0].texts[0].text;

  test.each(VERSIONS)('of %s have pods of their own where the version has them', version => {
    const separate = version === '8.7';
    const settings = { camunda: { version }, gateway: { replicas: 3 }, connectors: { replicas: 2 } };
    expect(workloadsOf(settings)).toEqual([...(separate ? ['3 × Gateway', 'Operate', 'Tasklist'] : []), '2 × Connectors', 'CoreDNS']);
    expect(titleOf(settings)).toBe(separate ? 'Brokers' : 'Brokers, gateway, Operate, Tasklist');
  });

  test('of a migration are drawn while it lasts', () => {
    expect(workloadsOf(MIGRATION)).toEqual(['Importer', 'Migration Job', 'Connectors', 'CoreDNS']);
  });

  test('of a recovery are those that run in each region', () => {
    const settings = { camunda: { version: '8.7' }, recovery: { recreatedRegion: 1 } };
    expect(workloadsOf(settings, 0)).toEqual(['2 × Gateway', 'Operate: stopped', 'Tasklist: stopped', 'Connectors', 'CoreDNS']);
    expect(workloadsOf(settings, 1)).toEqual(['2 × Gateway', 'Connectors', 'CoreDNS']);
    expect(titleOf({ recovery: { recreatedRegion: 1 } })).toBe('Brokers, gateway');
    expect(partsOf(pictureOf(topologyOf(settings)), 'badge', 1).map(wordsOf)).toEqual(['being recreated']);
  });

  test('are left out where they are turned off, and so are snapshots', () => {
    const settings = { connectors: { enabled: false }, backup: { enabled: false } };
    expect(workloadsOf(settings)).toEqual(['CoreDNS']);
    const picture = pictureOf(topologyOf(settings));
    expect([...partsOf(picture, 'bucket'), ...partsOf(picture, 'copies')]).toEqual([]);
    expect(partsOf(pictureOf(topologyOf()), 'bucket', 0).map(wordsOf)).toEqual(['S3 bucket of snapshots', 'S3 copies from region 1']);
  });

  test('include every node of Elasticsearch', () => {
    const picture = pictureOf(topologyOf({ elasticsearch: { nodesPerRegion: 5 } }));
    expect([0, 1].map(region => partsOf(picture, 'elasticsearch-node', region).map(({ data }) => data.ordinal))).toEqual([
      ['0', '1', '2', '3', '4'],
      ['0', '1', '2', '3', '4'],
    ]);
  });
});

describe.each(ARRANGEMENTS)('a cluster with zones, regions %s each other', arrangement => {
  const topology = topologyOf({ camunda: { version: '8.10', zones: true } });
  const picture = pictureOf(topology, arrangement);

  test('has the zone above its brokers, and nothing that does not fit', () => {
    expect(pictureFaults(picture)).toEqual([]);
    for (const { regionId, brokers } of topology.regions) {
      const drawn = partsOf(picture, 'broker', regionId);
      expect(drawn.map(({ data }) => data['node-id']).sort()).toEqual(brokers.map(({ brokerId }) => brokerId).sort());
      expect(drawn.map(wordsOf).sort()).toEqual(brokers.map(({ ordinal }) => `broker ${ordinal} pod -${ordinal}`).sort());
      const [engine] = partsOf(picture, 'engine', regionId);
      expect(wordsOf(engine)).toContain(
        ['zone eu-west-2, priority 1000: leads 8 of 8', 'zone eu-west-3, priority 500: leads 0 of 8'][regionId],
      );
    }
  });
});

describe('for those who hear it', () => {
  const topology = topologyOf();
  const svg = topologyPicture(topology);

  test('the picture has a role, a title and a description with nodes, addresses and ports', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="topology-beside-title topology-beside-description">/);
    expect(svg).toContain('<title id="topology-beside-title">Topology of camunda: one Camunda cluster in two AWS regions</title>');
    const description = /<desc [^>]*>([^<]*)</.exec(svg)![1];
    for (const fact of [
      'Region 0 is eu-west-2 and takes user traffic.',
      'node ids 0, 2, 4, 6,',
      'node ids 1, 3, 5, 7,',
      '10.192.240.10, 10.192.240.26, 10.192.240.42',
      'round trip about 7.8 ms',
      '26502 UDP (membership gossip)',
    ]) {
      expect(description).toContain(fact);
    }
  });

  test('both pictures can be on one page: no id is given twice', () => {
    const ids = ARRANGEMENTS.flatMap(arrangement =>
      [...topologyPicture(topology, arrangement).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id),
    );
    expect(ids.length).toBeGreaterThan(30);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('every text is where it can be read', () => {
  test.each(
    ARRANGEMENTS.flatMap(arrangement => [4, 6, 8, 12, 24].flatMap(size => VERSIONS.map(version => ({ arrangement, size, version })))),
  )('with regions $arrangement each other, $size brokers and $version', ({ arrangement, size, version }) => {
    expect(pictureFaults(pictureOf(topologyOf({ camunda: { clusterSize: size, version }, nodes: { perZone: 4 } }), arrangement))).toEqual(
      [],
    );
  });

  test('with names and ranges as long as they may be', () => {
    const [first, second] = DEFAULT_SETTINGS.regions;
    const topology = topologyOf({
      name: 'mmmmmmmmmmmmmmmmmmmm',
      regions: [
        { ...first, awsRegion: 'ap-southeast-1', vpcCidr: '100.100.192.0/18', namespace: 'w'.repeat(63), account: '123456789012' },
        { ...second, awsRegion: 'ap-southeast-2', vpcCidr: '100.100.128.0/18', account: '123456789012' },
      ],
      nodes: { instanceType: 'x2iedn.32xlarge', perZone: 9 },
    });
    for (const arrangement of ARRANGEMENTS) expect(pictureFaults(pictureOf(topology, arrangement))).toEqual([]);
  });

  test('with any valid configuration', () => {
    fc.assert(
      fc.property(validSettings, settings => {
        const topology = Topology.of(settings, WHEN_ALL_WERE_SUPPORTED);
        for (const arrangement of ARRANGEMENTS) expect(pictureFaults(pictureOf(topology, arrangement))).toEqual([]);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
