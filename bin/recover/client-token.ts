import { request } from 'node:https';
import type { OidcClient } from '../../constructs/topology/plan/oidc-client';
import type { HttpResponse } from '../../lib/recovery/calls/http';
import { reasonOf } from './reason';
import { received } from './received';

/** Longer than a provider takes, and shorter than anybody waits. */
const TIMEOUT_MS = 10_000;
/** A token is a few kilobytes. */
const MAX_ANSWER = 1024 * 1024;

/**
 * A token of an identity provider, by client credentials. Throws with the reason where there is none.
 *
 * @param ca certificates of the authority of the provider, as PEM; those that Node.js trusts where it is left out
 *
 * @see RFC 6749, The OAuth 2.0 Authorization Framework, 4.4 Client Credentials Grant
 */
export async function clientToken(client: OidcClient, secret: string, ca?: string): Promise<string> {
  const { clientId, tokenUri, audience, scope } = client;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    audience,
    ...(scope === undefined ? {} : { scope }),
  });
  const { status, text } = await post(new URL(tokenUri), form.toString(), ca);
  const answer = parsed(text);
  if (status === 200 && typeof answer.access_token === 'string') return answer.access_token;
  // What went wrong is a word of the standard; the rest of the answer may hold what must not be shown.
  const why = typeof answer.error === 'string' ? `, ${answer.error}` : '';
  throw new Error(`${new URL(tokenUri).host} gives none (HTTP ${status}${why})`);
}

function parsed(text: string): { readonly access_token?: unknown; readonly error?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function post(address: URL, body: string, ca: string | undefined): Promise<HttpResponse> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(address, { method: 'POST', agent: false, headers, ca }, incoming => {
      received(outgoing, incoming, MAX_ANSWER).then(response => {
        clearTimeout(timer);
        resolve(response);
      }, fail);
    });
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    function fail(error: unknown): void {
      clearTimeout(timer);
      reject(new Error(`${address.host}: ${reasonOf(error)}`));
    }
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
