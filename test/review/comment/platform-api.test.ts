import { PlatformApi } from '../../../bin/review/comment/platform-api';
import { StandInPlatform } from '../../support/stand-in-platform';

const COMMENTS = '/repos/example/orders/issues/7/comments';
let platform: StandInPlatform;
let api: PlatformApi;
let pauses: number[];
beforeEach(async () => {
  platform = new StandInPlatform();
  pauses = [];
  api = new PlatformApi(await platform.start(), {}, 'ask for more rights', ms => {
    pauses.push(ms);
    return Promise.resolve();
  });
});
afterEach(() => platform.stop());

test('a platform that fails is asked again, with longer and longer pauses', async () => {
  platform.failures.push({ status: 502 }, { status: 503 }, { status: 429 });
  await expect(api.must(COMMENTS)).resolves.toMatchObject({ status: 200, body: [] });
  expect(pauses).toEqual([1000, 2000, 4000]);
});

test('and given up after four times', async () => {
  platform.failures.push(...Array.from({ length: 4 }, () => ({ status: 500, body: { error: 'a bad day' } })));
  await expect(api.must(COMMENTS)).rejects.toThrow(/GET .* failed: HTTP 500 \(a bad day\); run the job again/);
  expect(platform.received).toHaveLength(4);
});

test('a comment is never sent twice, since nobody knows whether the first one is there', async () => {
  platform.failures.push({ status: 502 });
  await expect(api.must(COMMENTS, { method: 'POST', body: { body: 'review' } })).rejects.toThrow('HTTP 502');
  expect(platform.writes()).toHaveLength(1);
});

test('but where the platform has too much to do, it did not take it', async () => {
  platform.failures.push({ status: 429 });
  await expect(api.must(COMMENTS, { method: 'POST', body: { body: 'review' } })).resolves.toMatchObject({ status: 201 });
  expect(platform.comments).toHaveLength(1);
});
