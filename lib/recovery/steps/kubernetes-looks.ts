import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryRegion } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { KubernetesLook } from '../calls/call';

/** @internal */
export function brokerPodsLook({ regionId }: RecoveryRegion): KubernetesLook {
  return { regionId, kubectl: ['get', 'pods', '--selector', 'statefulset.kubernetes.io/pod-name', '--output', 'wide'] };
}

/** @internal */
export function phaseLook({ regionId }: RecoveryRegion): KubernetesLook {
  return { regionId, kubectl: ['get', 'configmap', FIXED_NAMES.recoveryTopology, '--output', 'yaml'] };
}

/** @internal */
export function rolloutLook({ regionId, statefulSet }: RecoveryRegion): KubernetesLook {
  return { regionId, kubectl: ['rollout', 'status', `statefulset/${statefulSet}`, '--watch=false'] };
}
