import { planOf } from '../../../constructs/topology/plan-of';
import { areInS3 } from '../../../constructs/topology/settings/storage/documents';
import type { Topology } from '../../../constructs/topology/topology';
import type { CostItem } from '../cost/cost-item';
import { costItems, crossRegionTraffic } from '../monthly-cost';
import { HOURS_A_MONTH, PRICE_PAGES, PRICES, PRICES_AS_OF } from '../prices';
import type { Rendered } from '../rendered';
import { counted, listed, toned, toneOf } from './cells';
import { isOlderThanAYear } from './dates';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

const SECONDS_A_MONTH = HOURS_A_MONTH * 60 * 60;
const EXAMPLE_MB_PER_SECOND = 1;
const MB_PER_GB = 1000;

/**
 * What the deployment costs a month while nothing happens, and what its traffic adds.
 *
 * @internal
 */
export function costSection(topology: Topology, { stacks }: Rendered, today: Date): ReviewSection {
  const items = costItems(topology, stacks, today);
  const tables = [
    itemTable(items),
    totalTable(topology, items),
    dateTable(today),
    trafficTable(topology),
    ...snapshotTable(topology),
    ...documentTable(topology),
  ];
  return {
    id: 'cost',
    title: 'Cost',
    summary: summaryOf(items, today),
    tone: toneOf(tables),
    tables,
  };
}

function summaryOf(items: readonly CostItem[], today: Date): string {
  const missing = [...new Set(items.filter(({ unitMonth }) => unitMonth === undefined).map(({ what }) => what))];
  const total = `About ${usd(totalOf(items))} a month for what runs all the time, by list prices of ${PRICES_AS_OF}${isOlderThanAYear(PRICES_AS_OF, today) ? ', which are older than a year' : ''}, without traffic.`;
  return missing.length === 0 ? total : `${total} Not in it, because no price is known here: ${listed(missing)}.`;
}

function itemTable(items: readonly CostItem[]): ReviewTable {
  return {
    title: 'Monthly estimate',
    columns: ['region', 'what', 'quantity', 'USD each', 'USD a month'],
    rows: items.map(({ regionId, what, quantity, unit, unitMonth }) => [
      String(regionId),
      what,
      counted(quantity, ...unit),
      unitMonth === undefined ? toned('not known', 'warning') : unitMonth.toFixed(unitMonth < 1 ? 4 : 2),
      unitMonth === undefined ? toned('not known', 'warning') : (quantity * unitMonth).toFixed(2),
    ]),
    notes: [
      `List prices on demand. A month has ${HOURS_A_MONTH} hours.`,
      'Counted in the templates, and in the settings where Kubernetes makes the volumes. Not included: traffic, requests, logs, snapshots, documents, ingress and monitoring of your own, licences, tax, discounts.',
    ],
  };
}

function totalTable({ regions }: Topology, items: readonly CostItem[]): ReviewTable {
  const row = (name: string, own: readonly CostItem[]): Cell[] => [
    name,
    usd(totalOf(own)),
    own.every(({ unitMonth }) => unitMonth !== undefined) ? 'all prices known' : toned('some prices are not known', 'warning'),
  ];
  return {
    title: 'Total',
    columns: ['region', 'a month', 'complete'],
    rows: [
      ...regions.map(({ regionId, awsRegion }) =>
        row(
          `region ${regionId} (${awsRegion})`,
          items.filter(item => item.regionId === regionId),
        ),
      ),
      row('both', items),
    ],
    ...withoutPrices(regions.map(({ awsRegion }) => awsRegion)),
  };
}

function dateTable(today: Date): ReviewTable {
  return {
    title: 'Date of the prices',
    columns: ['noted in', 'verdict'],
    rows: [
      [
        PRICES_AS_OF,
        isOlderThanAYear(PRICES_AS_OF, today)
          ? toned(`prices of ${PRICES_AS_OF} are older than a year: look them up`, 'warning')
          : toned('not older than a year', 'good'),
      ],
    ],
    notes: [`Noted by hand from ${PRICE_PAGES.join(' ')}: look them up before you decide.`],
  };
}

function withoutPrices(awsRegions: readonly string[]): Pick<ReviewTable, 'notes'> {
  const unknown = awsRegions.filter(awsRegion => PRICES[awsRegion] === undefined);
  return unknown.length === 0
    ? {}
    : { notes: [`No prices are known here for ${listed(unknown)}; there are some for ${listed(Object.keys(PRICES))}.`] };
}

function trafficTable(topology: Topology): ReviewTable {
  const { copiesOfLog, copiesOfExports, perGB } = crossRegionTraffic(topology);
  const crossing = (copiesOfLog + copiesOfExports) * EXAMPLE_MB_PER_SECOND;
  const gigabytes = (crossing * SECONDS_A_MONTH) / MB_PER_GB;
  const price = perGB === undefined ? toned('not known', 'warning') : `${perGB.toFixed(3)} USD a GB`;
  return {
    title: 'Traffic between the regions',
    columns: ['what', 'value'],
    rows: [
      ['bytes a second that cross', `${copiesOfLog} x bytes appended to the log + ${copiesOfExports} x bytes exported`],
      ['price', price],
      ['USD a month', `bytes a second x ${SECONDS_A_MONTH} / 10^9 x USD a GB`],
      [
        `example: ${EXAMPLE_MB_PER_SECOND} MB/s appended, ${EXAMPLE_MB_PER_SECOND} MB/s exported`,
        `${crossing} MB/s, ${Math.round(gigabytes)} GB${perGB === undefined ? '' : `, ${usd(gigabytes * perGB)}`} a month`,
      ],
    ],
    notes: [
      'Each appended byte goes to the replicas in the other region. Each exported byte goes to the Elasticsearch of both regions, one of which is always the other one.',
      'The price is that of the region that sends, weighed by where the leaders should be. The example is no forecast: measure what your processes append.',
    ],
  };
}

/** Camunda writes each document and then again with its hash, so that there are two versions of it for a while. */
function documentTable(topology: Topology): ReviewTable[] {
  const { documents } = planOf(topology).settings;
  if (!areInS3(documents)) return [];
  return [
    {
      title: 'Documents',
      columns: ['region', 'USD a GB and month'],
      rows: storageRows(topology),
      notes: [
        'Each document is kept in both regions, and crosses at the price of traffic between the regions. Camunda writes it twice, ' +
          `so it counts twice for that, and in the first ${counted(documents.expiryDays, 'day')} for storage.`,
      ],
    },
  ];
}

function snapshotTable(topology: Topology): ReviewTable[] {
  const { settings } = planOf(topology);
  if (!settings.backup.enabled) return [];
  return [
    {
      title: 'Snapshots',
      columns: ['region', 'USD a GB and month'],
      rows: storageRows(topology),
      notes: ['Each snapshot is kept in both regions, and crosses once, at the price of traffic between the regions.'],
    },
  ];
}

function storageRows({ regions }: Topology): Cell[][] {
  return regions.map(({ regionId, awsRegion }) => [
    `region ${regionId} (${awsRegion})`,
    PRICES[awsRegion]?.s3GBMonth.toFixed(4) ?? toned('not known', 'warning'),
  ]);
}

function totalOf(items: readonly CostItem[]): number {
  return items.reduce((sum, { quantity, unitMonth = 0 }) => sum + quantity * unitMonth, 0);
}

function usd(amount: number): string {
  return `${Math.round(amount)} USD`;
}
