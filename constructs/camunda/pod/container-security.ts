import type { k8s } from 'cdk8s-plus-28';

/** User and group of Camunda's images. */
const IMAGE_USER = 1001;

/**
 * Pod Security `restricted`, for every pod of Camunda.
 *
 * @internal
 */
export const POD_SECURITY: k8s.PodSecurityContext = {
  runAsNonRoot: true,
  fsGroup: IMAGE_USER,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** @internal */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: IMAGE_USER,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
