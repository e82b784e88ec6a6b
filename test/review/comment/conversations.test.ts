import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../../bin/review/comment/conversation';
import type { Environment } from '../../../bin/review/comment/environment';
import { githubConversation } from '../../../bin/review/comment/github';
import { gitlabConversation } from '../../../bin/review/comment/gitlab';
import { putComment } from '../../../bin/review/comment/put-comment';
import { StandInPlatform } from '../../support/stand-in-platform';

const MARK = '<!-- camunda-dual-region review of config/default.yaml -->';
const REVIEW = `${MARK}\n## Review\n\nnew`;

let platform: StandInPlatform;
let url: string;
let folder: string;
beforeEach(async () => {
  platform = new StandInPlatform();
  url = await platform.start();
  folder = mkdtempSync(join(tmpdir(), 'comment-'));
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ pull_request: { number: 7 } }));
});
afterEach(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Platform {
  readonly name: string;
  readonly environment: () => Environment;
  readonly open: (environment: Environment, number?: number) => Conversation;
  readonly change: string;
  readonly token: string;
  readonly rights: string;
}

const PLATFORMS: readonly Platform[] = [
  {
    name: 'GitHub',
    environment: () => ({
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: 'example/orders',
      GITHUB_TOKEN: 'token',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
    }),
    open: githubConversation,
    change: 'PATCH /repos/example/orders/issues/comments/',
    token: 'Bearer token',
    rights: 'pull-requests: write',
  },
  {
    name: 'GitLab',
    environment: () => ({ CI_API_V4_URL: `${url}/api/v4`, CI_PROJECT_ID: '42', CI_MERGE_REQUEST_IID: '7', GITLAB_TOKEN: 'token' }),
    open: gitlabConversation,
    change: 'PUT /api/v4/projects/42/merge_requests/7/notes/',
    token: 'token',
    rights: "scope 'api'",
  },
];

describe.each(PLATFORMS)('on $name', ({ environment, open, change, token, rights }) => {
  const put = (body = REVIEW): ReturnType<typeof putComment> => putComment(open(environment()), body);

  test('the first review is a comment of its own, and its address is told', async () => {
    platform.othersSay('looks good');
    const { what, url: address } = await put();
    expect(what).toBe('added');
    expect(address).toContain(String(platform.comments[1].id));
    expect(platform.comments.map(({ body }) => body)).toEqual(['looks good', REVIEW]);
    expect(new Set(platform.received.map(received => received.token))).toEqual(new Set([token]));
  });

  test('a later review replaces it, also where it is far down the pages', async () => {
    platform.othersSay(...Array.from({ length: 250 }, (_, index) => `remark ${index}`));
    const ours = platform.add(`${MARK}\r\n## Review\r\n\r\nold`);
    platform.othersSay('thanks');
    expect(await put()).toMatchObject({ what: 'replaced', url: expect.stringContaining(String(ours.id)) });
    expect(ours.body).toBe(REVIEW);
    expect(platform.writes()).toEqual([`${change}${ours.id}`]);
  });

  test('reviews of two configurations stand side by side', async () => {
    platform.add(REVIEW.replace('default', 'production'));
    expect((await put()).what).toBe('added');
    expect(platform.comments).toHaveLength(2);
  });

  test('whoever quotes the review keeps their comment', async () => {
    platform.othersSay(`${REVIEW}\n\nwhat does this mean?`);
    expect((await put()).what).toBe('added');
    expect(platform.comments.map(({ body }) => body)).toEqual([`${REVIEW}\n\nwhat does this mean?`, REVIEW]);
  });

  test('the same review leaves the comment as it was', async () => {
    platform.add(REVIEW.replaceAll('\n', '\r\n'));
    expect(await put()).toEqual({ what: 'left as it was' });
    expect(platform.writes()).toEqual([]);
  });

  test('exactly a page of comments is the end of them', async () => {
    platform.othersSay(...Array.from({ length: 100 }, (_, index) => `remark ${index}`));
    expect((await put()).what).toBe('added');
  });

  test.each([401, 403, 404])('HTTP %i for a comment says which right is missing', async status => {
    platform.failures.push({ status, body: { message: 'not for you' }, on: 'POST' });
    await expect(put()).rejects.toThrow(
      expect.objectContaining({ message: expect.stringContaining(rights), isWrongUsage: false }) as Error,
    );
  });

  test('HTTP 422 is told with what the platform says', async () => {
    platform.failures.push({ status: 422, body: { message: 'body is too long' }, on: 'POST' });
    await expect(put()).rejects.toThrow('HTTP 422 (body is too long)');
  });

  test('nothing that answers is told with its address, without the token', async () => {
    await platform.stop();
    const dead = open(environment());
    await expect(dead.add(REVIEW)).rejects.toThrow(/^POST http:\/\/127\.0\.0\.1:\d+\/.* failed: .*ECONNREFUSED.*run the job again/);
    await platform.start();
  });

  test('names all variables that are missing, and what they are', () => {
    expect(() => open({})).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/there is no \w+, no \w+.*TOKEN: .*token/s), isWrongUsage: true }) as Error,
    );
  });

  test('another number than that of the job can be given', () => {
    expect(open(environment(), 8).name).toContain('request 8 of');
  });
});

test("GitHub: a user's own token replaces the comments of that user", async () => {
  platform.tokenIsNobodys = false;
  const ours = platform.add(`${MARK}\nold`);
  const [github] = PLATFORMS;
  await putComment(github.open(github.environment()), REVIEW);
  expect(ours.body).toBe(REVIEW);
});

test('GitHub: a workflow that no pull request started is wrong usage', () => {
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ ref: 'refs/heads/main' }));
  expect(() => githubConversation(PLATFORMS[0].environment())).toThrow('no pull request; name one with --number');
});
