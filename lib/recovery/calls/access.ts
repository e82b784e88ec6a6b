import { describeCall, type HttpCall } from './call';
import type { DeniedError, HttpResponse } from './http';
import { errorText } from './readings';

/**
 * That a server, or the way to it, has answered with "not you". It says nothing about the state of the server.
 *
 * @internal
 */
export interface Refusal {
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

const CHECK_PASSWORD = `see 'Rotation' in docs/security.md`;

/**
 * What an answer refuses, or undefined if it does not.
 *
 * @param login name of the user as whom it was asked, if any
 *
 * @internal
 */
export function refusalOf(call: HttpCall, response: HttpResponse, login: string | undefined): Refusal | undefined {
  if (response.status !== 401 && response.status !== 403) return undefined;
  const server = serverName(call);
  const answer = errorText(response);
  const advice = adviceFor(call, response.status, login);
  if (response.status === 403) return { why: `${server} denies ${describeCall(call)} to ${userText(login)} (${answer})`, advice };
  return {
    why:
      login === undefined
        ? `${server} asks for a login, and has got none (${answer})`
        : `${server} refuses the login of ${userText(login)} (${answer})`,
    advice,
  };
}

/**
 * The same where nothing could be sent, because the way there was denied.
 *
 * @internal
 */
export function refusalOnTheWay(call: HttpCall, error: DeniedError): Refusal {
  return { why: `no way to ${serverName(call)}: ${error.message}`, advice: error.advice };
}

function userText(login: string | undefined): string {
  return login === undefined ? 'a request without a login' : `user '${login}'`;
}

function serverName({ target }: HttpCall): string {
  switch (target.kind) {
    case 'management':
      return 'the management API';
    case 'broker':
      return `the management API of broker ${target.brokerId}`;
    case 'rest':
      return 'the REST API';
    case 'elasticsearch':
      return `Elasticsearch of region ${target.regionId}`;
  }
}

function adviceFor({ target }: HttpCall, status: 401 | 403, login: string | undefined): string {
  switch (target.kind) {
    case 'management':
    case 'broker':
      return 'Camunda asks for no login on its management port: look at what stands before it, and ask a gateway without that';
    case 'rest': {
      const another = `name ${login === undefined ? 'a' : 'another'} user with --rest-user NAME:@FILE, or a token with --rest-token @FILE`;
      if (status === 403) return `reading the topology takes no right in Camunda: look at what stands before the gateway, or ${another}`;
      if (login === undefined) return another;
      return (
        `compare the password with the one that Camunda knows (${CHECK_PASSWORD}), or ${another}. ` +
        'A gateway also refuses every login while Elasticsearch of its own region does not answer, or has no users yet'
      );
    }
    case 'elasticsearch': {
      const user = `--elasticsearch-user region${target.regionId}=NAME:@FILE`;
      if (status === 403) return `only a superuser may restore a snapshot: name one with ${user}`;
      return login === undefined
        ? `name a superuser with ${user}`
        : `compare the password with that of the region (${CHECK_PASSWORD}), or name another superuser with ${user}`;
    }
  }
}
