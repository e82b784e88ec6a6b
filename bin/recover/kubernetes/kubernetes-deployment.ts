import { setTimeout as wait } from 'node:timers/promises';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryTopology, RecoveryUser } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { UndeliveredError, type HttpTransport } from '../../../lib/recovery/calls/http';
import type { Clock, RecoveryPorts } from '../../../lib/recovery/ports';
import { perRegion, textOf, token, user, userPerRegion, type ConnectionOptions, type GivenToken, type User } from '../arguments';
import type { FenceMeans, FoundDeployment } from '../deployment';
import { UnreachableError, UsageError } from '../exit-code';
import { FirstLogin, type Login } from '../first-login';
import { reasonOf } from '../reason';
import { warn } from '../terminal/warn';
import { ClusterSecrets, type Credentials } from './cluster-secrets';
import { fenceRegion } from './fence';
import { knownContexts } from './kubeconfig';
import { ClusterFacts } from './kubernetes-facts';
import { KubernetesLease } from './kubernetes-lease';
import { inTime, KubernetesRegion, statusOf } from './kubernetes-region';
import { ConfigMapStore } from './kubernetes-store';
import { ForwardedTransport } from './port-forward';
import { temporaryBroker } from './temporary-broker';

/** A server that is there answers within this time. */
const ANSWER_MS = 2_500;
/** Who is asked as where the user of a recovery is not let in. */
const ADMINISTRATOR: RecoveryUser = {
  name: FIXED_NAMES.adminUser,
  secretName: FIXED_NAMES.camundaUsersSecret,
  key: FIXED_NAMES.adminPasswordKey,
};

/** A deployment that is reached by kubeconfig alone: it describes itself in each of its clusters. */
export async function kubernetesDeployment(options: ConnectionOptions, clock: Clock): Promise<FoundDeployment> {
  const ca = options.ca === undefined ? undefined : textOf(options.ca, '--ca');
  const named = {
    rest: token(options.restToken, '--rest-token') ?? user(options.restUser, '--rest-user'),
    elasticsearch: userPerRegion(options.elasticsearchUser, '--elasticsearch-user'),
  };
  const clusters = clustersOf(options);
  // All at once: a lost region must not make the others wait.
  const descriptions = clusters.map(cluster => cluster && topologyOf(cluster, options.namespace));
  const topology = await describedTopology(descriptions.filter(description => description !== undefined));
  return new KubernetesDeployment(topology, clusters, descriptions, clock, ca, named, options.json);
}

function clustersOf({ context }: ConnectionOptions): (KubernetesRegion | undefined)[] {
  const named = perRegion(context, '--context');
  const known = knownContexts();
  const contexts = context === undefined ? ['region0', 'region1'].map(name => (known.includes(name) ? name : undefined)) : named;
  for (const name of contexts) {
    if (name !== undefined && !known.includes(name))
      throw new UsageError(`the kubeconfig has no context '${name}'; it has ${known.join(', ')}`);
  }
  if (contexts.every(name => name === undefined)) {
    throw new UsageError(
      `name the context of each region, as in --context region0=NAME,region1=NAME; the kubeconfig has ${known.join(', ')}`,
    );
  }
  return [0, 1].map(id => (contexts[id] === undefined ? undefined : new KubernetesRegion(contexts[id])));
}

/** What the first cluster says that answers. */
async function describedTopology(descriptions: readonly Promise<RecoveryTopology>[]): Promise<RecoveryTopology> {
  try {
    return await Promise.any(descriptions);
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    const reasons = error.errors as Error[];
    throw (
      reasons.find(({ name }) => name === 'RecoveryTopologyError') ??
      new UnreachableError(`no cluster tells what is deployed:\n${reasons.map(({ message }) => `  - ${message}`).join('\n')}`)
    );
  }
}

async function topologyOf(cluster: KubernetesRegion, namespace: string | undefined): Promise<RecoveryTopology> {
  const name = FIXED_NAMES.recoveryTopology;
  let text: string | undefined;
  try {
    text = await descriptionIn(cluster, namespace);
  } catch (error) {
    throw new Error(`${cluster.context}: ${reasonOf(error)}`);
  }
  if (text === undefined) throw new Error(`${cluster.context}: it has no ConfigMap ${name}; name its namespace with --namespace`);
  return parseRecoveryTopology(text, `ConfigMap ${name} of context ${cluster.context}`);
}

async function descriptionIn({ core, config, context }: KubernetesRegion, named: string | undefined): Promise<string | undefined> {
  const namespace = named ?? config.getContextObject(context)?.namespace;
  const name = FIXED_NAMES.recoveryTopology;
  if (namespace === undefined) {
    const { items } = await inTime(core.listConfigMapForAllNamespaces({ fieldSelector: `metadata.name=${name}` }));
    return items[0]?.data?.[FIXED_NAMES.recoveryTopologyKey];
  }
  try {
    // The rights of a recovery do not include listing.
    const { data } = await inTime(core.readNamespacedConfigMap({ namespace, name }));
    return data?.[FIXED_NAMES.recoveryTopologyKey];
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Users that somebody has named. */
interface NamedUsers {
  readonly rest: User | GivenToken | undefined;
  elasticsearch(regionId: number): User | undefined;
}

class KubernetesDeployment implements FoundDeployment {
  private readonly secrets: ClusterSecrets;

  public constructor(
    public readonly topology: RecoveryTopology,
    private readonly clusters: readonly (KubernetesRegion | undefined)[],
    /** What each cluster says, at least one of which has answered. */
    private readonly descriptions: readonly (Promise<RecoveryTopology> | undefined)[],
    private readonly clock: Clock,
    ca: string | undefined,
    private readonly named: NamedUsers,
    private readonly json: boolean | undefined,
  ) {
    this.secrets = new ClusterSecrets(topology, regionId => this.clusterOf(regionId), ca);
  }

  public portsFor(surviving: number): RecoveryPorts {
    const { topology, clock } = this;
    const cluster = this.clusterOf(surviving);
    const { namespace, gateway } = topology.regions[surviving];
    const gateways = (): Promise<string[]> => cluster.runningPods(namespace, gateway.selector);
    const { management } = topology.ports;
    return {
      management: new ForwardedTransport({ cluster, namespace, port: management, pods: gateways }, local =>
        Promise.resolve({ url: `http://127.0.0.1:${local}` }),
      ),
      rest: this.rest(surviving, gateways),
      elasticsearch: regionId => this.elasticsearch(regionId),
      hasElasticsearch: regionId => this.clusters[regionId] !== undefined,
      searchThroughKubernetes: true,
      broker: brokerId => this.broker(brokerId),
      kubernetes: new ClusterFacts(topology, this.clusters),
      clock,
      store: new ConfigMapStore(cluster, namespace, topology.name),
      lease: new KubernetesLease(cluster, namespace, clock),
    };
  }

  public async reachable(): Promise<number> {
    const answers = this.descriptions.map(description =>
      description?.then(
        () => true,
        () => false,
      ),
    );
    for (const [regionId, answer] of answers.entries()) if (await answer) return regionId;
    throw new UnreachableError('no cluster tells what is deployed');
  }

  public hasKubernetes(regionId: number): boolean {
    return this.clusters[regionId] !== undefined;
  }

  public async answers(regionId: number): Promise<boolean> {
    const description = this.descriptions[regionId];
    if (!description) return false;
    const late = new AbortController();
    const answer = description.then(
      () => true,
      () => false,
    );
    const silence = wait(ANSWER_MS, false, { signal: late.signal }).catch(() => false);
    return Promise.race([answer, silence]).finally(() => late.abort());
  }

  public fence(regionId: number, how: FenceMeans): Promise<string> {
    return fenceRegion(this.clusterOf(regionId), this.topology.regions[regionId], how);
  }

  public async temporaryBroker(lostRegionId: number): Promise<object> {
    const { namespace, statefulSet, regionId } = this.topology.regions[1 - lostRegionId];
    const { apps } = this.clusterOf(regionId);
    const { zone } = this.topology.regions[lostRegionId];
    return temporaryBroker(await inTime(apps.readNamespacedStatefulSet({ namespace, name: statefulSet })), lostRegionId, zone?.name);
  }

  private rest(regionId: number, pods: () => Promise<string[]>): HttpTransport {
    const { topology, named } = this;
    const { namespace, gateway } = topology.regions[regionId];
    const target = { cluster: this.clusterOf(regionId), namespace, port: topology.ports.rest, pods };
    const as = (who: Credentials | undefined): HttpTransport =>
      this.secrets.freshly(
        regionId,
        who,
        new ForwardedTransport(
          target,
          local => this.secrets.secured(regionId, local, `${gateway.service}.${namespace}.svc.cluster.local`, who),
          who && ('tokenUri' in who ? who.clientId : who.name),
        ),
      );
    const { restUser: described, restClient } = topology;
    // Camunda lets nobody in with a password then.
    if (named.rest === undefined && restClient !== undefined) return as(restClient);
    if (named.rest !== undefined || described === undefined) return as(named.rest);
    const logins: [Login, ...Login[]] = [{ name: described.name, transport: as(described) }];
    if (described.name !== ADMINISTRATOR.name) logins.push({ name: ADMINISTRATOR.name, transport: as(ADMINISTRATOR) });
    return new FirstLogin(logins, text =>
      warn(`the REST API: ${text}. To make user '${described.name}': docs/security.md, 'Rotation'`, this.json),
    );
  }

  /** Each broker through the cluster of its own region. */
  private broker(brokerId: string): HttpTransport {
    const { regions, ports } = this.topology;
    const region = regions.find(({ brokers }) => brokers.some(broker => broker.brokerId === brokerId));
    const pod = region?.brokers.find(broker => broker.brokerId === brokerId)?.podName;
    if (region === undefined || pod === undefined) throw new UsageError(`the description has no broker ${brokerId}`);
    const { regionId, namespace } = region;
    // Who named no context for a region may still learn from the other one.
    if (!this.hasKubernetes(regionId))
      return { send: () => Promise.reject(new UndeliveredError(`no context leads to region ${regionId}`)) };
    return new ForwardedTransport(
      { cluster: this.clusterOf(regionId), namespace, port: ports.management, pods: () => Promise.resolve([pod]) },
      local => Promise.resolve({ url: `http://127.0.0.1:${local}` }),
    );
  }

  private elasticsearch(regionId: number): HttpTransport {
    const cluster = this.clusterOf(regionId);
    const { namespace, elasticsearch } = this.topology.regions[regionId];
    const pods = (): Promise<string[]> => cluster.runningPods(namespace, elasticsearch.selector);
    const user = this.named.elasticsearch(regionId) ?? elasticsearch.user;
    return this.secrets.freshly(
      regionId,
      user,
      new ForwardedTransport(
        { cluster, namespace, port: this.topology.ports.elasticsearch, pods },
        local => this.secrets.secured(regionId, local, `${elasticsearch.service}.${namespace}.svc`, user),
        user.name,
      ),
    );
  }

  private clusterOf(regionId: number): KubernetesRegion {
    const cluster = this.clusters[regionId];
    if (!cluster) throw new UsageError(`there is no context for region ${regionId}; name it as in --context region${regionId}=NAME`);
    return cluster;
  }
}
