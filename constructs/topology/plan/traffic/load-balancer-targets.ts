import { planOf } from '../../plan-of';
import type { Topology } from '../../topology';
import type { NamedPort } from '../../versions/camunda-version';
import { Party, PORTS } from '../flows/flows';
import { kubernetesNames } from '../names';

/**
 * Pods that a load balancer sends requests to, and how it knows that they work.
 *
 * @internal
 */
export interface LoadBalancerTarget {
  /** What constructs are called. */
  readonly id: 'Rest' | 'Grpc' | 'Operate' | 'Tasklist';
  /**
   * Name of the target group and of its binding. It has the protocol in it: with another one both are made anew, and neither can be
   * changed into the other.
   */
  readonly name: string;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP' | 'TLS';
  readonly party: Party;
  readonly service: string;
  /** Name of the port of the Service. */
  readonly servicePort: string;
  /** Port of the pods. */
  readonly port: number;
  readonly isGrpc: boolean;
  /** Never a path that asks the engine: without a quorum that would be an error in both regions at once. */
  readonly healthPath: string;
  /** Answers that are healthy: codes of HTTP, or of gRPC. */
  readonly healthyCodes: string;
  /** Host name before the common one, for web applications of their own. */
  readonly host?: string;
}

/**
 * Answers that say that a gateway is there: it did, it asks for a login, and no partition has a leader yet.
 *
 * @see gRPC status codes 0, 14 and 16
 */
const GRPC_ANSWERS = '0,14,16';

/**
 * Everything of a region that a load balancer leads to. The first is what it leads to by itself.
 *
 * @internal
 */
export function loadBalancerTargets(topology: Topology): LoadBalancerTarget[] {
  const { version } = planOf(topology);
  const { zeebeGateway, operate, tasklist } = kubernetesNames(topology.name);
  const { party, ports } = version.gatewayService;
  const gateway = { party, service: zeebeGateway };
  const targets: Omit<LoadBalancerTarget, 'name' | 'protocol'>[] = [
    {
      ...gateway,
      id: 'Rest',
      port: PORTS.rest,
      servicePort: nameOf(ports, PORTS.rest),
      isGrpc: false,
      healthPath: HEALTH_PATH,
      healthyCodes: '200',
    },
    {
      ...gateway,
      id: 'Grpc',
      port: PORTS.gatewayGrpc,
      servicePort: nameOf(ports, PORTS.gatewayGrpc),
      isGrpc: true,
      healthPath: `${GRPC_PATH}Topology`,
      healthyCodes: GRPC_ANSWERS,
    },
  ];
  if (version.components)
    targets.push(webApplication('Operate', Party.OPERATE, operate), webApplication('Tasklist', Party.TASKLIST, tasklist));
  const protocol = protocolOf(topology);
  return targets.map(target => {
    // Operate and Tasklist of their own encrypt nothing.
    const own = target.host === undefined ? protocol : 'HTTP';
    return { ...target, protocol: own, name: `${topology.name}-${SHORT[target.id]}-${own.toLowerCase()}` };
  });
}

/** Names of target groups have at most 32 characters, of which a deployment may take 20. */
const SHORT: Readonly<Record<LoadBalancerTarget['id'], string>> = { Rest: 'rest', Grpc: 'grpc', Operate: 'oper', Tasklist: 'task' };

/** Pods encrypt what they serve unless TLS is off. */
function protocolOf(topology: Topology): LoadBalancerTarget['protocol'] {
  const { tls, traffic } = planOf(topology).settings;
  if (traffic?.loadBalancer === 'network') return tls.enabled ? 'TLS' : 'TCP';
  return tls.enabled ? 'HTTPS' : 'HTTP';
}

/**
 * What answers without login and without the engine: it reads the licence.
 *
 * @internal
 */
export const HEALTH_PATH = '/v2/license';

/**
 * What paths of all calls by gRPC begin with.
 *
 * @internal
 */
export const GRPC_PATH = '/gateway_protocol.Gateway/';

/** They have no path that says they are healthy, but a start page, which may lead to another one. */
function webApplication(id: 'Operate' | 'Tasklist', party: Party, service: string): Omit<LoadBalancerTarget, 'name' | 'protocol'> {
  const host = id.toLowerCase();
  return { id, party, service, servicePort: 'http', port: PORTS.rest, isGrpc: false, healthPath: '/', healthyCodes: '200-399', host };
}

function nameOf(ports: readonly NamedPort[], wanted: number): string {
  const [{ name }] = ports.filter(({ port }) => port === wanted);
  return name;
}
