import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { Log } from 'sarif';
import type { LocatedProblem } from '../../bin/config/located-problem';
import { exitCodeOf } from '../../bin/review/exit-code';
import { COMMENT_LIMIT, commentMark, reviewMarkdown } from '../../bin/review/markdown';
import { reviewSarif, type SarifFindings } from '../../bin/review/sarif';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import type { ReviewDocument } from '../../lib/review/document/review-document';
import { REQUIREMENTS } from '../../lib/review/requirements/judged-requirements';
import { defaultReview, reviewWith } from '../support/review';

const review = defaultReview();

/** A document with one table. */
function documentOf(rows: ReviewDocument['sections'][number]['tables'][number]['rows'], summary = 'summary'): ReviewDocument {
  return {
    schemaVersion: 1,
    title: 'Review',
    source: 'file.yaml',
    sections: [{ id: 'one', title: 'One', summary, tone: 'plain', tables: [{ columns: ['a', 'b'], rows }] }],
  };
}

describe('review.md', () => {
  test('has every section and fits into a comment', () => {
    const text = reviewMarkdown(review.document);
    expect(text.length).toBeLessThan(COMMENT_LIMIT);
    expect(text.startsWith(`${commentMark(review.document.source)}\n`)).toBe(true);
    for (const { id, title } of review.document.sections) {
      expect(text).toContain(`<details id="${id}"`);
      expect(text).toContain(`| ${title} |`);
    }
    expect(text.match(/<details/g)).toHaveLength(text.match(/<\/details>/g)!.length);
  });

  test('fits for 24 partitions on 12 brokers, whole', () => {
    const large = reviewWith({
      camunda: { clusterSize: 12, partitionCount: 24 },
      orchestration: { resources: { memoryMiB: 13000 } },
      nodes: { instanceType: 'm6i.2xlarge' },
    });
    const text = reviewMarkdown(large.document);
    expect(text.length).toBeLessThan(COMMENT_LIMIT);
    expect(text).not.toContain('more rows');
  });

  test('fits for 3000 partitions on 40 brokers, by leaving out rows and saying so', () => {
    const huge = reviewWith({
      camunda: { clusterSize: 40, partitionCount: 3000 },
      orchestration: {
        resources: { memoryMiB: 60000 },
        volumeGiB: 512,
        pod: { configuration: { 'camunda.data.primary-storage.rocks-db.memory-allocation-strategy': 'BROKER' } },
      },
      nodes: { instanceType: 'r6i.4xlarge', perZone: 8 },
    });
    const text = reviewMarkdown(huge.document);
    expect(text.length).toBeLessThan(COMMENT_LIMIT);
    expect(text).toMatch(/\d+ more rows are in/);
    expect(text).toContain('<details id="requirements"');
  });

  test('keeps the rows that want attention', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [
      `row ${i}`,
      i === 400 ? { text: 'bad', tone: 'danger' as const } : 'x'.repeat(300),
    ]);
    const text = reviewMarkdown(documentOf(rows));
    expect(text.length).toBeLessThan(COMMENT_LIMIT);
    expect(text).toContain('| row 400 | 🛑 bad |');
    expect(text).not.toContain('row 499');
  });

  test('fits whatever the texts are', () => {
    expect(reviewMarkdown(documentOf([['a', 'b'.repeat(70_000)]])).length).toBeLessThan(COMMENT_LIMIT);
    expect(reviewMarkdown(documentOf([], 's'.repeat(70_000))).length).toBeLessThan(COMMENT_LIMIT);
  });

  test('takes text for text: no cell ends its row, and none is markup', () => {
    const text = reviewMarkdown(documentOf([['a | b\nc', '<img src=x> **bold** [link](https://example.com) `code`']]));
    expect(text).toContain('| a \\| b c | &lt;img src=x&gt; \\*\\*bold\\*\\* \\[link\\](https://example.com) \\`code\\` |');
  });
});

describe('review.json', () => {
  test('is the document, unchanged', () => {
    expect(JSON.parse(JSON.stringify(review.document))).toEqual(review.document);
  });
});

describe('review.sarif', () => {
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    JSON.parse(readFileSync('test/review/schemas/sarif-2.1.0.json', 'utf8')) as object,
  );
  const problem: LocatedProblem = {
    rule: 'backup-disabled',
    severity: ProblemSeverity.WARNING,
    setting: 'backup.enabled',
    value: 'false',
    requirement: 'should be true',
    fix: 'leave it out',
    file: 'config/other.yaml',
    line: 7,
    column: 3,
  };
  const logOf = (findings: Partial<SarifFindings>): Log => {
    const log = JSON.parse(reviewSarif({ source: 'config/default.yaml', problems: [], ...findings })) as Log;
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    return log;
  };

  test('the schema notices a mistake', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
  });

  test('has every requirement as a rule with a page to read, and no result for the default deployment', () => {
    const [run] = logOf(review).runs;
    expect(run.results).toEqual([]);
    expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(REQUIREMENTS.map(({ id }) => `camunda/${id}`));
    expect(run.tool.driver.rules?.every(({ helpUri }) => helpUri?.startsWith('https://'))).toBe(true);
  });

  test('has each problem of the rules at its line', () => {
    const [run] = logOf({ problems: [problem, { ...problem, rule: 'cluster-size', severity: ProblemSeverity.ERROR, line: 3 }] }).runs;
    expect(run.results?.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['backup-disabled', 'warning'],
      ['cluster-size', 'error'],
    ]);
    expect(run.results?.[1].locations?.[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'config/other.yaml' },
      region: { startLine: 3, startColumn: 3 },
    });
  });

  test('puts a requirement where the rule that it rests on points', () => {
    const other = reviewWith({ backup: { enabled: false } });
    const results = logOf({ ...other, problems: [problem] }).runs[0].results ?? [];
    const [found] = results.filter(({ ruleId }) => ruleId === 'camunda/snapshots');
    expect(found).toMatchObject({ level: 'warning', locations: [{ physicalLocation: { region: { startLine: 7 } } }] });
  });

  test('has what is dangerous in any section, each with its rule', () => {
    const broken = defaultReview(({ stacks }) => {
      const { Resources = {} } = stacks.find(({ stackName }) => stackName === 'camunda-Region0')!.template;
      Object.keys(Resources)
        .filter(id => id.includes('TCP9200'))
        .forEach(id => delete (Resources as Record<string, unknown>)[id]);
    });
    const [run] = logOf(broken).runs;
    expect(new Set(run.results?.map(({ ruleId }) => ruleId))).toEqual(
      new Set(['camunda/pods-reachable', 'camunda/nothing-else-crosses', 'review/flows']),
    );
    for (const { ruleId, ruleIndex = -1 } of run.results ?? []) expect(run.tool.driver.rules?.[ruleIndex].id).toBe(ruleId);
    expect(exitCodeOf(broken.document)).toBe(2);
  });
});

test('warnings are no reason for another exit code', () => {
  expect(exitCodeOf(review.document)).toBe(0);
  expect(exitCodeOf(reviewWith({ backup: { enabled: false } }).document)).toBe(0);
});
