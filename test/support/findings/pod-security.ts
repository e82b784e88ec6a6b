import type { Container, PodTemplate } from '../manifests';

const ALLOWED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const ALLOWED_PROFILES = ['RuntimeDefault', 'Localhost'];

/**
 * What in a pod breaks the level `restricted` of Kubernetes' Pod Security Standards.
 *
 * @see Kubernetes documentation, Pod Security Standards
 */
export function restrictedViolations({ spec }: PodTemplate): string[] {
  const pod = spec.securityContext ?? {};
  const findings = [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter(field => spec[field]).map(field => `pod: ${field}`),
    ...(spec.volumes ?? []).flatMap(({ name, ...source }) =>
      Object.keys(source)
        .filter(kind => !ALLOWED_VOLUMES.includes(kind))
        .map(kind => `volume ${name}: ${kind}`),
    ),
    ...(pod.sysctls ? ['pod: sysctls'] : []),
    ...(pod.runAsUser === 0 ? ['pod: runAsUser 0'] : []),
  ];
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    findings.push(...containerViolations(container, pod).map(finding => `container ${container.name}: ${finding}`));
  }
  return findings;
}

function containerViolations({ securityContext = {}, ports = [] }: Container, pod: { readonly [field: string]: unknown }): string[] {
  const { drop = [], add = [] } = (securityContext.capabilities ?? {}) as { drop?: string[]; add?: string[] };
  const profile = (securityContext.seccompProfile ?? pod.seccompProfile) as { type?: string } | undefined;
  const rules: [string, boolean][] = [
    ['privileged', securityContext.privileged !== true],
    ['allowPrivilegeEscalation', securityContext.allowPrivilegeEscalation === false],
    ['capabilities.drop', drop.includes('ALL')],
    ['capabilities.add', add.every(capability => capability === 'NET_BIND_SERVICE')],
    ['runAsNonRoot', (securityContext.runAsNonRoot ?? pod.runAsNonRoot) === true],
    ['runAsUser', securityContext.runAsUser !== 0],
    ['seccompProfile', ALLOWED_PROFILES.includes(profile?.type ?? '')],
    ['procMount', [undefined, 'Default'].includes(securityContext.procMount as string | undefined)],
    ['hostPort', ports.every(port => !port.hostPort)],
  ];
  return rules.filter(([, kept]) => !kept).map(([rule]) => rule);
}
