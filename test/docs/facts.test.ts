import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Topology } from '../../constructs/topology/topology';
import { cellText } from '../../lib/review/document/cells';
import { historyTable } from '../../lib/review/document/history-table';
import { partitionPicture } from '../../scripts/partition-picture';
import { defaultDeployment } from '../support/deployment';
import { ROOT } from '../support/documents';
import { fencesIn, tableRowsIn } from '../support/markdown';
import { defaultReview, rowsOf, sectionOf, tableOf } from '../support/review';
import { withSettings } from '../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const page = (name: string): string => readFileSync(join(ROOT, 'docs', name), 'utf8');
const topology = Topology.of(DEFAULT_SETTINGS, WHEN_ALL_WERE_SUPPORTED);

describe('cost', () => {
  const { document } = defaultReview();
  const cost = page('cost.md');

  test('has the items and sums of the review', () => {
    const items = rowsOf(tableOf(document, 'cost', 'Monthly estimate'));
    const totals = rowsOf(tableOf(document, 'cost', 'Total'));
    const names = [...new Set(items.map(({ what }) => what))];
    const amount = (what: string, region: string): string =>
      items.find(item => item.what === what && item.region === region)?.['USD a month'] ?? '';
    expect(tableRowsIn(cost, 'what')).toEqual([
      ...names.map(what => [what, amount(what, '0'), amount(what, '1')]),
      ['all', ...totals.slice(0, 2).map(row => row['a month'].replace(' USD', ''))],
    ]);
  });

  test('has the formula, the example and the date of the prices', () => {
    const [bytes, price, month, example] = rowsOf(tableOf(document, 'cost', 'Traffic'));
    expect(bytes.value).toBe('2 x bytes appended to the log + 1 x bytes exported');
    expect(cost).toContain('2 x bytes appended + 1 x bytes exported');
    expect(month.value).toBe('bytes a second x 2628000 / 10^9 x USD a GB');
    expect(cost).toContain(month.value);
    expect(price.value).toBe('0.020 USD a GB');
    expect(example.value).toBe('3 MB/s, 7884 GB, 158 USD a month');
    expect(cost).toMatch(/3 MB\/s cross, 7,884 GB and about 158 USD a month/);
    expect(sectionOf(document, 'cost').summary).toContain('list prices of 2025-01');
    expect(cost).toContain('in January 2025 (2025-01)');
  });
});

test('the page about history has the estimates of the review', () => {
  const rows = [10000, 20000, 30000, 40000, 100000].map(instancesPerDay => {
    const table = historyTable(Topology.of(withSettings({ history: { instancesPerDay } }), WHEN_ALL_WERE_SUPPORTED));
    const [, comes, kept, , full] = table.rows.map(([, value]) => cellText(value));
    const label = `${instancesPerDay.toLocaleString('en')}${instancesPerDay === 20000 ? ' (default)' : ''}`;
    return [label, comes.replace(', copies included', ''), kept.replace(', of 30 days', ''), full];
  });
  expect(tableRowsIn(page('history.md'), 'process instances a day')).toEqual(rows);
});

describe('how it works', () => {
  const how = page('how-it-works.md');

  test('shows the partitions of the default configuration, two replicas in each region', () => {
    const picture = readFileSync(join(ROOT, 'docs/images/partitions.svg'), 'utf8');
    expect(picture).toBe(`${partitionPicture(topology)}\n`);
    const circles = [...picture.matchAll(/<circle class="(\w+)" cx="(\d+)" cy="(\d+)"/g)].map(([, kind, x, y]) => ({
      kind,
      x: Number(x),
      y,
    }));
    const rows = [...new Set(circles.map(({ y }) => y))].map(y => circles.filter(circle => circle.y === y));
    const [, middle] = [...picture.matchAll(/<rect class="region" x="(\d+)"/g)].map(([, x]) => Number(x));
    expect(rows).toHaveLength(topology.partitions.length);
    expect(rows.filter(row => row.filter(({ x }) => x < middle).length !== 2 || row.length !== 4)).toEqual([]);
    expect(rows.filter(row => row.filter(({ kind }) => kind === 'leader').length !== 1)).toEqual([]);
  });

  test('shows the stacks, in the AWS region of each, with what they wait for', () => {
    const picture = fencesIn(how).find(({ text }) => text.includes('Region0 --> Camunda0'))!.text;
    const shown = [...picture.matchAll(/^\s*(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} -> ${to}`);
    const stacks = defaultDeployment().construct.node.children.filter(child => Stack.isStack(child));
    expect(shown.sort()).toEqual(stacks.flatMap(stack => stack.dependencies.map(({ node }) => `${node.id} -> ${stack.node.id}`)).sort());
    const groups = [...picture.matchAll(/subgraph r(\d)[^]*?\n {2}end/g)];
    expect(groups.map(([group, regionId]) => stacks.filter(({ region, node }) => region === topology.regions[Number(regionId)].awsRegion && !new RegExp(`\\b${node.id}\\b`).test(group)).map(({ node }) => node.id))).toEqual([[], []]); // prettier-ignore
  });

  test('names the exporters and the ports that cross', () => {
    topology.exporters.forEach(({ exporterId }) => expect(how).toContain(`\`${exporterId}\``));
    const crossing = new Set(topology.flows.filter(({ crossRegion }) => crossRegion).map(({ port }) => port));
    expect(tableRowsIn(how, 'port').map(([cell]) => Number(cell.split('/')[0]))).toEqual([...crossing].sort((a, b) => a - b));
  });
});
