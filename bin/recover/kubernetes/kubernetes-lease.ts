import { type V1Lease, V1MicroTime } from '@kubernetes/client-node';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { Clock, LeaseHolder, OperatorLease } from '../../../lib/recovery/ports';
import { LeaseWatch } from '../../../lib/recovery/record/lease-watch';
import { statusOf, type KubernetesRegion } from './kubernetes-region';

/** Shows who runs a recovery, and keeps others from running it at the same time. */
export class KubernetesLease implements OperatorLease {
  private readonly watch: LeaseWatch;

  public constructor(
    private readonly cluster: KubernetesRegion,
    private readonly namespace: string,
    private readonly clock: Clock,
  ) {
    this.watch = new LeaseWatch(() => clock.elapsed());
  }

  public async hold(operator: string, seconds: number): Promise<LeaseHolder | undefined> {
    const lease = await this.read();
    const holder = lease?.spec?.holderIdentity;
    if (holder && holder !== operator) {
      const renewal = lease.metadata?.resourceVersion ?? '';
      const remainingMs = this.watch.remaining(renewal, lease.spec?.leaseDurationSeconds ?? seconds);
      if (remainingMs > 0) return { operator: holder, renewal, remainingMs };
    }
    const written = await this.write(lease, {
      holderIdentity: operator,
      leaseDurationSeconds: seconds,
      // For people: nobody compares it with a clock.
      renewTime: new V1MicroTime(this.clock.now()),
    });
    // What was written although the answer got lost is in the way of its own repetition.
    if (!written && (await this.read())?.spec?.holderIdentity === operator) return undefined;
    return written ? undefined : { operator: 'somebody else', renewal: '', remainingMs: seconds * 1000 };
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

  /** Returns true if nobody else has written in between. */
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
