import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryClient, RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { isHttpCall, pathOf, type Call, type HttpCall, type Target } from './call';

/**
 * A call as a line for a shell, with the variables that `shellPreparation` sets.
 *
 * @internal
 */
export function shellLine(topology: RecoveryTopology, call: Call): string {
  if (isHttpCall(call)) return curlLine(topology, call);
  const { namespace } = topology.regions[call.regionId];
  return `kubectl --context "$CONTEXT_${call.regionId}" --namespace ${namespace} ${call.kubectl.join(' ')}`;
}

function curlLine({ restUser, restClient }: RecoveryTopology, call: HttpCall): string {
  const { target, method, body } = call;
  const login = restClient ? ' --header "Authorization: Bearer $REST_TOKEN"' : restUser ? ' --user "$REST_USER"' : '';
  const user = target.kind === 'rest' ? login : '';
  const secret = target.kind === 'elasticsearch' ? ` --user "$ELASTICSEARCH_USER_${target.regionId}"` : user;
  const data = body === undefined ? '' : ` --header 'Content-Type: application/json' --data '${JSON.stringify(body)}'`;
  return `curl --silent --show-error${method === 'GET' ? '' : ` --request ${method}`}${secret} "${variableOf(target)}${pathOf(call)}"${data}`;
}

function variableOf(target: Target): string {
  switch (target.kind) {
    case 'management':
      return '$MANAGEMENT';
    case 'rest':
      return '$REST';
    case 'elasticsearch':
      return `$ELASTICSEARCH_${target.regionId}`;
    case 'broker':
      return `$${brokerVariable(target.brokerId)}`;
  }
}

/** Names of zones have characters that those of variables have not. */
function brokerVariable(brokerId: string): string {
  return `BROKER_${brokerId.replaceAll('-', '_')}`;
}

/**
 * Lines that open the way to the servers of both regions, as far as they can be reached.
 *
 * @internal
 */
export function shellPreparation(topology: RecoveryTopology, surviving: number): string[] {
  const { ports, regions, tls } = topology;
  const survivor = regions[surviving];
  const address = (regionId: number, service: string, port: number): string =>
    tls ? `https://${service}.${regions[regionId].namespace}.svc:${port}` : `http://localhost:${port}`;
  const forward = (regionId: number, target: string, local: number, port: number): string =>
    `kubectl --context "$CONTEXT_${regionId}" --namespace ${regions[regionId].namespace} port-forward ${target} ${local}:${port} &`;
  return [
    ...regions.map(({ regionId, awsRegion }) => `CONTEXT_${regionId}=...   # kubectl context of ${awsRegion}`),
    forward(surviving, `service/${survivor.gateway.service}`, 9600, ports.management),
    forward(surviving, `service/${survivor.gateway.service}`, 8080, ports.rest),
    ...(tls ? trust(surviving, survivor.namespace) : []),
    `MANAGEMENT=http://localhost:9600 REST=${address(surviving, survivor.gateway.service, 8080)}${topology.restUser ? ` REST_USER=${topology.restUser.name}:...` : ''}`,
    ...(topology.restClient ? [tokenLine(topology.restClient)] : []),
    ...regions.flatMap(({ regionId }) => [
      forward(regionId, `service/${regions[regionId].elasticsearch.service}`, 9200 + regionId, ports.elasticsearch),
      `ELASTICSEARCH_${regionId}=${address(regionId, regions[regionId].elasticsearch.service, 9200 + regionId)} ELASTICSEARCH_USER_${regionId}=${regions[regionId].elasticsearch.user.name}:...`,
    ]),
    ...survivor.brokers.flatMap(({ brokerId, podName }, i) => [
      forward(surviving, `pod/${podName}`, 9610 + i, ports.management),
      `${brokerVariable(brokerId)}=http://localhost:${9610 + i}`,
    ]),
  ];
}

/** Without the function that trusts the certificates of the cluster: the provider has another authority. */
function tokenLine({ clientId, tokenUri, audience, scope }: RecoveryClient): string {
  const form = { grant_type: 'client_credentials', client_id: clientId, audience, ...(scope === undefined ? {} : { scope }) };
  const data = Object.entries(form).map(([name, value]) => `--data-urlencode '${name}=${value}'`);
  return `REST_TOKEN=...   # access_token of: command curl ${data.join(' ')} --data-urlencode client_secret@secret.txt ${tokenUri}`;
}

/** The names on certificates are those of Services, which the tunnels on this machine stand for. */
function trust(regionId: number, namespace: string): string[] {
  const secret = `get secret ${FIXED_NAMES.camundaCertificate} --output jsonpath='{.data.ca\\.crt}'`;
  return [
    `kubectl --context "$CONTEXT_${regionId}" --namespace ${namespace} ${secret} | base64 --decode > ca.crt`,
    'curl() { command curl --cacert ca.crt --connect-to ::localhost: "$@"; }',
  ];
}
