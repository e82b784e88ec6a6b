import type { k8s } from 'cdk8s-plus-28';
import { EXPORTERS_FOLDER, imageReference, jarPath } from '../../topology/plan/further-exporters';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { CONTAINER_SECURITY } from './container-security';
import { resourceRequirements } from './resource-requirements';

export const EXPORTERS_VOLUME = 'exporters';

/**
 * Containers that put the jars of the user's exporters where a broker finds them, before it starts.
 *
 * @internal
 */
export function exporterJarContainers(topology: Topology, regionId: number): k8s.Container[] {
  const plan = planOf(topology);
  return plan.settings.orchestration.exporters.flatMap(exporter => {
    const { exporterId, jar } = exporter;
    if (jar === undefined) return [];
    return [
      {
        name: `exporter-${exporterId}`,
        image: plan.image(imageReference(jar.image), regionId),
        imagePullPolicy: 'IfNotPresent',
        command: ['cp', jar.path, jarPath(exporter)],
        resources: resourceRequirements({ cpuMillis: 50, cpuLimitMillis: 200, memoryMiB: 64 }),
        securityContext: CONTAINER_SECURITY,
        volumeMounts: [{ name: EXPORTERS_VOLUME, mountPath: EXPORTERS_FOLDER }],
      },
    ];
  });
}
