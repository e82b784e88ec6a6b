import type { V1ConfigMap } from '@kubernetes/client-node';
import { camundaLabels, FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { parsed } from '../../../lib/recovery/calls/readings';
import { ProgressConflictError, type ProgressStore } from '../../../lib/recovery/ports';
import type { Progress } from '../../../lib/recovery/record/progress';
import { progressOf } from '../../../lib/recovery/record/progress-document';
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
      const version = metadata?.resourceVersion;
      if (text === undefined) return { version };
      return {
        progress: progressOf(parsed(text), `ConfigMap ${FIXED_NAMES.recoveryProgress} of ${this.cluster.context}`, version),
        version,
      };
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
