import { AppsV1Api, CoordinationV1Api, CoreV1Api, KubeConfig, NetworkingV1Api, type V1Pod } from '@kubernetes/client-node';
import type { RecoveryRegion } from '../../constructs/topology/recovery-topology';
import { UnreachableError } from './exit-code';

/** A hanging API server is a lost one. */
const TIMEOUT_MS = 8_000;

/** One region's Kubernetes API, through a context of the kubeconfig. */
export class KubernetesRegion {
  public readonly config: KubeConfig;
  public readonly core: CoreV1Api;
  public readonly apps: AppsV1Api;
  public readonly coordination: CoordinationV1Api;
  public readonly networking: NetworkingV1Api;

  public constructor(public readonly context: string) {
    this.config = new KubeConfig();
    this.config.loadFromDefault();
    this.config.setCurrentContext(context);
    this.core = this.config.makeApiClient(CoreV1Api);
    this.apps = this.config.makeApiClient(AppsV1Api);
    this.coordination = this.config.makeApiClient(CoordinationV1Api);
    this.networking = this.config.makeApiClient(NetworkingV1Api);
  }

  /** Pods that run, those that are ready first. */
  public async runningPods(namespace: string, selector: string): Promise<string[]> {
    const { items } = await inTime(this.core.listNamespacedPod({ namespace, labelSelector: selector }));
    return items
      .filter(pod => pod.status?.phase === 'Running' && pod.metadata?.deletionTimestamp === undefined)
      .sort((a, b) => Number(isReady(b)) - Number(isReady(a)))
      .map(pod => pod.metadata?.name ?? '');
  }

  /** A value of a Secret. */
  public async secret(namespace: string, name: string, key: string): Promise<string> {
    const { data } = await inTime(this.core.readNamespacedSecret({ namespace, name }));
    const value = data?.[key];
    if (value === undefined) throw new Error(`Secret ${name} in ${namespace} has no key ${key}`);
    return Buffer.from(value, 'base64').toString('utf8');
  }

  /** Pods of the brokers, whatever state they are in. */
  public async brokerPods({ namespace, brokers }: RecoveryRegion): Promise<V1Pod[]> {
    const names = brokers.map(({ podName }) => podName);
    const { items } = await inTime(this.core.listNamespacedPod({ namespace, labelSelector: 'statefulset.kubernetes.io/pod-name' }));
    return items.filter(pod => names.includes(pod.metadata?.name ?? ''));
  }
}

export function isReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

export async function inTime<T>(request: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UnreachableError(`the Kubernetes API gave no answer within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([request, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Status of an answer of the Kubernetes API that is an error. */
export function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}
