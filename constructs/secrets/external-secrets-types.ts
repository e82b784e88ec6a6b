/**
 * The fields of a SecretStore that this library uses.
 *
 * @internal
 */
export interface SecretStoreSpec {
  readonly provider: { readonly aws: { readonly service: 'SecretsManager'; readonly region: string } };
}

/**
 * The fields of an ExternalSecret that this library uses.
 *
 * @internal
 */
export interface ExternalSecretSpec {
  readonly refreshInterval: string;
  readonly secretStoreRef: { readonly kind: 'SecretStore'; readonly name: string };
  readonly target: {
    readonly name: string;
    readonly creationPolicy: 'Owner';
    readonly deletionPolicy: 'Retain';
    readonly template?: {
      readonly type: string;
      readonly engineVersion: 'v2';
      readonly data: { readonly [key: string]: string };
    };
  };
  readonly data: ExternalSecretData[];
}

/**
 * One value of AWS Secrets Manager, and the key that it gets.
 *
 * @internal
 */
export interface ExternalSecretData {
  readonly secretKey: string;
  /** Without a property it is the whole text of the secret. */
  readonly remoteRef: { readonly key: string; readonly property?: string };
}
