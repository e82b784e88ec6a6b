import { sizeQuantity } from '../topology/plan/quantities';
import { TRUST_STORE } from './certificates';
import type { Container, PodTemplate, Workload } from './workload';

/**
 * What the node keeps of a container's output: five files of 10 MiB, and the one that is being compressed. These are the
 * kubelet's own defaults.
 *
 * @see Kubernetes documentation, KubeletConfiguration: containerLogMaxSize and containerLogMaxFiles
 */
const LOGS_MIB = 64;
/**
 * `/tmp`: native libraries that the JVM unpacks there, files of requests while they are received (at most 10 MB each), and the
 * web server's working files.
 */
const TEMPORARY_MIB = 512;
/** Jars of exporters that users add. */
const EXPORTERS_MIB = 256;
/** Certificates of authorities: less than 1 MiB. */
const TRUST_STORE_MIB = 8;
/**
 * What Elasticsearch writes beside its volume: 32 files of 64 MiB about garbage collection, and the one that is being written.
 *
 * @see Elasticsearch guide, JVM options: garbage collection logging
 */
const SEARCH_MIB = 33 * 64 + TEMPORARY_MIB;

const RESOURCE = 'ephemeral-storage';

/**
 * Bounds what pods write on the node's own disk: without a bound one pod can fill it, and the node lets go of all of them.
 *
 * Request and limit are the same, as with memory, so that no pod is let go for its neighbour. The limit of a container is its
 * output and the temporary volumes that it mounts; a volume has a limit of its own, so that a message names the culprit.
 *
 * @see Kubernetes documentation, local ephemeral storage
 *
 * @internal
 */
export function boundEphemeralStorage({ template, section }: Workload): void {
  const { containers, initContainers = [], volumes = [] } = template.spec;
  for (const volume of volumes) {
    if (volume.emptyDir) volume.emptyDir = { ...volume.emptyDir, sizeLimit: sizeQuantity(sizeOf(volume.name)) };
  }
  for (const container of [...containers, ...initContainers]) {
    const unseen = section === 'elasticsearch' ? SEARCH_MIB : 0;
    const size = sizeQuantity(LOGS_MIB + temporaryMiB(container, template) + unseen);
    const { limits, requests } = container.resources ?? {};
    container.resources = { ...container.resources, limits: { ...limits, [RESOURCE]: size }, requests: { ...requests, [RESOURCE]: size } };
  }
}

function temporaryMiB({ volumeMounts = [] }: Container, { spec }: PodTemplate): number {
  const mounted = new Set(volumeMounts.map(({ name }) => name));
  return (spec.volumes ?? [])
    .filter(({ name, emptyDir }) => emptyDir && mounted.has(name))
    .reduce((sum, { name }) => sum + sizeOf(name), 0);
}

function sizeOf(volume: string): number {
  if (volume === TRUST_STORE.name) return TRUST_STORE_MIB;
  return volume === 'exporters' ? EXPORTERS_MIB : TEMPORARY_MIB;
}
