import {
  AppsV1Api,
  CoordinationV1Api,
  CoreV1Api,
  createConfiguration,
  KubeConfig,
  NetworkingV1Api,
  ServerConfiguration,
  type ApiConstructor,
  type ApiType,
  type Middleware,
  type V1Pod,
} from '@kubernetes/client-node';
import type { RecoveryRegion } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { UnreachableError, UsageError } from '../exit-code';
import { ofError } from '../reason';

/** A hanging API server is a lost one. */
const TIMEOUT_MS = 8_000;
/** How long a server that answered before may fail. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 1_000;

/** A Secret is there, and lacks a key. */
export class MissingKeyError extends Error {}

/** One region's Kubernetes API, through a context of the kubeconfig. */
export class KubernetesRegion {
  public readonly config: KubeConfig;
  public readonly core: CoreV1Api;
  public readonly apps: AppsV1Api;
  public readonly coordination: CoordinationV1Api;
  public readonly networking: NetworkingV1Api;
  private hasAnswered = false;

  public constructor(public readonly context: string) {
    this.config = new KubeConfig();
    this.config.loadFromDefault();
    this.config.setCurrentContext(context);
    this.core = this.client(CoreV1Api);
    this.apps = this.client(AppsV1Api);
    this.coordination = this.client(CoordinationV1Api);
    this.networking = this.client(NetworkingV1Api);
  }

  private client<T extends ApiType>(kind: ApiConstructor<T>): T {
    const cluster = this.config.getCurrentCluster();
    if (!cluster) throw new UsageError(`the kubeconfig has no cluster for context '${this.context}'`);
    const options = { baseServer: new ServerConfiguration(cluster.server, {}), authMethods: { default: this.config } };
    return new kind(createConfiguration({ ...options, promiseMiddleware: [this.watch()] }));
  }

  private watch(): Middleware {
    return {
      pre: context => {
        // Ends the request itself: one that only nobody waits for any more would keep the program from ending.
        context.setSignal(AbortSignal.timeout(TIMEOUT_MS));
        return Promise.resolve(context);
      },
      post: response => {
        this.hasAnswered = true;
        return Promise.resolve(response);
      },
    };
  }

  /** As `inTime`, but a server that has answered before is asked again while it fails, as one does that is being replaced. */
  public async patiently<T>(request: () => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await inTime(request());
      } catch (error) {
        const status = statusOf(error);
        const passes = error instanceof UnreachableError || status === 429 || (status !== undefined && status >= 500);
        if (!passes || !this.hasAnswered || Date.now() > until) throw error;
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  /** Pods that run, those that are ready first. */
  public async runningPods(namespace: string, selector: string): Promise<string[]> {
    const { items } = await inTime(this.core.listNamespacedPod({ namespace, labelSelector: selector }));
    return items
      .filter(isRunning)
      .sort((a, b) => Number(isReady(b)) - Number(isReady(a)))
      .map(nameOf);
  }

  /** A value of a Secret. */
  public async secret(namespace: string, name: string, key: string): Promise<string> {
    const { data } = await inTime(this.core.readNamespacedSecret({ namespace, name }));
    const value = data?.[key];
    if (value === undefined) throw new MissingKeyError(`Secret ${name} in ${namespace} has no key ${key}`);
    return Buffer.from(value, 'base64').toString('utf8');
  }

  /** Pods of the brokers, whatever state they are in. */
  public async brokerPods({ namespace, brokers }: RecoveryRegion): Promise<V1Pod[]> {
    const names = brokers.map(({ podName }) => podName);
    const { items } = await inTime(this.core.listNamespacedPod({ namespace, labelSelector: 'statefulset.kubernetes.io/pod-name' }));
    return items.filter(pod => names.includes(nameOf(pod)));
  }
}

export function nameOf(pod: V1Pod): string {
  return pod.metadata?.name ?? '';
}

export function isRunning(pod: V1Pod): boolean {
  return pod.status?.phase === 'Running' && pod.metadata?.deletionTimestamp === undefined;
}

export function isReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** Waits for an answer of the Kubernetes API. That there is none is an `UnreachableError`. */
export async function inTime<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'AbortError') throw new UnreachableError(`the Kubernetes API gave no answer within ${TIMEOUT_MS / 1000} s`);
    if (error.name === 'FetchError') throw new UnreachableError(`the Kubernetes API cannot be reached: ${error.message}`);
    throw error;
  }
}

/** Status of an answer of the Kubernetes API that is an error. */
export function statusOf(error: unknown): number | undefined {
  const code = ofError(error, 'code');
  return typeof code === 'number' ? code : undefined;
}
