import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CHANGES, CONFIG, JobBed, type Ran } from './job-bed';

interface Template {
  readonly spec: { readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: unknown }>> };
}

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly when: string; readonly paths: readonly string[] };
  readonly allow_failure: { readonly exit_codes: readonly number[] };
}

const TEXT = readFileSync(join(__dirname, '../../ci/gitlab/review.yml'), 'utf8');
const INPUT = /\$\[\[ inputs\.([\w-]+) \]\]/g;
const { inputs: INPUTS } = (parseAllDocuments(TEXT)[0].toJS() as Template).spec;

const bed = new JobBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());

/** The job as GitLab makes it of the template. */
function jobOf(given: Readonly<Record<string, unknown>>): Job {
  const values = Object.fromEntries(Object.entries(INPUTS).map(([name, input]) => [name, input.default]));
  const text = TEXT.slice(TEXT.indexOf('\n---\n') + 5).replace(INPUT, (_all, name: string) => String({ ...values, ...given }[name]));
  const jobs = parseAllDocuments(text)[0].toJS() as Readonly<Record<string, Job>>;
  return jobs[String({ ...values, ...given }.job)];
}

/** Runs the job as GitLab's runner does: all lines in one shell, with variables that may name each other. */
function run(
  given: Readonly<Record<string, unknown>> = {},
  token: Readonly<Record<string, string>> = { GITLAB_TOKEN: 'token' },
): Promise<Ran> {
  const job = jobOf({ config: CONFIG, command: bed.command, install: 'true', ...given });
  const ours: Record<string, string> = {
    CI_API_V4_URL: `${bed.platformUrl}/api/v4`,
    CI_PROJECT_ID: '42',
    CI_PROJECT_URL: 'https://gitlab.example.com/example/orders',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: bed.base,
    ...token,
  };
  const expanded = Object.entries(job.variables).map(([name, text]) => [
    name,
    text.replace(/\$(CI_\w+)/g, (_all, other: string) => ours[other]),
  ]);
  // GIT_DEPTH: '0' is what brings the commit that it is compared with.
  const fetched = job.variables.GIT_DEPTH === '0' ? 'git fetch --quiet --unshallow\n' : '';
  return bed.run(fetched + job.script.join('\n'), { ...ours, ...(Object.fromEntries(expanded) as Record<string, string>) });
}

test('a dangerous change is shown in the merge request, and fails the job', async () => {
  bed.change(CHANGES.dangerous);
  const { code, output } = await run();
  expect(code).toBe(2);
  expect(output).toContain('comment added, https://gitlab.example.com/example/orders/-/merge_requests/7#note_1000');
  expect(bed.platform.comments[0].body).toContain('partition-count-lowered');
});

test('the next run replaces the comment, and a change without danger passes', async () => {
  bed.change(CHANGES.none);
  const old = bed.platform.add(`<!-- camunda-dual-region review of ${CONFIG} -->\n\nold`);
  expect(await run()).toMatchObject({ code: 0 });
  expect(bed.platform.comments).toEqual([old]);
  expect(old.body).toContain('Nothing changes against');
});

test('danger may be a warning only: a failure that the pipeline allows', async () => {
  bed.change(CHANGES.dangerous);
  const { code } = await run({ 'allow-danger': true });
  expect(jobOf({}).allow_failure.exit_codes).toEqual([code]);
});

test('mistakes are a comment too, and always fail', async () => {
  bed.change(CHANGES.wrong);
  expect(await run({ 'allow-danger': true })).toMatchObject({ code: 1 });
  expect(bed.platform.comments[0].body).toContain('A mistake in the configuration');
});

test('what cannot be compared stops the job before anything is shown', async () => {
  bed.change(CHANGES.none);
  expect(await run({ base: 'no-such-branch' })).toMatchObject({ code: 3 });
  expect(bed.platform.received).toEqual([]);
});

test('a command that is wrong is no danger that may pass, and no old review is shown', async () => {
  bed.change(CHANGES.none);
  mkdirSync(join(bed.clone, 'out/review'), { recursive: true });
  writeFileSync(join(bed.clone, 'out/review/review.md'), 'old');
  const { code } = await run({ command: `${bed.command} --no-such-option`, 'allow-danger': true });
  expect(code).toBe(2);
  expect(bed.platform.received).toEqual([]);
});

test('without a token there is no comment, and the log says so', async () => {
  bed.change(CHANGES.none);
  expect(await run({}, {})).toMatchObject({ code: 0, output: expect.stringContaining('no comment: there is no variable GITLAB_TOKEN') });
  expect(bed.platform.received).toEqual([]);
});

test('the review is kept however the job ends', () => {
  expect(jobOf({}).artifacts).toMatchObject({ when: 'always', paths: ['./out/review'] });
});

test('inputs are described, and each is used', () => {
  const used = new Set([...TEXT.matchAll(INPUT)].map(match => match[1]));
  expect([...used].sort()).toEqual(Object.keys(INPUTS).sort());
  const guide = readFileSync(join(__dirname, '../../docs/review.md'), 'utf8');
  for (const [name, { description }] of Object.entries(INPUTS)) {
    expect(description).not.toBe('');
    expect(guide).toContain(`\`${name}\``);
  }
});
