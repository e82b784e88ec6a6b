import { Topology } from '../../constructs/topology/topology';
import { cellText, cellTone, toneOf } from '../../lib/review/document/cells';
import { historyTable } from '../../lib/review/document/history-table';
import { costItems } from '../../lib/review/monthly-cost';
import type { TemplateValue } from '../../lib/review/template';
import { defaultDeployment } from '../support/deployment';
import { defaultRendered, defaultReview, reviewWith, rowsOf, rowsOfTone, sectionOf, tableOf } from '../support/review';
import { withRegions, withSettings } from '../support/settings/changed-settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const { topology } = defaultDeployment().construct;
const { document } = defaultReview();

describe('a review', () => {
  test('has its sections in order, those that are given after the overview', () => {
    expect(document.sections.map(({ id }) => id)).toEqual([
      'overview',
      'cidr-plan',
      'flows',
      'partitions',
      'versions',
      'resources',
      'what-if',
      'cost',
      'time',
      'requirements',
    ]);
  });

  test('has as many cells in each row as there are columns, and text in each summary', () => {
    const tables = document.sections.flatMap(section => section.tables);
    expect(tables.filter(({ columns, rows }) => rows.length === 0 || rows.some(row => row.length !== columns.length))).toEqual([]);
    expect(document.sections.filter(({ summary, title }) => summary === '' || title === '')).toEqual([]);
  });

  test('finds nothing to worry about in the default deployment but the age of what it was told', () => {
    const urgent = document.sections.filter(({ tone }) => tone === 'warning' || tone === 'danger');
    expect(
      urgent.flatMap(({ id, tables }) =>
        tables.flatMap(table => [...rowsOfTone(table, 'danger'), ...rowsOfTone(table, 'warning')].map(row => [id, row.at(-1)])),
      ),
    ).toEqual([
      ['overview', expect.stringMatching(/June 2020: a figure of 2020-06 is older than a year/)],
      ['cost', 'prices of 2025-01 are older than a year: look them up'],
    ]);
  });

  test.each(document.sections)('$id has the tone of its most urgent cell', ({ tone, tables }) => {
    expect(tone).toBe(toneOf(tables));
  });
});

describe('overview', () => {
  test('tells the round trip with its source', () => {
    const [row] = rowsOf(tableOf(document, 'overview', 'Round trip'));
    expect(row).toMatchObject({ 'round trip': '7.8 ms', source: expect.stringContaining('June 2020') });
  });

  test('warns of a pair of regions that nobody has measured, and of one that is far', () => {
    const unknown = reviewWith(withRegions({ awsRegion: 'eu-north-1' }, { awsRegion: 'sa-east-1' }));
    expect(rowsOfTone(tableOf(unknown.document, 'overview', 'Round trip'), 'warning')).toEqual([
      [expect.stringContaining('not known'), expect.stringContaining('measure it'), expect.anything()],
    ]);
    const far = reviewWith({ ...withRegions({ awsRegion: 'eu-west-2' }, { awsRegion: 'us-west-2' }), acknowledgedRoundTripMs: 150 });
    expect(rowsOfTone(tableOf(far.document, 'overview', 'Round trip'), 'warning')[0][1]).toContain('acknowledgedRoundTripMs: 150');
  });

  test.each([
    ['2021-06-30', 'eu-west-3', 'fantoch project, June 2020'],
    ['2021-07-01', 'eu-west-3', 'fantoch project, June 2020: a figure of 2020-06 is older than a year, measure it yourself'],
    ['2021-06-30', 'af-south-1', 'undated: it may be old, measure it yourself'],
  ])('on %s the round trip of eu-west-2 and %s has its source: %s', (day, awsRegion, text) => {
    const { document: other } = reviewWith({ ...withRegions({}, { awsRegion }), acknowledgedRoundTripMs: 200 }, new Date(day));
    expect(rowsOf(tableOf(other, 'overview', 'Round trip'))[0].source.endsWith(text)).toBe(true);
    expect(rowsOfTone(tableOf(other, 'overview', 'Round trip'), 'warning')).toHaveLength(text.includes('yourself') ? 1 : 0);
  });

  test('lists each warning of the rules', () => {
    const { document: other } = reviewWith({ backup: { enabled: false } });
    expect(rowsOf(tableOf(other, 'overview', 'Warnings'))).toEqual([
      expect.objectContaining({ rule: 'backup-disabled', setting: 'backup.enabled' }),
    ]);
  });
});

describe('CIDR plan', () => {
  test('has every subnet with what is free in it', () => {
    const rows = rowsOf(tableOf(document, 'cidr-plan', 'Subnets'));
    expect(rows.map(({ region, purpose, zone, range }) => [region, purpose, zone, range])).toEqual(
      topology.regions.flatMap(({ regionId, subnets }) =>
        subnets.map(({ purpose, zone, cidr }) => [String(regionId), purpose, String(zone), cidr]),
      ),
    );
    // 3 nodes and 2 during an update with 60 addresses each, and 4 interfaces of the control plane, in a /18 without AWS's 5.
    expect(rows.find(({ purpose }) => purpose === 'private')).toMatchObject({
      addresses: '16379',
      'planned, at most': '304',
      free: '16075',
    });
  });

  test('warns where nodes can take more addresses than there are', () => {
    const small = withRegions({ vpcCidr: '10.192.0.0/22' });
    const { document: other } = reviewWith({ ...small, nodes: { perZone: 4, maxPerZone: 5 } });
    const short = rowsOfTone(tableOf(other, 'cidr-plan', 'Subnets'), 'warning');
    expect(short.map(([region, purpose]) => `${region} ${purpose}`)).toEqual(['0 private', '0 private', '0 private']);
  });

  test('compares each of the four ranges with each other', () => {
    expect(tableOf(document, 'cidr-plan', 'Checks').rows).toHaveLength(6);
  });
});

describe('flows', () => {
  const CROSSING = 'What crosses';

  test('has each crossing flow in both directions, with the rule that admits it', () => {
    const rows = rowsOf(tableOf(document, 'flows', CROSSING));
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      expect(row.verdict).toBe('can cross');
      const [, port] = row.port.split(' ');
      expect(row['security group rule']).toMatch(port === '53' ? /DnsForwarder/ : new RegExp(port));
      expect(row['routes there and back']).toBe('6');
    }
  });

  test('has every flow of the topology, admitted by policies or by none', () => {
    const rows = rowsOf(tableOf(document, 'flows', 'Every flow'));
    expect(rows.map(({ from, to, port }) => `${from} ${to} ${port}`)).toEqual(
      topology.flows.map(({ source, target, transport, port }) => `${source} ${target} ${transport} ${port}`),
    );
  });

  test('fails for a flow whose security group rule is gone, in its direction alone', () => {
    const review = defaultReview(({ stacks }) => {
      const { Resources = {} } = stacks.find(({ stackName }) => stackName === 'camunda-Region1')!.template;
      const [id] = Object.keys(Resources).filter(name => name.includes('UDP26502'));
      delete (Resources as Record<string, unknown>)[id];
    });
    const broken = rowsOfTone(tableOf(review.document, 'flows', CROSSING), 'danger');
    expect(broken).toHaveLength(1);
    expect(broken[0].join(' ')).toMatch(
      /nodes of region 0 .* nodes of region 1 .* UDP 26502 .* none .* cannot cross: no rule of .*ClusterSecurityGroupId/,
    );
    expect(sectionOf(review.document, 'flows').tone).toBe('danger');
  });

  test('fails for all flows without the peering connection', () => {
    const review = defaultReview(({ stacks }) => {
      for (const { template } of stacks) {
        for (const [id, { Type }] of Object.entries(template.Resources ?? {})) {
          if (Type === 'AWS::EC2::VPCPeeringConnection') delete (template.Resources as Record<string, unknown>)[id];
        }
      }
    });
    expect(rowsOfTone(tableOf(review.document, 'flows', CROSSING), 'danger')).toHaveLength(12);
    expect(rowsOfTone(tableOf(review.document, 'flows', 'Findings'), 'danger')).toEqual([['peering', 'there is no peering connection']]);
  });

  test('names a rule that opens more than is needed', () => {
    const review = defaultReview(({ stacks }) => {
      const { Resources = {} } = stacks.find(({ stackName }) => stackName === 'camunda-Region0')!.template;
      const [rule] = Object.entries(Resources).flatMap(([id, { Properties }]) =>
        id.includes('TCP9200') && Properties ? [Properties] : [],
      );
      (rule as Record<string, TemplateValue>).ToPort = 9600;
    });
    expect(rowsOfTone(tableOf(review.document, 'flows', 'Findings'), 'danger')[0]).toEqual([
      'unexpected-flow',
      expect.stringContaining('9200-9600'),
    ]);
  });

  test.each([
    ['egress', 'orchestration (out)'],
    ['ingress', 'elasticsearch (in)'],
  ] as const)('fails for flows that a network policy no longer admits (%s)', (direction, lacking) => {
    const review = defaultReview(({ manifests }) => {
      const policies = manifests[1].find(({ name }) => name === '10-network-policies')!.objects;
      const name = lacking.split(' ')[0];
      const policy = policies.find(({ metadata }) => (metadata as { readonly name: string }).name === name)!;
      (policy.spec as Record<string, unknown>)[direction] = [];
    });
    const broken = rowsOfTone(tableOf(review.document, 'flows', 'Every flow'), 'danger');
    expect(
      broken.some(
        ([from, to, port, , , , verdict]) =>
          `${from} ${to} ${port}` === 'orchestration elasticsearch TCP 9200' && verdict === `not admitted by ${lacking} of region 1`,
      ),
    ).toBe(true);
  });

  test('fails for a policy that admits only the own region', () => {
    const review = defaultReview(({ manifests }) => {
      const policies = manifests[0].find(({ name }) => name === '10-network-policies')!.objects;
      const text = JSON.stringify(policies).replaceAll(topology.regions[1].vpcCidr, '10.99.0.0/16');
      policies.splice(0, policies.length, ...(JSON.parse(text) as Record<string, unknown>[]));
    });
    const broken = rowsOfTone(tableOf(review.document, 'flows', 'Every flow'), 'danger');
    expect(broken.map(([, , , crosses]) => crosses)).toEqual(Array(5).fill('yes'));
  });
});

describe('partitions', () => {
  test('the table agrees with the topology in every cell', () => {
    const { columns, rows } = tableOf(document, 'partitions', 'Priority');
    const read = rowsOf({ columns, rows });
    expect(read).toHaveLength(topology.partitions.length);
    for (const { partitionId, replicas, preferredLeader } of topology.partitions) {
      const row = read[partitionId - 1];
      const cells = topology.brokers.map(({ brokerId, regionId }) => row[`${brokerId} (r${regionId})`]);
      const expected = topology.brokers.map(({ brokerId }) => {
        const replica = replicas.find(candidate => candidate.brokerId === brokerId);
        return replica ? `${replica.priority}${brokerId === preferredLeader ? ' leader' : ''}` : '';
      });
      expect([row.partition, ...cells]).toEqual([String(partitionId), ...expected]);
    }
  });

  test('adds up: as many replicas and leaders by region as by zone', () => {
    const rows = rowsOf(tableOf(document, 'partitions', 'Replicas by'));
    for (const what of ['replicas', 'leaders']) {
      const sum = (start: string): number =>
        rows.filter(({ where }) => where.startsWith(start)).reduce((total, row) => total + Number(row[what]), 0);
      expect(sum('region 0, zone')).toBe(Number(rows.find(({ where }) => where === 'region 0')?.[what]));
    }
    expect(Number(rows.find(({ where }) => where === 'region 1')?.replicas)).toBe(16);
  });

  test('lists replicas where a column for each broker would be too wide', () => {
    const { document: wide } = reviewWith({ camunda: { clusterSize: 26, partitionCount: 26 }, nodes: { perZone: 5 } });
    expect(rowsOf(tableOf(wide, 'partitions', 'Replicas of'))[0]).toMatchObject({
      'preferred leader': '0',
      'brokers, by descending priority': '0 (4) 1 (3) 2 (2) 3 (1)',
    });
  });
});

describe('resources', () => {
  test('every pod of a region is in the tables', () => {
    const zones = rowsOf(tableOf(document, 'resources', 'Node groups'));
    expect(zones.map(({ brokers }) => Number(brokers)).sort()).toEqual([1, 1, 2]);
    expect(zones.map(row => Number(row['Elasticsearch nodes']))).toEqual([1, 1, 1]);
    expect(rowsOf(tableOf(document, 'resources', 'What the pods')).find(({ workload }) => workload === 'brokers')).toMatchObject({
      pods: '4',
      CPU: '4000 m',
      memory: '28672 MiB',
    });
  });

  test('one zone gone stops no partition of four brokers a region, and may stop some of six', () => {
    expect(rowsOfTone(tableOf(document, 'resources', 'With one zone'), 'warning')).toEqual([]);
    const { document: six } = reviewWith({ camunda: { clusterSize: 12, partitionCount: 12 } });
    expect(rowsOfTone(tableOf(six, 'resources', 'With one zone'), 'warning')[0].join(' ')).toContain('up to 2, if neighbours share a zone');
  });

  test('says so where nothing is known of the instance type', () => {
    const { document: other } = reviewWith({ nodes: { instanceType: 't3.2xlarge' } });
    expect(rowsOfTone(tableOf(other, 'resources', 'Node groups'), 'warning')).toHaveLength(3);
  });
});

describe('what if', () => {
  const lossesOf = (review: ReturnType<typeof reviewWith>) => rowsOf(tableOf(review.document, 'what-if', 'Losses'));

  test('a lost region stops every partition until the failover that is named', () => {
    const [region0, region1] = lossesOf(defaultReview());
    expect(region0).toMatchObject({ 'partitions that stop': 'all 8' });
    expect(region0['what you do']).toBe(
      'recover failover --lost region0; route users to region 1; later recover failback --recreated region0',
    );
    expect(region1['what you do']).toBe('recover failover --lost region1; later recover failback --recreated region1');
  });

  test('a lost zone stops none of the partitions of the default deployment, whichever it is', () => {
    const zones = lossesOf(defaultReview()).filter(({ lost }) => lost.startsWith('zone'));
    expect(zones.map(row => row['partitions that stop'])).toEqual(Array(6).fill('none'));
    expect(zones.map(({ lost }) => lost)).toContain('zone C of region 1 (brokers 3 and 7)');
  });

  test('the worst zone of six brokers a region stops the partitions of two neighbours', () => {
    const zones = lossesOf(
      reviewWith({
        camunda: { clusterSize: 12, partitionCount: 24 },
        orchestration: { resources: { memoryMiB: 13000 } },
        nodes: { instanceType: 'm6i.2xlarge' },
      }),
    ).filter(({ lost }) => lost.startsWith('a zone'));
    expect(zones.map(row => row['partitions that stop'])).toEqual(['up to 4', 'up to 4']);
  });

  test('a single broker stops nothing', () => {
    expect(lossesOf(defaultReview()).find(({ lost }) => lost === 'any one broker')).toMatchObject({ 'partitions that stop': 'none' });
  });

  test('names the bucket of the region that is left, or that there is none', () => {
    expect(rowsOf(tableOf(document, 'what-if', 'Buckets'))).toEqual([
      expect.objectContaining({ lost: 'region 0', 'the survivor writes': 'camunda-snapshots-${AWS_ACCOUNT_ID}-eu-west-3' }),
      expect.objectContaining({ lost: 'region 1', 'the survivor writes': 'camunda-snapshots-${AWS_ACCOUNT_ID}-eu-west-2' }),
    ]);
    const { document: without } = reviewWith({ backup: { enabled: false } });
    expect(rowsOfTone(tableOf(without, 'what-if', 'Buckets'), 'warning')).toHaveLength(2);
  });
});

describe('cost', () => {
  test('counts what is in the templates', () => {
    const items = costItems(topology, defaultRendered().stacks, WHEN_ALL_WERE_SUPPORTED).filter(({ regionId }) => regionId === 1);
    expect(Object.fromEntries(items.map(({ what, quantity }) => [what, quantity]))).toEqual({
      'nodes m6i.xlarge, on demand': 6,
      'EKS control plane': 1,
      'NAT gateways': 3,
      'public addresses': 3,
      'gp3 volumes': 6 * 50 + 4 * 32 + 3 * 64,
      'network load balancers, without traffic': 1,
      'secrets and their replicas': 5,
      'encryption keys': 1,
    });
  });

  test('the totals are the sums of the items', () => {
    const items = rowsOf(tableOf(document, 'cost', 'Monthly'));
    const sum = items.reduce((total, row) => total + Number(row['USD a month']), 0);
    expect(rowsOf(tableOf(document, 'cost', 'Total'))[2]).toEqual({
      region: 'both',
      'a month': `${Math.round(sum)} USD`,
      complete: 'all prices known',
    });
  });

  test('says that it does not know the prices of a region instead of guessing', () => {
    const { document: other } = reviewWith(withRegions({ awsRegion: 'eu-south-1' }, { awsRegion: 'eu-central-1' }));
    expect(rowsOfTone(tableOf(other, 'cost', 'Total'), 'warning').map(([region]) => region)).toEqual(['region 0 (eu-south-1)', 'both']);
    expect(sectionOf(other, 'cost').summary).toContain('no price is known here: nodes m6i.xlarge');
    expect(rowsOf(tableOf(other, 'cost', 'Traffic')).find(({ what }) => what === 'price')).toMatchObject({ value: 'not known' });
  });

  test('an instance type without a price leaves the nodes out', () => {
    const { document: other } = reviewWith({ nodes: { instanceType: 'r7g.xlarge' } });
    expect(rowsOfTone(tableOf(other, 'cost', 'Monthly'), 'warning').map(([, what]) => what)).toEqual(
      Array(2).fill('nodes r7g.xlarge, on demand'),
    );
  });

  test('extended support makes the control plane six times as dear', () => {
    const plane = (day: string) =>
      rowsOf(tableOf(reviewWith({ kubernetes: { version: '1.34' } }, new Date(day)).document, 'cost', 'Monthly')).find(
        ({ what }) => what === 'EKS control plane',
      )?.['USD each'];
    expect([plane('2026-12-02'), plane('2026-12-03')]).toEqual(['73.00', '438.00']);
  });

  test('extended support is paid for in the region that runs the older version', () => {
    const settings = { ...withRegions({}, { kubernetes: { version: '1.35' } }), kubernetes: { version: '1.34' } };
    const planes = rowsOf(tableOf(reviewWith(settings, new Date('2026-12-03')).document, 'cost', 'Monthly'))
      .filter(({ what }) => what === 'EKS control plane')
      .map(row => row['USD each']);
    expect(planes).toEqual(['438.00', '73.00']);
  });

  test.each([
    ['2026-01-31', 'good', ''],
    ['2026-02-01', 'warning', ', which are older than a year'],
  ] as const)('on %s prices of 2025-01 are %s', (day, tone, text) => {
    const { document: other } = reviewWith({}, new Date(day));
    expect(sectionOf(other, 'cost')).toMatchObject({ tone, summary: expect.stringContaining(`by list prices of 2025-01${text}, without`) });
    expect(rowsOfTone(tableOf(other, 'cost', 'Date of'), tone)).toHaveLength(1);
  });

  test('a byte of the log crosses twice, an exported one once', () => {
    const rows = rowsOf(tableOf(document, 'cost', 'Traffic'));
    expect(rows[0].value).toBe('2 x bytes appended to the log + 1 x bytes exported');
    expect(rows[3].value).toBe('3 MB/s, 7884 GB, 158 USD a month');
  });
});

test('warns of history that nothing deletes, and of the day on which Elasticsearch is full', () => {
  const { rows } = historyTable(Topology.of(withSettings({ history: { retention: { enabled: false } } }), WHEN_ALL_WERE_SUPPORTED));
  expect(rows.map(([what, value]) => [what, cellTone(value)])).toEqual([
    ['expected', 'plain'],
    ['comes in a day', 'plain'],
    ['kept', 'warning'],
    ['room', 'plain'],
    ['full', 'warning'],
  ]);
  expect(cellText(rows[4][1])).toBe('after 55 days');
});
