import { matching } from '../rows/checks';
import type { Check, Rows, Words } from '../rows/row';
import { ID, PLAIN_TEXT } from './ids';

/**
 * Login by an identity provider, with OpenID Connect. Camunda's own users are not let in while it is set.
 *
 * The secrets of the clients are in AWS Secrets Manager of both regions, as `<name>/oidc`: a JSON text with `orchestration`, `connectors`
 * and `recovery`.
 *
 * @see Camunda 8 docs, connect to an identity provider
 */
export interface OidcSettings {
  /** Issuer, exactly as tokens name it. Brokers read there what else they need to know of the provider. */
  readonly issuerUri: string;

  /** Where Connectors and a recovery get their tokens. */
  readonly tokenUri: string;

  /** Client that users log in through. Its secret is `orchestration`. */
  readonly clientId: string;

  /**
   * Where the provider sends users back to. It must know the address, and it must end with `/sso-callback`.
   *
   * @default '{baseUrl}/sso-callback'
   */
  readonly redirectUri?: string;

  /**
   * Whom tokens may be meant for. Without any, a token of the issuer for another application is let in too.
   *
   * @default - the client id
   */
  readonly audiences?: string[];

  /**
   * What is asked of the provider when a user logs in.
   *
   * @default - `openid` and `profile`
   */
  readonly scopes?: string[];

  /**
   * Claim with the name of a user, or a JSONPath of it.
   *
   * @default 'sub'
   */
  readonly usernameClaim?: string;

  /**
   * Claim with the id of a client, or a JSONPath of it.
   *
   * @default 'client_id'
   */
  readonly clientIdClaim?: string;

  /**
   * Whether a token with both claims is a user's.
   *
   * @default false
   */
  readonly preferUsernameClaim?: boolean;

  /**
   * Claim with the ids of groups, or a JSONPath of it.
   *
   * @default - groups are those of `users.groups` and of Camunda's own pages
   */
  readonly groupsClaim?: string;

  /** Client that a recovery asks for the state of the cluster as. Its secret is `recovery`. It needs no role. */
  readonly recovery: OidcClientSettings;

  /**
   * Client that Connectors log in as. Its secret is `connectors`. It gets the role `connectors`.
   *
   * @default - none, which is an error while Connectors run
   */
  readonly connectors?: OidcClientSettings;
}

/** A program that logs in with client credentials. */
export interface OidcClientSettings {
  /** Id of the client, as `users.oidc.clientIdClaim` of its tokens has it. */
  readonly clientId: string;

  /**
   * Scope of the token.
   *
   * @default - none
   */
  readonly scope?: string;

  /**
   * Audience of the token.
   *
   * @default - the first of `users.oidc.audiences`
   */
  readonly audience?: string;
}

const RULE = 'oidc';
const ADDRESS: Check = matching(/^https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9]\d{0,4})?(\/[^\s?#$'"\\]*)?$/, {
  rule: RULE,
  requirement: "must begin with 'https://' and the name of a server, without blanks, quotes, '@', '?', '#', '$' and '\\'",
  fix: "write it like 'https://login.example.com/realms/camunda'",
});
const CALLBACK: Check = matching(/^(https:\/\/|http:\/\/localhost(?=[:/])|\{baseUrl\}(?=\/))[^\s?#$]*\/sso-callback$/, {
  rule: RULE,
  requirement: "must begin with 'https://', 'http://localhost' or '{baseUrl}' and end with '/sso-callback'",
  fix: "write it like 'https://camunda.example.com/sso-callback'",
});
const WORD: Check = matching(/^[^\s,$'"\\]{1,256}$/, {
  rule: RULE,
  requirement: "must be 1 to 256 characters without blanks, quotes, ',', '$' and '\\'",
  fix: 'write each as an entry of its own',
});
const SCOPES: Check = matching(/^[^\s,$'"\\]+( [^\s,$'"\\]+)*$/, {
  rule: RULE,
  requirement: "must be scopes with a blank between each two, without quotes, ',', '$' and '\\'",
  fix: "write it like 'camunda-api'",
});
const WORDS: Words = { rule: RULE, requirement: 'must be a list', fix: 'leave it out for the default' };

const CLIENT = {
  clientId: { kind: 'string', required: true, checks: [ID] },
  scope: { kind: 'string', checks: [SCOPES] },
  audience: { kind: 'string', checks: [WORD] },
} as const satisfies Rows<OidcClientSettings>;

/** @internal */
export const OIDC = {
  issuerUri: { kind: 'string', required: true, checks: [ADDRESS] },
  tokenUri: { kind: 'string', required: true, checks: [ADDRESS] },
  clientId: { kind: 'string', required: true, checks: [ID] },
  redirectUri: { kind: 'string', default: '{baseUrl}/sso-callback', checks: [CALLBACK] },
  audiences: {
    kind: 'strings',
    default: ({ clientId }) => (typeof clientId === 'string' ? [clientId] : []),
    follows: ['clientId'],
    list: WORDS,
    checks: [WORD],
  },
  scopes: { kind: 'strings', default: ['openid', 'profile'], list: WORDS, checks: [WORD] },
  usernameClaim: { kind: 'string', default: 'sub', checks: [PLAIN_TEXT] },
  clientIdClaim: { kind: 'string', default: 'client_id', checks: [PLAIN_TEXT] },
  preferUsernameClaim: { kind: 'boolean', default: false },
  groupsClaim: { kind: 'string', checks: [PLAIN_TEXT] },
  recovery: { kind: 'section', required: true, rows: CLIENT },
  connectors: { kind: 'section', optional: true, rows: CLIENT },
} as const satisfies Rows<OidcSettings>;
