import { cellText } from '../../lib/review/document/cells';
import type { ReviewDocument } from '../../lib/review/document/review-document';
import { defaultReview, requirementsOfTone, reviewWith, rowsOf, sectionOf, tableOf } from '../support/review';

const textsOf = ({ sections }: ReviewDocument): string[] =>
  sections.flatMap(({ summary, tables }) => [
    summary,
    ...tables.flatMap(({ rows, notes = [] }) => [...rows.flatMap(row => row.map(cellText)), ...notes]),
  ]);
/** A one before a plural, where it is no name: `1 nodes`, `1 are not met`, but `region 1 has`. */
const ONE_OF_MANY =
  /(?<!(?:region|zone|broker|node|partition) |[\w.-])1 (are|have|want|cross|more rows|(?!is|has|wants|crosses|elects)[a-z]+s)\b/;
const wrongOf = (document: ReviewDocument): string[] => textsOf(document).filter(text => ONE_OF_MANY.test(text));

test('numbers of one are singular, whatever there is one of', () => {
  const single = reviewWith({
    camunda: { clusterSize: 4, partitionCount: 1 },
    nodes: { perZone: 1 },
    backup: { enabled: true, expiryDays: 1 },
    kubernetes: { version: '1.34' },
  });
  expect(wrongOf(single.document)).toEqual([]);
  expect(sectionOf(single.document, 'partitions').summary).toMatch(/^1 partition on 4 brokers, /);
  expect(sectionOf(single.document, 'resources').summary).toMatch(/^1 node of type /);
  expect(rowsOf(tableOf(single.document, 'what-if', 'Losses')).map(({ lost }) => lost)).toContain('zone A of region 0 (broker 0)');
  expect(rowsOf(tableOf(single.document, 'cost', 'Monthly')).map(({ quantity }) => quantity)).toContain('1 cluster');
});

test('the number of requirements that are not met agrees with its verb', () => {
  const broken = defaultReview(({ stacks }) => {
    const { Resources = {} } = stacks.find(({ template }) =>
      Object.values(template.Resources ?? {}).some(({ Type }) => Type === 'AWS::S3::Bucket'),
    )!.template;
    const [id] = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::S3::Bucket')!;
    delete (Resources as Record<string, unknown>)[id];
  });
  expect(requirementsOfTone(broken, 'danger')).toEqual(['snapshots']);
  expect(sectionOf(broken.document, 'requirements').summary).toContain(' want a look, 1 is not met, and ');
  expect(wrongOf(broken.document)).toEqual([]);
});

test('the check finds what it looks for', () => {
  for (const text of ['1 nodes of', 'Of 24, 1 are not met', 'with 1 keys']) expect(text).toMatch(ONE_OF_MANY);
  for (const text of ['region 1 has', '1 is met', '11 nodes', '0.1 dollars', 'region 1 gets', 'of 1 crosses'])
    expect(text).not.toMatch(ONE_OF_MANY);
});
