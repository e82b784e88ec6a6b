import { FirstLogin } from '../../../bin/recover/first-login';
import { DeniedError, NoAnswerError, type HttpResponse, type HttpTransport } from '../../../lib/recovery/calls/http';

const REQUEST = { method: 'GET', path: '/v2/topology', timeoutMs: 1_000 };
const denied = new DeniedError('there is no password', 'look at it');

/** A way to a server that answers with a status, or not at all. */
function way(answer: { value: number | Error }): HttpTransport {
  return {
    send: () =>
      typeof answer.value === 'number' ? Promise.resolve<HttpResponse>({ status: answer.value, text: '' }) : Promise.reject(answer.value),
  };
}

function logins(first: number | Error, second: number | Error) {
  const answers = { recovery: { value: first }, admin: { value: second } };
  const told: string[] = [];
  const transport = new FirstLogin(
    [
      { name: 'recovery', transport: way(answers.recovery) },
      { name: 'admin', transport: way(answers.admin) },
    ],
    text => told.push(text),
  );
  return { answers, told, transport };
}

test.each([200, 403, 404, 503])('asks as the first user, and takes %i for an answer', async status => {
  const { transport, told } = logins(status, 200);
  expect(await transport.send(REQUEST)).toMatchObject({ status });
  expect([transport.login, told]).toEqual(['recovery', []]);
});

test.each([
  [401, 'HTTP 401'],
  [denied, 'there is no password'],
])('asks as another one where the first gets %p, and says so once', async (first, why) => {
  const { transport, told } = logins(first, 200);
  for (let i = 0; i < 2; i += 1) expect(await transport.send(REQUEST)).toMatchObject({ status: 200 });
  expect(transport.login).toBe('admin');
  expect(told).toEqual([`user 'recovery' is not let in (${why}); 'admin' is, and asks from now on`]);
});

test('goes back to the first one when the other is not let in any more', async () => {
  const { transport, answers } = logins(401, 200);
  await transport.send(REQUEST);
  answers.recovery.value = 200;
  answers.admin.value = 401;
  expect(await transport.send(REQUEST)).toMatchObject({ status: 200 });
  expect(transport.login).toBe('recovery');
});

test.each([401, denied, new NoAnswerError('cut off')])('tells what the first one got where the other gets %p', async second => {
  const one = logins(401, second);
  expect(await one.transport.send(REQUEST)).toMatchObject({ status: 401 });
  expect([one.transport.login, one.told]).toEqual(['recovery', []]);
  await expect(logins(denied, second).transport.send(REQUEST)).rejects.toBe(denied);
});

test('silence is no reason to ask as somebody else', async () => {
  const silence = new NoAnswerError('cut off');
  const { transport, told } = logins(silence, 200);
  await expect(transport.send(REQUEST)).rejects.toBe(silence);
  expect(told).toEqual([]);
});
