import { PORTS } from '../plan/flows/flows';
import type { NamedPort } from './camunda-version';

/**
 * Ports of the orchestration pods, with the official chart's names. UDP on the internal port is not among them: `kubectl
 * apply` merges lists of ports by number alone, so a second entry with the same number would replace the first.
 *
 * @internal
 */
export const ORCHESTRATION_PORTS: readonly NamedPort[] = [
  { name: 'http', port: PORTS.rest },
  { name: 'command', port: PORTS.brokerCommand },
  { name: 'internal', port: PORTS.brokerInternal },
  { name: 'server', port: PORTS.management },
  { name: 'grpc', port: PORTS.gatewayGrpc },
];

/**
 * Ports of the gateway Service: what clients and operators use. Brokers talk to each other through the headless one.
 *
 * @internal
 */
export const ORCHESTRATION_GATEWAY_PORTS: readonly NamedPort[] = ORCHESTRATION_PORTS.filter(({ name }) =>
  ['http', 'server', 'grpc'].includes(name),
);
