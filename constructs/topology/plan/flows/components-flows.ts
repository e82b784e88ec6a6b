import { flow, FLOWS, Party, PORTS, Transport, type Flow } from './flows';

const { ORCHESTRATION, GATEWAY, OPERATE, TASKLIST, IMPORTER, MIGRATION, CONNECTORS, ELASTICSEARCH, CLIENTS, NAMESPACE } = Party;
const { TCP, UDP } = Transport;

/** What does not depend on how many pods the engine is made of. */
const SHARED = FLOWS.filter(({ source, target }) => source !== ORCHESTRATION && target !== ORCHESTRATION);

/**
 * Every member of the cluster asks every other one whether it is there, of both regions: they find each other by gossip, and
 * advertise the addresses of their pods.
 */
function membershipFlows(members: readonly Party[]): Flow[] {
  return members.flatMap(source =>
    members.flatMap(target => [
      flow(source, target, PORTS.brokerInternal, TCP, true, 'replication and cluster membership'),
      flow(source, target, PORTS.brokerInternal, UDP, true, 'membership gossip'),
    ]),
  );
}

/**
 * Every flow that a deployment needs whose gateways, Operate and Tasklist have pods of their own.
 *
 * @internal
 */
export const COMPONENTS_FLOWS: readonly Flow[] = [
  flow(ORCHESTRATION, ELASTICSEARCH, PORTS.elasticsearch, TCP, true, 'exporters write to both regions'),
  ...[GATEWAY, OPERATE, TASKLIST].map(reader =>
    flow(reader, ELASTICSEARCH, PORTS.elasticsearch, TCP, false, "reads the own region's Elasticsearch"),
  ),
  flow(CLIENTS, GATEWAY, PORTS.gatewayGrpc, TCP, true, 'your clients and job workers, of both regions'),
  flow(OPERATE, GATEWAY, PORTS.gatewayGrpc, TCP, false, 'operations that users start'),
  flow(TASKLIST, GATEWAY, PORTS.gatewayGrpc, TCP, false, 'tasks that users complete'),
  flow(CONNECTORS, GATEWAY, PORTS.gatewayGrpc, TCP, false, 'job workers of Connectors'),
  ...[ORCHESTRATION, GATEWAY, OPERATE, TASKLIST].map(sender =>
    flow(sender, ORCHESTRATION, PORTS.brokerCommand, TCP, true, 'commands from gateways to brokers'),
  ),
  ...membershipFlows([ORCHESTRATION, GATEWAY, OPERATE, TASKLIST]),
  flow(TASKLIST, GATEWAY, PORTS.rest, TCP, false, 'REST API for Tasklist'),
  flow(CONNECTORS, GATEWAY, PORTS.rest, TCP, false, 'REST API for Connectors'),
  flow(CLIENTS, GATEWAY, PORTS.rest, TCP, false, 'your clients'),
  flow(CONNECTORS, OPERATE, PORTS.rest, TCP, false, 'which processes are deployed, for Connectors'),
  flow(CLIENTS, OPERATE, PORTS.rest, TCP, false, 'Operate in the browser'),
  flow(CLIENTS, TASKLIST, PORTS.rest, TCP, false, 'Tasklist in the browser'),
  ...[ORCHESTRATION, GATEWAY, OPERATE, TASKLIST].map(target =>
    flow(NAMESPACE, target, PORTS.management, TCP, false, 'management API, only inside the namespace'),
  ),
  ...SHARED,
];

/**
 * What a migration from pods of their own to a single one needs beside the flows of the new version. Pods of the old one stay
 * connected until they are replaced.
 *
 * @internal
 */
export const MIGRATION_FLOWS: readonly Flow[] = [
  ...[IMPORTER, MIGRATION].flatMap(party => [
    flow(party, ELASTICSEARCH, PORTS.elasticsearch, TCP, false, 'takes over data of the older version'),
    flow(party, ORCHESTRATION, PORTS.gatewayGrpc, TCP, false, 'gateway for the migration'),
    flow(party, ORCHESTRATION, PORTS.brokerCommand, TCP, true, 'commands from gateways to brokers'),
    flow(NAMESPACE, party, PORTS.management, TCP, false, 'management API, only inside the namespace'),
  ]),
  ...membershipFlows([ORCHESTRATION, GATEWAY, OPERATE, TASKLIST, IMPORTER, MIGRATION]),
  ...COMPONENTS_FLOWS,
];
