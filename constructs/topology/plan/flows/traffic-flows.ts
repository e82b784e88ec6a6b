import type { GatewayService } from '../../versions/camunda-version';
import { flow, Party, PORTS, Transport, type Flow } from './flows';

const { LOAD_BALANCER, OPERATE, TASKLIST } = Party;
const { TCP } = Transport;

/**
 * What a load balancer needs that users come through.
 *
 * @param gateway whose pods serve the APIs
 * @param hasWebApplications whether Operate and Tasklist have pods of their own
 *
 * @internal
 */
export function trafficFlows({ party }: GatewayService, hasWebApplications: boolean): Flow[] {
  return [
    flow(LOAD_BALANCER, party, PORTS.rest, TCP, false, 'users and API clients from outside'),
    flow(LOAD_BALANCER, party, PORTS.gatewayGrpc, TCP, false, 'job workers and gRPC clients from outside'),
    ...(hasWebApplications
      ? [
          flow(LOAD_BALANCER, OPERATE, PORTS.rest, TCP, false, 'Operate in the browser, from outside'),
          flow(LOAD_BALANCER, TASKLIST, PORTS.rest, TCP, false, 'Tasklist in the browser, from outside'),
        ]
      : []),
  ];
}
