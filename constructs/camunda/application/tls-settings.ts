import { TLS_FILES, type BrokerTls, type TlsSettingNames } from '../../topology/plan/tls';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { below, type PlainSettings } from './config-tree';

/**
 * Encrypts what clients use: REST, with everything else on its port, and gRPC. The management port stays as it is: it is open
 * inside the namespace only, probes use it, and so do the procedures for failover.
 *
 * @see Camunda 8 docs, secure client communication
 *
 * @internal
 */
export function clientTlsSettings(topology: Topology): PlainSettings {
  const { version, settings } = planOf(topology);
  if (!settings.tls.enabled) return {};
  return {
    ...below('server.ssl', { enabled: true, certificate: TLS_FILES.chain, 'certificate-private-key': TLS_FILES.privateKey }),
    'management.server.ssl.enabled': false,
    ...serverTls(version.tls.gateway),
  };
}

/**
 * Encrypts what brokers send each other over TCP.
 *
 * @see Camunda 8 docs, secure cluster communication
 *
 * @internal
 */
export function brokerTlsSettings(topology: Topology): PlainSettings {
  const encrypted = brokerTls(topology);
  return encrypted ? serverTls(encrypted) : {};
}

/**
 * How brokers encrypt what they send each other. Undefined where they do not.
 *
 * @internal
 */
export function brokerTls(topology: Topology): BrokerTls | undefined {
  const { version, settings } = planOf(topology);
  return settings.tls.betweenBrokers ? version.tls.betweenBrokers : undefined;
}

/**
 * For a client of the gateway's gRPC port.
 *
 * @internal
 */
export function gatewayClientTlsSettings(topology: Topology): PlainSettings {
  const { settings } = planOf(topology);
  return settings.tls.enabled ? { secure: true, certificatePath: TLS_FILES.authority } : {};
}

function serverTls({ parent, certificate, privateKey }: TlsSettingNames): PlainSettings {
  return below(parent, { enabled: true, [certificate]: TLS_FILES.chain, [privateKey]: TLS_FILES.privateKey });
}
