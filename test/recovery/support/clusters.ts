import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { stringify } from 'yaml';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryRegion, RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { objectsOf, type KubernetesObject } from '../../support/manifests';
import type { Deployment } from '../stand-in/deployment';
import { KubernetesApi } from '../stand-in/kubernetes-api';
import { StandInServer } from '../stand-in/server';
import { serverCertificate, type ServerCertificate } from './server-certificate';

/** A request that has reached a server of the deployment. */
interface Received {
  readonly region: number;
  readonly pod: string;
  /** As `name:password`, or `Bearer` and a token. */
  readonly user?: string;
}

/** Both regions of a deployment as kubeconfigs lead to them: an API server each, and through it tunnels to pods. */
export class Clusters {
  public readonly standIn = new StandInServer();
  public readonly apis: KubernetesApi[] = [];
  public readonly received: Received[] = [];
  /** Users whom Camunda and Elasticsearch do not let in, as `name:password` or `Bearer` and a token. */
  public readonly refused = new Set<string>();

  /** Pods that close every connection. */
  public readonly silent = new Set<string>();

  public constructor(public readonly deployment: Deployment) {
    this.standIn.serve(deployment);
  }

  /** @param kubeconfig where to write the kubeconfig, whose contexts are called like the regions */
  public async start(kubeconfig: string): Promise<void> {
    const { regions } = this.deployment.topology;
    for (const region of regions) await this.deploy(region);
    this.describe();
    const servers = await Promise.all(this.apis.map(api => api.start()));
    const named = regions.map(({ regionId, namespace }) => ({ name: `region${regionId}`, namespace }));
    writeFileSync(
      kubeconfig,
      stringify({
        clusters: named.map(({ name }, i) => ({ name, cluster: { server: servers[i], 'insecure-skip-tls-verify': true } })),
        users: [{ name: 'operator', user: {} }],
        contexts: named.map(({ name, namespace }) => ({ name, context: { cluster: name, user: 'operator', namespace } })),
      }),
    );
  }

  public async stop(): Promise<void> {
    await Promise.all(this.apis.map(api => api.stop()));
  }

  /** Its API server too. */
  public async lose(regionId: number): Promise<void> {
    this.deployment.lose(regionId);
    await this.apis[regionId].stop();
  }

  /** A Secret is what is given, or is not there. */
  public setSecret(regionId: number, name: string, values?: Readonly<Record<string, string>>): void {
    const api = this.apis[regionId];
    api.objects = api.objects.filter(({ kind, metadata }) => kind !== 'Secret' || metadata.name !== name);
    if (values) api.objects.push(secret(name, values));
  }

  /** Both clusters describe the deployment in this way. */
  public describe(change: Partial<RecoveryTopology> = {}): void {
    for (const api of this.apis) {
      api.objects = api.objects.filter(({ metadata }) => metadata.name !== FIXED_NAMES.recoveryTopology);
      const text = recoveryTopologyText({ ...this.deployment.topology, ...change });
      api.objects.push(object('ConfigMap', FIXED_NAMES.recoveryTopology, { data: { [FIXED_NAMES.recoveryTopologyKey]: text } }));
    }
  }

  private async deploy(region: RecoveryRegion): Promise<void> {
    const { regionId, namespace, gateway, elasticsearch } = region;
    const certificate = await serverCertificate([
      `${gateway.service}.${namespace}.svc.cluster.local`,
      `${elasticsearch.service}.${namespace}.svc`,
    ]);
    const { version, clusterSize, partitionCount, users } = this.deployment.options;
    const deployed = objectsOf(regionId, { camunda: { version, clusterSize, partitionCount }, users });
    this.apis.push(new KubernetesApi([...deployed, ...podsOf(region)], (pod, port) => this.serverOf(region, pod, port, certificate)));
    this.setSecret(regionId, FIXED_NAMES.camundaCertificate, { 'ca.crt': certificate.cert });
    this.setSecret(regionId, FIXED_NAMES.camundaUsersSecret, { 'admin-password': 'a', 'recovery-password': 'r' });
    this.setSecret(regionId, elasticsearch.user.secretName, { [elasticsearch.user.key]: `e${regionId}` });
  }

  private serverOf({ regionId, brokers }: RecoveryRegion, pod: string, port: number, certificate: ServerCertificate): Server | undefined {
    const { ports } = this.deployment.topology;
    if (port === ports.rest) return createSecureServer(certificate, this.listener(regionId, pod, 'rest'));
    if (port === ports.elasticsearch) return createSecureServer(certificate, this.listener(regionId, pod, `elasticsearch${regionId}`));
    if (port !== ports.management) return undefined;
    const broker = brokers.find(({ podName }) => podName === pod);
    const [management, partitions] = ['management', `broker${broker?.brokerId}`].map(server => this.listener(regionId, pod, server));
    return createServer((request, response) =>
      (request.url === '/actuator/partitions' && broker ? partitions : management)(request, response),
    );
  }

  private listener(region: number, pod: string, server: string): RequestListener {
    const answer = this.standIn.as(server);
    return (request, response) => {
      const { authorization } = request.headers;
      const [, credentials] = /^Basic (.*)$/.exec(authorization ?? '') ?? [];
      const user = credentials === undefined ? authorization : Buffer.from(credentials, 'base64').toString();
      this.received.push({ region, pod, ...(user === undefined ? {} : { user }) });
      if (this.silent.has(pod)) request.socket.destroy();
      else if (user !== undefined && this.refused.has(user)) response.writeHead(401).end();
      else answer(request, response);
    };
  }
}

function podsOf({ brokers, gateway, elasticsearch }: RecoveryRegion): KubernetesObject[] {
  const inGateways = labelsOf(gateway.selector);
  const areGateways = inGateways['app.kubernetes.io/component'] === 'zeebe-broker';
  return [
    ...brokers.map(({ podName }) => pod(podName, { 'statefulset.kubernetes.io/pod-name': podName, ...(areGateways ? inGateways : {}) })),
    ...(areGateways ? [] : [pod('gateway-0', inGateways)]),
    pod('elasticsearch-0', labelsOf(elasticsearch.selector)),
  ];
}

function labelsOf(selector: string): Record<string, string> {
  return Object.fromEntries(selector.split(',').map((label): [string, string] => [label.split('=')[0], label.split('=')[1]]));
}

/** A pod that is ready. */
function pod(name: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  return { ...object('Pod', name, { status }), metadata: { name, labels } };
}

function secret(name: string, values: Readonly<Record<string, string>>): KubernetesObject {
  const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return object('Secret', name, { data: Object.fromEntries(data) });
}

function object(kind: string, name: string, more: Readonly<Record<string, unknown>>): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name }, ...more };
}
