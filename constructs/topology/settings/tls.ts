import type { Rows } from './rows/row';

/** Encryption between the parts of the deployment, with certificates of a private authority that both regions share. */
export interface TlsSettings {
  /**
   * Whether Elasticsearch and the gateway, gRPC and REST, take encrypted connections only. Clients then need the certificate of
   * the authority.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether brokers encrypt what they send each other, too. All of them or none: it can only be changed while every broker of
   * both regions is stopped. Not in 8.7, and not while data of an older version is taken over.
   *
   * @default - like `enabled`; never in 8.7
   */
  readonly betweenBrokers?: boolean;
}

/** @internal */
export const TLS = {
  enabled: { kind: 'boolean', rule: 'tls', default: true },
  betweenBrokers: {
    kind: 'boolean',
    rule: 'tls',
    default: ({ enabled }, plan) => enabled === true && plan.canEncryptBrokers,
    follows: ['camunda.migratingFrom', 'enabled', 'camunda.version'],
  },
} as const satisfies Rows<TlsSettings>;
