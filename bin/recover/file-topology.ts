import { parse as parseYaml } from 'yaml';
import { FIXED_NAMES } from '../../constructs/topology/plan/names';
import type { RecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology-document';
import type { KubernetesFacts, RegionFacts } from '../../lib/recovery/ports';
import { textOf } from './arguments';
import { reasonOf } from './reason';

/** Reads a topology document, or the ConfigMap that holds it as `camunda-dual-region manifests` writes it. */
export function readTopologyFile(path: string): RecoveryTopology {
  const text = textOf(path, '--topology');
  if (!/\.ya?ml$/.test(path)) return parseRecoveryTopology(text, path);
  const manifest = parseYaml(text) as { readonly data?: { readonly [key: string]: string } } | null;
  return parseRecoveryTopology(manifest?.data?.[FIXED_NAMES.recoveryTopologyKey] ?? '', path);
}

/** Without Kubernetes, the phase is what the file says. It is read at each look: a deployment renders it again, and it may be half written then. */
export class FileFacts implements KubernetesFacts {
  public constructor(private readonly path: string) {}

  public region(): Promise<RegionFacts> {
    try {
      const { recreatedRegion } = readTopologyFile(this.path);
      return Promise.resolve(recreatedRegion === undefined ? {} : { recreatedRegion });
    } catch (error) {
      return Promise.resolve({ refused: reasonOf(error) });
    }
  }
}
