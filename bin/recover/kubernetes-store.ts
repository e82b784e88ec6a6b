import { type V1ConfigMap, type V1Lease, V1MicroTime } from '@kubernetes/client-node';
import { camundaLabels, FIXED_NAMES } from '../../constructs/topology/names';
import { ProgressConflictError, type Clock, type LeaseHolder, type OperatorLease, type ProgressStore } from '../../lib/recovery/ports';
import type { Progress } from '../../lib/recovery/progress';
import { statusOf, type KubernetesRegion } from './kubernetes-region';

/** Progress in a ConfigMap of the surviving region. The API server lets only one of two writers through. */
export class ConfigMapStore implements ProgressStore {
  public constructor(
    private readonly cluster: KubernetesRegion,
    private readonly namespace: string,
    private readonly release: string,
  ) {}

  public async read(): Promise<{ readonly progress?: Progress; readonly version?: string }> {
    try {
      const { data, metadata } = await this.cluster.patiently(() =>
        this.cluster.core.readNamespacedConfigMap({ namespace: this.namespace, name: FIXED_NAMES.recoveryProgress }),
      );
      const text = data?.[FIXED_NAMES.recoveryProgressKey];
      if (text === undefined) return {};
      return { progress: JSON.parse(text) as Progress, version: metadata?.resourceVersion };
    } catch (error) {
      if (statusOf(error) === 404) return {};
      throw error;
    }
  }

  public async write(progress: Progress, version: string | undefined): Promise<string> {
    const { core } = this.cluster;
    const body: V1ConfigMap = {
      metadata: {
        name: FIXED_NAMES.recoveryProgress,
        namespace: this.namespace,
        labels: { ...camundaLabels(this.release, 'recovery') },
        ...(version === undefined ? {} : { resourceVersion: version }),
      },
      data: { [FIXED_NAMES.recoveryProgressKey]: JSON.stringify(progress) },
    };
    try {
      const written =
        version === undefined
          ? await this.cluster.patiently(() => core.createNamespacedConfigMap({ namespace: this.namespace, body }))
          : await this.cluster.patiently(() =>
              core.replaceNamespacedConfigMap({ namespace: this.namespace, name: FIXED_NAMES.recoveryProgress, body }),
            );
      return written.metadata?.resourceVersion ?? '';
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      // What was written although the answer got lost is in the way of its own repetition.
      const { progress: found, version: now } = await this.read();
      if (now !== undefined && JSON.stringify(found) === JSON.stringify(progress)) return now;
      throw new ProgressConflictError(`ConfigMap ${FIXED_NAMES.recoveryProgress} was changed meanwhile`);
    }
  }
}

/** Shows who runs a recovery, and keeps others from running it at the same time. */
export class KubernetesLease implements OperatorLease {
  public constructor(
    private readonly cluster: KubernetesRegion,
    private readonly namespace: string,
    private readonly clock: Clock,
  ) {}

  public async hold(operator: string, seconds: number): Promise<LeaseHolder | undefined> {
    const lease = await this.read();
    const holder = lease?.spec?.holderIdentity;
    const until = endOf(lease);
    if (holder && holder !== operator && until > this.clock.now()) return { operator: holder, until };
    const written = await this.write(lease, {
      holderIdentity: operator,
      leaseDurationSeconds: seconds,
      renewTime: new V1MicroTime(this.clock.now()),
    });
    return written ? undefined : { operator: 'somebody else', until: this.clock.now() + seconds * 1000 };
  }

  public async release(operator: string): Promise<void> {
    const lease = await this.read();
    if (lease?.spec?.holderIdentity !== operator) return;
    await this.write(lease, { leaseDurationSeconds: 1, renewTime: new V1MicroTime(this.clock.now()) });
  }

  private async read(): Promise<V1Lease | undefined> {
    try {
      return await this.cluster.patiently(() =>
        this.cluster.coordination.readNamespacedLease({ namespace: this.namespace, name: FIXED_NAMES.recoveryLease }),
      );
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** Gives whether nobody else has written in between. */
  private async write(before: V1Lease | undefined, spec: V1Lease['spec']): Promise<boolean> {
    const { coordination } = this.cluster;
    const { namespace } = this;
    const name = FIXED_NAMES.recoveryLease;
    const metadata = { name, namespace, resourceVersion: before?.metadata?.resourceVersion };
    try {
      if (before) await this.cluster.patiently(() => coordination.replaceNamespacedLease({ namespace, name, body: { metadata, spec } }));
      else await this.cluster.patiently(() => coordination.createNamespacedLease({ namespace, body: { metadata, spec } }));
      return true;
    } catch (error) {
      if (statusOf(error) === 409) return false;
      throw error;
    }
  }
}

function endOf(lease: V1Lease | undefined): number {
  const { renewTime, leaseDurationSeconds } = lease?.spec ?? {};
  return renewTime === undefined ? 0 : new Date(renewTime).getTime() + (leaseDurationSeconds ?? 0) * 1000;
}
