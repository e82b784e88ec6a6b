import type { AddonSettings } from '../settings/addons';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { ADDON_VERSIONS, type AddonVersions } from '../versions/addon-versions';

/**
 * What a region runs of Kubernetes.
 *
 * @internal
 */
export interface RegionKubernetes {
  readonly version: string;
  /** Release of the nodes' image. Undefined where EKS chooses it. */
  readonly nodeRelease?: string;
  readonly addons: AddonVersions;
}

/**
 * What the region says of itself, and else what both regions have in common.
 *
 * @internal
 */
export function kubernetesOf({ kubernetes, regions }: ResolvedSettings, regionId: number): RegionKubernetes {
  const own = regions[regionId].kubernetes;
  const version = own?.version ?? kubernetes.version;
  return {
    version,
    nodeRelease: own?.nodeRelease ?? kubernetes.nodeRelease,
    addons: { ...ADDON_VERSIONS[version], ...writtenOf(kubernetes.addons), ...writtenOf(own?.addons) },
  };
}

/** A section has a key for each setting, also where nobody wrote it. */
function writtenOf(addons: AddonSettings = {}): Partial<AddonVersions> {
  return Object.fromEntries(Object.entries(addons).filter(([, version]) => version !== undefined));
}
