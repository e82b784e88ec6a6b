import { reportMarkdown, reportOf } from '../../lib/recovery/documents/report';
import { durationText, planText, preparationText } from '../../lib/recovery/documents/runbook';
import { progressText, statusOf } from '../../lib/recovery/documents/status';
import { freshProgress } from '../../lib/recovery/plans/recovery-request';
import type { Progress, StepProgress } from '../../lib/recovery/record/progress';
import { rehearsalText, rehearse } from '../../lib/recovery/run/rehearsal';
import type { Plan, Step } from '../../lib/recovery/run/step';
import type { StopKind } from '../../lib/recovery/stop';
import {
  answeringView,
  attempt,
  configurationOf,
  CONFIGURATION,
  EXPORTERS,
  exportersOf,
  failure,
  SEEN,
  seenOf,
  TOPOLOGY,
  type AnsweringOptions,
} from './support/answering-view';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const PROGRESS: Progress = freshProgress({ direction: 'failover', regionId: 1 }, TOPOLOGY, 'ada', START);
const record = (more: Partial<StepProgress> = {}): StepProgress => ({ startedAt: START, calls: 3, attempts: [], ...more });

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1_000, '1 s'],
  [59_900, '59.9 s'],
  [60_000, '1 min'],
  [3_599_000, '60 min'],
  [3_600_000, '1 h'],
  [9_000_000, '2.5 h'],
])('%d ms are told as %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

const description = (text: string, state: 'met' | 'open' | 'blocked', advice?: string): Step['done'] => ({
  description: text,
  calls: [],
  check: () => Promise.resolve({ state, why: `${state} now`, ...(advice === undefined ? {} : { advice }) }),
});
const step = (id: string, done: Step['done'], more: Partial<Step> = {}): Step => ({
  id,
  title: `Title ${id}`,
  purpose: `for ${id}`,
  requires: [],
  done,
  timeoutMs: 60_000,
  advice: `fix ${id}`,
  ...more,
});
const DESCRIBED = step('described', description('it is this one', 'met'), { isPrecheck: true });
const call = { target: { kind: 'management' }, method: 'POST', path: '/do' } as const;
const action = { description: 'do it', call, repeat: 'safe' } as const;

test('a plan for people has each call once, and leaves out what there is not', () => {
  const check = { ...call, method: 'GET', path: '/look' } as const;
  const plan: Plan = {
    title: 'Plan',
    described: DESCRIBED,
    steps: [
      step(
        'a',
        { ...description('a is so', 'open'), calls: [check, check] },
        { action, requires: [{ ...description('c is so', 'open'), calls: [check] }] },
      ),
      step('b', description('b is so', 'open')),
    ],
    afterwards: ['rest'],
  };
  const block = ['```sh', 'curl --silent --show-error "$MANAGEMENT/look"', '```', ''];
  expect(planText(TOPOLOGY, plan).split('\n')).toEqual([
    '### Plan',
    '',
    '#### Before anything is sent, and whenever somebody goes on: title described',
    '',
    'for described',
    '',
    'Go on when: it is this one.',
    '',
    '#### 1. Title a',
    '',
    'for a',
    '',
    'First: c is so.',
    '',
    ...block,
    'Unless it is done already, do it:',
    '',
    '```sh',
    'curl --silent --show-error --request POST "$MANAGEMENT/do"',
    '```',
    '',
    'Done when: a is so.',
    '',
    ...block,
    'If that is not so after 1 min: fix a.',
    '',
    '#### 2. Title b',
    '',
    'for b',
    '',
    'Go on when: b is so.',
    '',
    'If that is not so after 1 min: fix b.',
    '',
    'Afterwards:',
    '',
    '- rest',
    '',
  ]);
  expect(preparationText({ ...TOPOLOGY, tls: false }, 0)).toMatch(/^```sh\nCONTEXT_0=.*\n```\n$/s);
});

test('a rehearsal looks, says what it would do, and sends nothing', async () => {
  const { view, requests } = answeringView({});
  const plan: Plan = {
    title: 'Plan',
    described: DESCRIBED,
    afterwards: [],
    steps: [
      step('done', description('x', 'open'), { action }),
      step('there', description('there is so', 'met'), { action }),
      step('send', description('send is so', 'open'), { action }),
      step('wait', description('wait is so', 'open')),
      step('stop', description('stop is so', 'blocked', 'do this')),
      step('fix', description('fix is so', 'blocked')),
    ],
  };
  const progress = { ...PROGRESS, steps: { done: record({ finishedAt: 1 }), send: record() } };
  expect(rehearsalText(await rehearse(view, plan, progress)).split('\n')).toEqual([
    'Plan (nothing is sent)',
    ...['', 'Title described', '   for described', '   now: met, met now', '   waits until it is this one'],
    ...['', '1. Title done', '   for done', '   done, by the record'],
    ...['', '2. Title there', '   for there', '   now: met, met now', '   nothing to do'],
    ...['', '3. Title send', '   for send', '   now: open, open now', '   would send: POST :9600/do', '   and waits until send is so'],
    ...['', '4. Title wait', '   for wait', '   now: open, open now', '   waits until wait is so'],
    ...['', '5. Title stop', '   for stop', '   now: blocked, blocked now', '   it would stop here: do this', '   waits until stop is so'],
    ...['', '6. Title fix', '   for fix', '   now: blocked, blocked now', '   it would stop here: fix fix', '   waits until fix is so'],
  ]);
  expect(requests).toEqual([]);
});

test('a rehearsal looks with what was sent before', async () => {
  const seen: unknown[] = [];
  const done = {
    ...description('x', 'open'),
    check: (_: unknown, attempts: unknown) => Promise.resolve((seen.push(attempts), { state: 'open', why: 'w' } as const)),
  };
  const sent = [attempt('unknown')];
  await rehearse(
    answeringView({}).view,
    { title: 't', described: DESCRIBED, afterwards: [], steps: [step('a', done), step('b', done)] },
    {
      ...PROGRESS,
      steps: { a: record({ attempts: sent }) },
    },
  );
  expect(seen).toEqual([sent, []]);
});

describe('a report', () => {
  const plan: Plan = {
    title: 'Plan',
    described: DESCRIBED,
    afterwards: [],
    steps: ['done', 'already', 'begun', 'never'].map(id => step(id, description('x', 'open'))),
  };
  const progress: Progress = {
    ...PROGRESS,
    finishedAt: START + 90_000,
    warnings: ['careful'],
    steps: {
      done: record({
        finishedAt: START + 2_000,
        attempts: [attempt('unknown', { at: START, call: 'POST /a', detail: 'HTTP 504' })],
        finding: 'a | b\n c',
      }),
      already: record({ finishedAt: START, alreadyDone: true }),
      begun: record({ attempts: [attempt('intended', { at: START, call: 'POST /b', by: 'bob' })] }),
    },
  };
  const time = '2026-01-02T03:04:05.000Z';

  test('tells each step with what was sent', () => {
    expect(reportOf(plan, progress)).toStrictEqual({
      title: 'Plan',
      startedBy: 'ada',
      startedAt: time,
      finishedAt: '2026-01-02T03:05:35.000Z',
      totalMs: 90_000,
      steps: [
        {
          id: 'done',
          title: 'Title done',
          result: 'done',
          durationMs: 2_000,
          calls: 3,
          sent: [{ at: time, by: 'ada', call: 'POST /a', outcome: 'unknown', detail: 'HTTP 504' }],
          finding: 'a | b\n c',
        },
        { id: 'already', title: 'Title already', result: 'already done', durationMs: 0, calls: 3, sent: [] },
        {
          id: 'begun',
          title: 'Title begun',
          result: 'begun',
          calls: 3,
          sent: [{ at: time, by: 'bob', call: 'POST /b', outcome: 'intended' }],
        },
        { id: 'never', title: 'Title never', result: 'not begun', calls: 0, sent: [] },
      ],
      warnings: ['careful'],
    });
  });

  test('can be read by people', () => {
    expect(reportMarkdown(reportOf(plan, progress)).split('\n')).toEqual([
      '# Plan',
      '',
      `Started ${time} by ada. Total time: **1.5 min**.`,
      '',
      '| step | result | took | calls | found |',
      '|---|---|---:|---:|---|',
      '| Title done | done | 2 s | 3 | a \\| b c |',
      '| Title already | already done | 0 ms | 3 |  |',
      '| Title begun | begun |  | 3 |  |',
      '| Title never | not begun |  | 0 |  |',
      '',
      '## Sent',
      '',
      `- ${time} ada: \`POST /a\` unknown (HTTP 504)`,
      `- ${time} bob: \`POST /b\` intended`,
      '',
      '## Warnings',
      '',
      '- careful',
      '',
    ]);
  });

  test('of what is not finished has no time and no warnings', () => {
    const report = reportOf(plan, PROGRESS);
    expect([report.finishedAt, report.totalMs]).toEqual([undefined, undefined]);
    expect(Object.keys(report)).toEqual(['title', 'startedBy', 'startedAt', 'steps', 'warnings']);
    expect(reportMarkdown(report)).toContain('Total time: **not finished**.');
    expect(reportMarkdown(report).split('\n').slice(-4)).toEqual(['## Sent', '', 'Nothing.', '']);
  });
});

describe('a status', () => {
  const lines = async (options: AnsweringOptions, progress?: Progress): Promise<{ readonly [subject: string]: string }> =>
    Object.fromEntries((await statusOf(answeringView(options).view, progress)).lines.map(({ subject, text }) => [subject, text]));
  const answers = {
    [CONFIGURATION]: configurationOf([0, 2], { lastChange: { id: 3, status: 'COMPLETED' } }),
    [SEEN]: seenOf([0, 1, 2, 3]),
    [EXPORTERS]: exportersOf({ a: 'ENABLED', b: 'DISABLED' }),
    'GET elasticsearch0/_cluster/health': { status: 'green' },
    'GET elasticsearch1/_cluster/health': { status: 'red' },
  };
  const pods = [
    { name: 'a', running: true, ready: true },
    { name: 'b', running: true, ready: false },
  ];

  test('tells everything that can be seen', async () => {
    const regions = [{ brokerPods: pods }, { recreatedRegion: 1, rolloutOpen: '1 of 2' }];
    expect(await lines({ answers, regions }, PROGRESS)).toEqual({
      brokers: '0, 1, 2, 3 are seen; cluster size 4, replication factor 4',
      partitions: 'all 4 have a leader',
      members: '0 ACTIVE, 2 ACTIVE',
      change: '3 COMPLETED',
      exporters: 'a ENABLED, b DISABLED',
      'region 0': 'eu-west-2, brokers 0, 2: 1 of 2 brokers ready, steady state',
      'region 1': 'eu-west-3, brokers 1, 3: pods not visible, region 1 declared as recreated, 1 of 2',
      'search 0': 'Elasticsearch of region 0 is green',
      'search 1': 'Elasticsearch of region 1 is red',
      logins: 'management API lets in; REST API lets in; Elasticsearch 0 lets in; Elasticsearch 1 lets in',
      recovery: 'failover of region 1, begun 2026-01-02T03:04:05.000Z by ada, 0 steps done, not finished',
    });
  });

  test('tells what cannot be seen, and why', async () => {
    expect(await lines({ regions: [undefined, {}] })).toEqual({
      brokers: '/v2/topology answered HTTP 404',
      members: '/actuator/cluster answered HTTP 404',
      exporters: '/actuator/exporters answered HTTP 404',
      'region 0': 'eu-west-2, brokers 0, 2: its Kubernetes API does not answer',
      'region 1': 'eu-west-3, brokers 1, 3: pods not visible, steady state',
      'search 1': 'Elasticsearch of region 1: /_cluster/health answered HTTP 404',
      logins: 'management API cannot be asked; REST API cannot be asked; Elasticsearch 1 cannot be asked',
      recovery: 'none',
    });
  });

  test.each<[string, AnsweringOptions['answers'], RegExp]>([
    [
      'has waited for it in vain',
      { [CONFIGURATION]: 504 },
      /HTTP 504 \(so it is while the coordinator, the member with the lowest id, is lost; whether a change is pending, a dry run of the failover tells\)$/,
    ],
    ['refuses', { [CONFIGURATION]: 401 }, /HTTP 401$/],
    ['is not there', { [CONFIGURATION]: failure('UndeliveredError') }, /cut off$/],
  ])('says that the coordinator may be lost only where the management API %s', async (_, answers, text) => {
    expect((await lines({ answers })).members).toMatch(text);
  });

  test.each<[StopKind | undefined, string, AnsweringOptions['answers']]>([
    ['unreachable', 'nobody answers', {}],
    ['stopped', 'everybody refuses', { [SEEN]: 401, [CONFIGURATION]: 403 }],
    [undefined, 'one server lets itself be read', { [SEEN]: 401, 'GET elasticsearch1/_cluster/health': { status: 'green' } }],
  ])('ends as %s where %s', async (ends, _, answers) => {
    expect((await statusOf(answeringView({ answers, regions: [undefined, {}] }).view, undefined)).ends).toBe(ends);
  });

  test('names partitions without a leader, and the change that is pending', async () => {
    const found = await lines({
      answers: {
        ...answers,
        [SEEN]: {
          ...seenOf([]),
          brokers: [
            {
              nodeId: 0,
              partitions: [
                { partitionId: 1, role: 'leader' },
                { partitionId: 2, role: 'follower' },
              ],
            },
          ],
        },
        [CONFIGURATION]: configurationOf([0], { pendingChange: { id: 8, startedAt: '2026', pending: [{ operation: 'BROKER_ADD' }] } }),
      },
    });
    expect([found.partitions, found.change]).toEqual([
      'without a leader: 2, 3, 4',
      'change 8 is pending since 2026 (brokers or replicas are added, moved or removed: BROKER_ADD)',
    ]);
    expect((await lines({ answers: { ...answers, [CONFIGURATION]: configurationOf([0]) } })).change).toBe('none so far');
  });

  test('tells how far a recovery has come', () => {
    const begun = 'failover of region 1, begun 2026-01-02T03:04:05.000Z by ada';
    const steps = { a: record({ finishedAt: 1 }), b: record({ finishedAt: 2 }), c: record() };
    expect(progressText({ ...PROGRESS, steps })).toBe(`${begun}, 2 steps done, not finished`);
    expect(progressText({ ...PROGRESS, steps, givenUp: 'lost again' })).toBe(`${begun}, 2 steps done, given up: lost again`);
    expect(progressText({ ...PROGRESS, steps, finishedAt: START + 1_000 })).toBe(`${begun}, finished 2026-01-02T03:04:06.000Z`);
  });
});
