import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { CHANGES, CONFIG, JobBed } from './job-bed';

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const TEXT = readFileSync(join(__dirname, '../../ci/github/action.yml'), 'utf8');
const ACTION = parse(TEXT) as Action;
const EXPRESSION = /\$\{\{\s*(.*?)\s*\}\}/g;

interface Job {
  /** Steps that ran, by name. */
  readonly ran: string[];
  readonly code: number;
  readonly output: string;
  readonly summary: string;
  readonly exitCode: string;
}

const bed = new JobBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());

/** Runs the steps of the action as GitHub's runner does. Steps of other actions are noted only. */
async function job(given: Readonly<Record<string, string>> = {}, fromFork = false): Promise<Job> {
  mkdirSync(bed.path('runner'), { recursive: true });
  const [eventFile, outputFile, summaryFile] = ['event.json', 'output', 'summary.md'].map(name => bed.path('runner', name));
  const event = {
    pull_request: { number: 7, base: { sha: bed.base }, head: { repo: { full_name: fromFork ? 'somebody/orders' : 'example/orders' } } },
  };
  writeFileSync(eventFile, JSON.stringify(event));
  [outputFile, summaryFile].forEach(file => writeFileSync(file, ''));
  const github = { event, repository: 'example/orders', token: 'token', workspace: bed.clone };
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const outer = { github, inputs: {}, steps };
  const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [name, filled(input.default, outer)]);
  const inputs = { ...Object.fromEntries(defaults), config: CONFIG, command: bed.command, ...given } as Record<string, string>;
  const context = { github, inputs, steps };
  const ran: string[] = [];
  let [code, output] = [0, ''];
  for (const step of ACTION.runs.steps) {
    if (code !== 0 || (step.if !== undefined && value(step.if, context) !== true)) continue;
    ran.push(step.name);
    if (step.run === undefined) continue;
    writeFileSync(outputFile, '');
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, context)]));
    const fixed = {
      GITHUB_API_URL: bed.platformUrl,
      GITHUB_REPOSITORY: 'example/orders',
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
    };
    const result = await bed.run(step.run, { ...fixed, ...env }, join(bed.clone, filled(step['working-directory'] ?? '.', context)));
    [code, output] = [result.code ?? 1, output + result.output];
    const outputs = bed.read('runner/output').trim().split('\n').filter(Boolean);
    if (step.id !== undefined) steps[step.id] = { outputs: Object.fromEntries(outputs.map(line => line.split('='))) };
  }
  return { ran, code, output, summary: bed.read('runner/summary.md'), exitCode: filled(ACTION.outputs['exit-code'].value, context) };
}

function filled(text: string, context: object): string {
  return text.replace(EXPRESSION, (_all, expression: string) => (value(expression, context) as string | undefined) ?? '');
}

function value(expression: string, context: object): unknown {
  return runInNewContext(expression.replace(/\.([A-Za-z_][\w-]*)/g, '["$1"]'), context);
}

test('a dangerous change is shown in the pull request and in the summary, and fails the job', async () => {
  bed.change(CHANGES.dangerous);
  const { ran, code, output, summary, exitCode } = await job();
  expect(ran).toEqual(['Review', 'Keep the review', 'Comment on the pull request', 'Verdict']);
  expect({ code, exitCode }).toEqual({ code: 2, exitCode: '2' });
  expect(output).toContain("acknowledge it in 'review.acknowledge'");
  expect(bed.platform.comments.map(({ body }) => body.includes('partition-count-lowered'))).toEqual([true]);
  expect(summary).toBe(bed.platform.comments[0].body);
});

test('the next run replaces the comment, and a change without danger passes', async () => {
  bed.change(CHANGES.none);
  const old = bed.platform.add(`<!-- camunda-dual-region review of ${CONFIG} -->\n\nold`);
  expect(await job({ comment: 'true' })).toMatchObject({ code: 0, exitCode: '0' });
  expect(bed.platform.comments).toEqual([old]);
  expect(old.body).toContain('Nothing changes against');
});

test('danger may be a warning only', async () => {
  bed.change(CHANGES.dangerous);
  expect(await job({ 'fail-on-danger': 'false' })).toMatchObject({
    code: 0,
    exitCode: '2',
    output: expect.stringContaining('::warning::'),
  });
});

test('mistakes are a comment too, so that no old review stays', async () => {
  bed.change(CHANGES.wrong);
  const { code, exitCode, ran } = await job({ 'fail-on-danger': 'false', 'code-scanning': 'true' });
  expect({ code, exitCode }).toEqual({ code: 1, exitCode: '1' });
  expect(ran).toContain('Show findings in code scanning');
  expect(bed.platform.comments[0].body).toContain('A mistake in the configuration');
});

test('what cannot be compared stops the job before anything is shown', async () => {
  bed.change(CHANGES.none);
  const { ran, code, output, exitCode } = await job({ base: 'no-such-branch' });
  expect({ ran, code, exitCode }).toEqual({ ran: ['Review'], code: 1, exitCode: '3' });
  expect(output).toContain('there is no review: the command ended with exit code 3');
  expect(bed.platform.received).toEqual([]);
});

test('a command that is wrong is no danger that may pass, and no old review is shown', async () => {
  bed.change(CHANGES.none);
  mkdirSync(join(bed.clone, 'out/review'), { recursive: true });
  writeFileSync(join(bed.clone, 'out/review/review.md'), 'old');
  const given = { command: `${bed.command} --no-such-option`, 'fail-on-danger': 'false' };
  expect(await job(given)).toMatchObject({ ran: ['Review'], code: 1, exitCode: '2', summary: '' });
});

test('a program that is not there stops the job', async () => {
  bed.change(CHANGES.none);
  expect(await job({ command: bed.path('no-such-program') })).toMatchObject({ ran: ['Review'], code: 1 });
});

test('a pull request from a fork has no token that writes: its review is in the summary', async () => {
  bed.change(CHANGES.none);
  const { ran, code, summary } = await job({}, true);
  expect({ ran, code }).toEqual({ ran: ['Review', 'Keep the review', 'Verdict'], code: 0 });
  expect(summary).toContain('## ');
  expect(bed.platform.received).toEqual([]);
});

test('a token without the right says which one is missing', async () => {
  bed.change(CHANGES.none);
  bed.platform.failures.push({ status: 403, body: { message: 'Resource not accessible by integration' }, on: 'POST' });
  expect(await job()).toMatchObject({ code: 1, output: expect.stringContaining("give the job the permission 'pull-requests: write'") });
});

test('no text of a user or of an event becomes part of a script', () => {
  for (const { run } of ACTION.runs.steps) expect(run ?? '').not.toContain('${{');
});

test('inputs are described, and each is used', () => {
  const used = new Set([...TEXT.matchAll(/inputs\.([\w-]+)/g)].map(match => match[1]));
  expect([...used].sort()).toEqual(Object.keys(ACTION.inputs).sort());
  const guide = readFileSync(join(__dirname, '../../docs/review.md'), 'utf8');
  for (const name of used) expect(guide).toContain(`\`${name}\``);
});
