import type { BrokerTls, TlsSettingNames } from '../plan/tls';

const LEGACY = { certificate: 'certificateChainPath', privateKey: 'privateKeyPath' };

/** @see Camunda 8 docs, secure client communication 8.7 */
export const GATEWAY_TLS_8_7: TlsSettingNames = { parent: 'zeebe.gateway.security', ...LEGACY };

/** @see Camunda 8 docs, property reference 8.8 */
export const GATEWAY_TLS_8_8: TlsSettingNames = {
  parent: 'camunda.api.grpc.ssl',
  certificate: 'certificate',
  privateKey: 'certificate-private-key',
};

/** @see Camunda 8 docs, secure cluster communication 8.8 */
export const BROKER_TLS_8_8: BrokerTls = { parent: 'zeebe.broker.network.security', ...LEGACY, jvmOptions: [] };

/**
 * From 8.9 on brokers are built on Netty 4.2, which verifies names unless it is told otherwise, and Camunda documents that the chain alone is
 * verified. Brokers join by address, for which no certificate can be made beforehand.
 *
 * @see Camunda 8 docs, secure cluster communication 8.9; Netty 4.2 migration guide; docs/decisions/0030-broker-names.md
 */
export const BROKER_TLS_8_9: BrokerTls = {
  parent: 'camunda.security.transport-layer-security.cluster',
  certificate: 'certificate-chain-path',
  privateKey: 'certificate-private-key-path',
  jvmOptions: ['-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE'],
};
