import { refusalOf, refusalOnTheWay } from '../../../lib/recovery/calls/access';
import type { HttpCall, Target } from '../../../lib/recovery/calls/call';
import { DeniedError } from '../../../lib/recovery/calls/http';
import { READ_TOPOLOGY } from '../../../lib/recovery/calls/management-calls';
import { restoreSnapshot } from '../../../lib/recovery/calls/search-calls';
import { statusOf } from '../../../lib/recovery/documents/status';
import { met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import { checkCondition } from '../../../lib/recovery/run/check';
import { loginsWork } from '../../../lib/recovery/run/logins';
import type { Condition } from '../../../lib/recovery/run/step';
import { verifyFailover } from '../../../lib/recovery/steps/verify/verify-failover';
import { sidesOf } from '../../../lib/recovery/view/members';
import { answeringView, CONFIGURATION, SEEN, TOPOLOGY } from '../support/answering-view';

const call = (target: Target): HttpCall => ({ target, method: 'GET', path: '/a' });
const HEALTH = ['GET elasticsearch0/_cluster/health', 'GET elasticsearch1/_cluster/health'] as const;

describe('a refusal', () => {
  test.each<[Target, 401 | 403, string | undefined, string, string]>([
    [
      { kind: 'rest' },
      401,
      'recovery',
      "the REST API refuses the login of user 'recovery' (HTTP 401)",
      'compare the password with the one that Camunda knows',
    ],
    [
      { kind: 'rest' },
      401,
      undefined,
      'the REST API asks for a login, and has got none (HTTP 401)',
      'name a user with --rest-user NAME:@FILE',
    ],
    [
      { kind: 'rest' },
      403,
      'recovery',
      "the REST API denies GET :8080/a to user 'recovery' (HTTP 403)",
      'name another user with --rest-user NAME:@FILE',
    ],
    [
      { kind: 'management' },
      401,
      undefined,
      'the management API asks for a login, and has got none (HTTP 401)',
      'Camunda asks for no login on its management port',
    ],
    [
      { kind: 'management' },
      403,
      undefined,
      'the management API denies GET :9600/a to a request without a login (HTTP 403)',
      'look at what stands before it',
    ],
    [
      { kind: 'broker', brokerId: '3' },
      401,
      undefined,
      'the management API of broker 3 asks for a login, and has got none (HTTP 401)',
      'look at what stands before it',
    ],
    [
      { kind: 'elasticsearch', regionId: 1 },
      401,
      'elastic',
      "Elasticsearch of region 1 refuses the login of user 'elastic' (HTTP 401)",
      '--elasticsearch-user region1=NAME:@FILE',
    ],
    [
      { kind: 'elasticsearch', regionId: 0 },
      401,
      undefined,
      'Elasticsearch of region 0 asks for a login, and has got none (HTTP 401)',
      'name a superuser with --elasticsearch-user region0=NAME:@FILE',
    ],
    [
      { kind: 'elasticsearch', regionId: 0 },
      403,
      'camunda',
      "Elasticsearch of region 0 denies GET elasticsearch of region 0 :9200/a to user 'camunda' (HTTP 403)",
      'only a superuser may restore',
    ],
  ])('of %j with %i, asked as %s, says so and what to do', (target, status, login, why, advice) => {
    expect(refusalOf(call(target), { status, text: '' }, login)).toEqual({ why, advice: expect.stringContaining(advice) });
  });

  test('has what the server says', () => {
    const text = JSON.stringify({ error: { root_cause: [{ type: 'security_exception', reason: 'unauthorized for user [camunda]' }] } });
    expect(refusalOf(restoreSnapshot(0, 's'), { status: 403, text }, 'camunda')?.why).toContain(
      '(HTTP 403: security_exception: unauthorized for user [camunda])',
    );
  });

  test.each([200, 400, 404, 409, 500, 503])('is not an answer with %i', status => {
    expect(refusalOf(READ_TOPOLOGY, { status, text: '' }, 'recovery')).toBeUndefined();
  });

  test('on the way is told as that', () => {
    const error = new DeniedError('the Kubernetes API denies what a recovery needs', 'use another role');
    expect(refusalOnTheWay(READ_TOPOLOGY, error)).toEqual({
      why: 'no way to the REST API: the Kubernetes API denies what a recovery needs',
      advice: 'use another role',
    });
  });
});

describe('a look', () => {
  const asking = (finding: Finding): Condition => ({
    description: '',
    calls: [],
    check: async view => {
      await view.seenTopology();
      return finding;
    },
  });
  const refused = "the REST API refuses the login of user 'recovery' (HTTP 401)";
  const options = { answers: { [SEEN]: 401 }, logins: { rest: 'recovery' } };

  test.each([unknown('?'), open('no'), running('soon')])('that finds %j cannot be judged while a login is refused', async finding => {
    const { view, clock } = answeringView(options);
    expect(await checkCondition(asking(finding), view, [])).toMatchObject({ state: 'unknown', why: refused });
    await clock.sleep(5_000);
    expect(await checkCondition(asking(finding), view, [])).toMatchObject({
      state: 'blocked',
      why: refused,
      advice: expect.stringContaining('--rest-user'),
    });
  });

  test('that finds what it looks for is not spoilt', async () => {
    const { view, clock } = answeringView(options);
    await checkCondition(asking(met('yes')), view, []);
    await clock.sleep(60_000);
    expect(await checkCondition(asking(met('yes')), view, [])).toEqual(met('yes'));
  });

  test('waits anew when the server has let in meanwhile', async () => {
    const answers: Record<string, number | object> = { [SEEN]: 401 };
    const { view, clock } = answeringView({ ...options, answers });
    await checkCondition(asking(unknown('?')), view, []);
    answers[SEEN] = {};
    await clock.sleep(4_000);
    expect(await checkCondition(asking(unknown('?')), view, [])).toEqual(unknown('?'));
    answers[SEEN] = 401;
    await clock.sleep(4_000);
    expect(await checkCondition(asking(unknown('?')), view, [])).toMatchObject({ state: 'unknown', why: refused });
  });

  test('tells a way that is denied', async () => {
    const { view } = answeringView({ answers: { [SEEN]: new DeniedError('denied', 'use another role') } });
    expect(await checkCondition(asking(unknown('?')), view, [])).toMatchObject({
      why: 'no way to the REST API: denied',
      advice: 'use another role',
    });
  });

  test('of a step names the login, and not the region', async () => {
    const { view } = answeringView(options);
    const { done } = verifyFailover(TOPOLOGY, sidesOf(TOPOLOGY, 1));
    expect((await checkCondition(done, view, [])).why).toBe(refused);
  });
});

describe('logins', () => {
  const answers = { [CONFIGURATION]: {}, [SEEN]: {}, [HEALTH[0]]: {}, [HEALTH[1]]: {} };
  const logins = { rest: 'recovery', elasticsearch0: 'elastic', elasticsearch1: 'elastic' };

  test('of all servers are asked for, and told', async () => {
    const { view } = answeringView({ answers, logins });
    expect(await loginsWork([0, 1]).check(view, [])).toEqual(
      met("management API lets in; REST API lets in 'recovery'; Elasticsearch 0 lets in 'elastic'; Elasticsearch 1 lets in 'elastic'"),
    );
  });

  test.each([
    [CONFIGURATION, 'the management API asks for a login'],
    [SEEN, "the REST API refuses the login of user 'recovery'"],
    [HEALTH[0], "Elasticsearch of region 0 refuses the login of user 'elastic'"],
    [HEALTH[1], "Elasticsearch of region 1 refuses the login of user 'elastic'"],
  ])('do not work where %s is refused', async (line, why) => {
    const { view } = answeringView({ answers: { ...answers, [line]: 401 }, logins });
    expect(await loginsWork([0, 1]).check(view, [])).toMatchObject({ state: 'blocked', why: expect.stringContaining(why) });
    const { lines } = await statusOf(answeringView({ answers: { ...answers, [line]: 401 }, logins, regions: [{}, {}] }).view, undefined);
    expect(lines.find(({ subject }) => subject === 'logins')?.text).toContain(why);
  });

  test('are asked for only where a region is asked for, and silence is judged by others', async () => {
    const { view, requests } = answeringView({ answers: { ...answers, [SEEN]: 503 }, logins });
    expect(await loginsWork([0]).check(view, [])).toEqual(
      met("management API lets in; REST API cannot be asked; Elasticsearch 0 lets in 'elastic'"),
    );
    expect(requests).not.toContain(HEALTH[1]);
  });
});
