/**
 * Where pods of Camunda find certificates, as the official chart has them.
 *
 * @see Camunda 8 docs, Helm chart: configure TLS
 *
 * @internal
 */
export const TLS_FILES = {
  /** Folder of the mounted Secret. */
  certificates: '/etc/camunda/tls',
  authority: '/etc/camunda/tls/ca.crt',
  certificate: '/etc/camunda/tls/tls.crt',
  privateKey: '/etc/camunda/tls/tls.key',
  /** Folder of what is made before a pod starts. */
  made: '/var/camunda/tls-truststore',
  /** Authorities that the JVM trusts: the image's own, and ours. */
  trustStore: '/var/camunda/tls-truststore/cacerts',
  /** The pod's own certificate and that of the authority: brokers trust what is in their own chain. */
  chain: '/var/camunda/tls-truststore/chain.pem',
} as const;

/**
 * Names of the settings that encrypt a server's port, below their common parent.
 *
 * @internal
 */
export interface TlsSettingNames {
  readonly parent: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * How what brokers send each other is encrypted.
 *
 * @internal
 */
export interface BrokerTls extends TlsSettingNames {
  /** Options of the virtual machine that brokers need for it. */
  readonly jvmOptions: readonly string[];
}
