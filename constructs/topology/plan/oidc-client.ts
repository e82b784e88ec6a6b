import type { OidcClientSettings } from '../settings/users/oidc';

/**
 * A program that gets its tokens from an identity provider.
 *
 * @internal
 */
export interface OidcClient {
  readonly clientId: string;
  readonly tokenUri: string;
  readonly audience: string;
  readonly scope?: string;
}

/** What its settings say of an identity provider and its programs. */
interface Provider {
  readonly clientId: string;
  readonly tokenUri: string;
  readonly audiences: readonly string[];
  readonly recovery: OidcClientSettings;
  readonly connectors?: OidcClientSettings;
}

/**
 * How one of our programs logs in by an identity provider, if it does.
 *
 * @internal
 */
export function clientOf(oidc: Provider | undefined, program: 'connectors' | 'recovery'): OidcClient | undefined {
  const client = oidc?.[program];
  if (oidc === undefined || client === undefined) return undefined;
  const { clientId, scope, audience = oidc.audiences.at(0) ?? oidc.clientId } = client;
  return { clientId, tokenUri: oidc.tokenUri, audience, ...(scope === undefined ? {} : { scope }) };
}
