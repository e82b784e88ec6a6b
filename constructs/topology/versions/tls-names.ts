import type { TlsSettingNames } from '../plan/tls';

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
export const BROKER_TLS_8_8: TlsSettingNames = { parent: 'zeebe.broker.network.security', ...LEGACY };

/** @see Camunda 8 docs, secure cluster communication 8.9 */
export const BROKER_TLS_8_9: TlsSettingNames = {
  parent: 'camunda.security.transport-layer-security.cluster',
  certificate: 'certificate-chain-path',
  privateKey: 'certificate-private-key-path',
};
