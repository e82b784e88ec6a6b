import { Topology } from '../../constructs/topology/topology';
import { regionManifests, type ManifestGroup } from '../../lib/region-manifests';
import { reviewOf } from '../../lib/review/document/review-of';
import { summaryOf } from '../../lib/summary';
import { defaultDeployment, templatesOf } from '../support/deployment';
import { reviewWith, rowsOf, sectionOf, tableOf } from '../support/review';
import { withRegions } from '../support/settings/changed-settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const ZONED = { camunda: { version: '8.10', zones: true } };
const priorities = (first: number, second: number) => ({
  ...withRegions({ zone: { priority: first } }, { zone: { priority: second } }),
  ...ZONED,
});

describe('a review of a cluster with zones', () => {
  const { document } = reviewWith(ZONED);
  const leaders = (settings: object) => rowsOf(tableOf(reviewWith(settings).document, 'partitions', 'Where partitions are led'));

  test('lists the zones', () => {
    expect(rowsOf(tableOf(document, 'partitions', 'Zones of Camunda'))).toEqual([
      { zone: 'eu-west-2', region: '0', brokers: '4', 'replicas of each partition': '2', priority: '1000' },
      { zone: 'eu-west-3', region: '1', brokers: '4', 'replicas of each partition': '2', priority: '500' },
    ]);
    expect(sectionOf(document, 'partitions').summary).toContain('8 led from region 0, 0 led from region 1');
  });

  test('says what its priorities mean, beside the other choices', () => {
    const figures = leaders(ZONED).map(row => Object.values(row));
    expect(figures).toEqual([
      ['configured: 1000 and 500', '8', '0', '7.8 ms', '15.6 ms', '2 + 1', '0 + 0'],
      ["after 'recover switch --to region1'", '0', '8', '15.6 ms', '7.8 ms', '0 + 0', '2 + 1'],
      ['equal', '4', '4', '11.7 ms', '11.7 ms', '1 + 0.5', '1 + 0.5'],
    ]);
  });

  test.each([
    ['of which region 1 leads', priorities(1, 2), ['configured: 1 and 2', "after 'recover switch --to region0'", 'equal']],
    ['that share the leaders', priorities(5, 5), ['configured: 5 and 5', 'region 0 higher', 'region 1 higher']],
  ])('names the choices of zones %s', (_, settings, names) => {
    const rows = leaders(settings);
    expect(rows.map(({ priorities: name }) => name)).toEqual(names);
    const led = rows.map(row => [row['led in region 0'], row['led in region 1']]);
    expect(led).toEqual(
      names[2] === 'equal'
        ? [
            ['0', '8'],
            ['8', '0'],
            ['4', '4'],
          ]
        : [
            ['4', '4'],
            ['8', '0'],
            ['0', '8'],
          ],
    );
  });

  test('says nothing of zones where brokers are numbered', () => {
    const titles = sectionOf(reviewWith({ camunda: { version: '8.10' } }).document, 'partitions').tables.map(({ title }) => title);
    expect(titles.filter(title => /Zones of Camunda|are led/.test(title ?? ''))).toEqual([]);
  });

  test('does not know the distance of a pair that nobody measured', () => {
    const far = { ...withRegions({ awsRegion: 'eu-north-1' }, { awsRegion: 'sa-east-1' }), ...ZONED };
    expect(leaders(far)[0]['round trip of a command from region 0']).toBe('not known');
  });
});

describe('the requirement about ids of brokers', () => {
  const topology = Topology.of({ ...withRegions({}), ...ZONED }, WHEN_ALL_WERE_SUPPORTED);
  const verdict = (change: (text: string) => string): string | undefined => {
    const manifests = topology.regions.map(
      ({ regionId }) => JSON.parse(change(JSON.stringify(regionManifests(topology, regionId)))) as ManifestGroup[],
    );
    const rendered = { stacks: templatesOf(defaultDeployment()), manifests };
    const { requirements } = reviewOf({ topology, rendered, source: 'config/zones.yaml', today: WHEN_ALL_WERE_SUPPORTED });
    return requirements.find(({ requirement }) => requirement.id === 'node-ids')?.tone;
  };

  test('is met by what is rendered', () => {
    expect(verdict(text => text)).toBe('good');
  });

  test.each<[string, (text: string) => string]>([
    ['a zone that brokers are not told', text => text.replaceAll('CAMUNDA_CLUSTER_ZONE', 'OTHER')],
    ['brokers that are told another zone', text => text.replaceAll('"value":"eu-west-2"', '"value":"eu-west-9"')],
    ['another scheme', text => text.replaceAll('scheme: ZONE_AWARE', 'scheme: ROUND_ROBIN')],
    ['a zone that is missing in the list', text => text.replaceAll('- name: eu-west-3', '- name: other')],
    ['numbers over both regions', text => text.replaceAll('##*-}))', '##*-} * 2 + VALUES_REGION_ID))')],
  ])('is not met with %s', (_, change) => {
    expect(verdict(change)).toBe('danger');
  });
});

test('the summary of a synthesis names the zones, and who leads', () => {
  const summary = summaryOf(Topology.of({ ...withRegions({}), ...ZONED }, WHEN_ALL_WERE_SUPPORTED), 'config/zones.yaml');
  expect(summary).toContain('zones     eu-west-2 with priority 1000, leads 8; eu-west-3 with priority 500, leads 0');
  expect(summary).toContain('brokers eu-west-2_0 eu-west-2_1');
});
