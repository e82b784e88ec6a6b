/** Who takes part in network traffic. */
export enum Party {
  /** The brokers, from 8.8 on with gateway, Operate and Tasklist in the same process. */
  ORCHESTRATION = 'orchestration',
  /** The gateways, where they have pods of their own. */
  GATEWAY = 'gateway',
  /** Operate, where it has a pod of its own. */
  OPERATE = 'operate',
  /** Tasklist, where it has a pod of its own. */
  TASKLIST = 'tasklist',
  /** The importer of a migration. */
  IMPORTER = 'importer',
  /** The Job of a migration. */
  MIGRATION = 'migration',
  /** The Connectors pods. */
  CONNECTORS = 'connectors',
  /** The Elasticsearch pods. */
  ELASTICSEARCH = 'elasticsearch',
  /** The operator that runs Elasticsearch, in a namespace of its own. */
  ELASTIC_OPERATOR = 'elastic-operator',
  /** Pods of namespaces that carry the client label. */
  CLIENTS = 'clients',
  /** Every pod of Camunda's namespace. */
  NAMESPACE = 'namespace',
  /** CoreDNS of the own cluster. */
  CLUSTER_DNS = 'cluster-dns',
  /** The network load balancer in front of CoreDNS. */
  DNS_FORWARDER = 'dns-forwarder',
  /** The load balancer that users come through. */
  LOAD_BALANCER = 'load-balancer',
  /** Addresses outside of the cluster, AWS included. */
  OUTSIDE = 'outside',
  /** Pods of Prometheus, in a namespace of their own. */
  COLLECTOR = 'collector',
  /** Pods of another namespace, which the flow names. */
  OTHER_NAMESPACE = 'other-namespace',
  /** Addresses, whose range the flow names. */
  ADDRESSES = 'addresses',
}

/** Transport protocol of a flow. */
export enum Transport {
  /** TCP. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
}

/** Traffic that is allowed. What is not in the list of flows is not. */
export interface Flow {
  /** Who opens the connection. */
  readonly source: Party;

  /** Who accepts it. */
  readonly target: Party;

  /** Port at the accepting side. */
  readonly port: number;

  /** Transport protocol. */
  readonly transport: Transport;

  /** Whether it also crosses from either region into the other. */
  readonly crossRegion: boolean;

  /** What it is for. */
  readonly purpose: string;

  /**
   * Name of the namespace that is the party `OTHER_NAMESPACE`.
   *
   * @default - no such party
   */
  readonly namespace?: string;

  /**
   * Range of the party `ADDRESSES`.
   *
   * @default - no such party
   */
  readonly cidr?: string;

  /**
   * The only region that has the flow.
   *
   * @default - both
   */
  readonly regionId?: number;
}

/**
 * Port numbers, named once.
 *
 * @see Camunda 8 docs, dual-region: network requirements
 *
 * @internal
 */
export const PORTS = {
  dns: 53,
  elasticsearch: 9200,
  elasticsearchTransport: 9300,
  gatewayGrpc: 26500,
  brokerCommand: 26501,
  brokerInternal: 26502,
  rest: 8080,
  /** Port of the Services of Operate and Tasklist, which lead to `rest`. */
  web: 80,
  management: 9600,
  https: 443,
  /** Of the agent that hands out the credentials of a role. */
  podIdentity: 80,
} as const;

const { ORCHESTRATION, CONNECTORS, ELASTICSEARCH, ELASTIC_OPERATOR, CLIENTS, NAMESPACE, CLUSTER_DNS, DNS_FORWARDER, OUTSIDE } = Party;
const { TCP, UDP } = Transport;

/** @internal */
export function flow(source: Party, target: Party, port: number, transport: Transport, crossRegion: boolean, purpose: string): Flow {
  return { source, target, port, transport, crossRegion, purpose };
}

/**
 * Every flow that a deployment needs whose brokers are gateway, Operate and Tasklist too. Security groups and network
 * policies are made from this list.
 *
 * @internal
 */
export const FLOWS: readonly Flow[] = [
  flow(CLUSTER_DNS, DNS_FORWARDER, PORTS.dns, TCP, true, 'names of the other region'),
  flow(DNS_FORWARDER, CLUSTER_DNS, PORTS.dns, TCP, false, 'the forwarder hands names to CoreDNS'),
  flow(ORCHESTRATION, ELASTICSEARCH, PORTS.elasticsearch, TCP, true, 'exporters write to both regions'),
  flow(ORCHESTRATION, ORCHESTRATION, PORTS.gatewayGrpc, TCP, true, 'gateway for Operate, Tasklist and the other region'),
  flow(ORCHESTRATION, ORCHESTRATION, PORTS.brokerCommand, TCP, true, 'commands from gateways to brokers'),
  flow(ORCHESTRATION, ORCHESTRATION, PORTS.brokerInternal, TCP, true, 'replication and cluster membership'),
  flow(ORCHESTRATION, ORCHESTRATION, PORTS.brokerInternal, UDP, true, 'membership gossip'),
  flow(ORCHESTRATION, ORCHESTRATION, PORTS.rest, TCP, false, 'REST API for Tasklist'),
  flow(CONNECTORS, ORCHESTRATION, PORTS.gatewayGrpc, TCP, false, 'job workers of Connectors'),
  flow(CONNECTORS, ORCHESTRATION, PORTS.rest, TCP, false, 'REST API for Connectors'),
  flow(CLIENTS, ORCHESTRATION, PORTS.gatewayGrpc, TCP, false, 'your clients and job workers'),
  flow(CLIENTS, ORCHESTRATION, PORTS.rest, TCP, false, 'your clients, Operate and Tasklist in the browser'),
  flow(CONNECTORS, CONNECTORS, PORTS.rest, TCP, false, 'replicas of Connectors among themselves'),
  flow(CLIENTS, CONNECTORS, PORTS.rest, TCP, false, 'webhooks'),
  flow(NAMESPACE, ORCHESTRATION, PORTS.management, TCP, false, 'management API, only inside the namespace'),
  flow(ELASTICSEARCH, ELASTICSEARCH, PORTS.elasticsearchTransport, TCP, false, 'Elasticsearch nodes among themselves'),
  flow(ELASTICSEARCH, ELASTICSEARCH, PORTS.elasticsearch, TCP, false, 'a node that stops asks its cluster first'),
  flow(ELASTIC_OPERATOR, ELASTICSEARCH, PORTS.elasticsearch, TCP, false, 'operator watches Elasticsearch'),
  flow(NAMESPACE, CLUSTER_DNS, PORTS.dns, UDP, false, 'name resolution'),
  flow(NAMESPACE, CLUSTER_DNS, PORTS.dns, TCP, false, 'name resolution, long answers'),
  flow(CONNECTORS, OUTSIDE, PORTS.https, TCP, false, 'services that your processes call'),
];

/**
 * What Elasticsearch needs beside that to keep snapshots in buckets: S3, and AWS STS for its credentials.
 *
 * @internal
 */
export const ELASTICSEARCH_TO_AWS: Flow = flow(
  ELASTICSEARCH,
  OUTSIDE,
  PORTS.https,
  TCP,
  false,
  'snapshots in S3, with credentials from AWS STS',
);

/**
 * What brokers need beside that to keep documents in buckets.
 *
 * @internal
 */
export const ORCHESTRATION_TO_S3: Flow = flow(ORCHESTRATION, OUTSIDE, PORTS.https, TCP, false, 'documents in S3');

/**
 * The agent is on each node, under an address that is the same on all of them.
 *
 * @see Amazon EKS user guide, how EKS Pod Identity works
 *
 * @internal
 */
export const ORCHESTRATION_TO_POD_IDENTITY: Flow = {
  ...flow(ORCHESTRATION, Party.ADDRESSES, PORTS.podIdentity, TCP, false, 'credentials for documents, from the agent on the node'),
  cidr: '169.254.170.23/32',
};

/**
 * What brokers need beside that to let users in by an identity provider.
 *
 * @internal
 */
export const ORCHESTRATION_TO_PROVIDER: Flow = flow(
  ORCHESTRATION,
  OUTSIDE,
  PORTS.https,
  TCP,
  false,
  'keys and tokens of the identity provider',
);

/**
 * Flows that are opened between the regions, each port and protocol of a target once. Whose pods of Camunda serve a port
 * makes no difference there: all of them are on the same nodes, and an upgrade must not open the same port a second time.
 *
 * @internal
 */
export function crossingFlows(flows: readonly Flow[]): Flow[] {
  const ofOneEngine = (party: Party): Party => (ENGINE.includes(party) ? ORCHESTRATION : party);
  const crossing = flows.filter(({ crossRegion }) => crossRegion).map(one => ({ ...one, target: ofOneEngine(one.target) }));
  return firstOfEach(crossing, ({ target, port, transport }) => `${target} ${port}/${transport}`);
}

/**
 * The flows that a region has.
 *
 * @internal
 */
export function flowsOfRegion(flows: readonly Flow[], regionId: number): Flow[] {
  return flows.filter(one => one.regionId === undefined || one.regionId === regionId);
}

/**
 * One end of a flow in words: a party, or what the flow says that it is.
 *
 * @internal
 */
export function endText(flow: Flow, end: 'source' | 'target'): string {
  if (flow[end] === Party.OTHER_NAMESPACE) return `namespace ${flow.namespace}`;
  return flow[end] === Party.ADDRESSES ? `${flow.cidr}` : flow[end];
}

/**
 * The first flow of each key.
 *
 * @internal
 */
export function firstOfEach(flows: readonly Flow[], keyOf: (one: Flow) => string): Flow[] {
  const keys = flows.map(keyOf);
  return flows.filter((_, i) => keys.indexOf(keys[i]) === i);
}

/**
 * Parties that form the Zeebe cluster, or write into it.
 *
 * @internal
 */
export const ENGINE: readonly Party[] = [ORCHESTRATION, Party.GATEWAY, Party.OPERATE, Party.TASKLIST, Party.IMPORTER, Party.MIGRATION];
