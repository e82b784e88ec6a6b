import { extendedSupportUntil, KUBERNETES_VERSIONS } from './kubernetes-versions';

/**
 * A minor version of Kubernetes on EKS that this library runs on.
 *
 * @example
 * new CamundaDualRegion(app, 'Camunda', { kubernetes: { version: KubernetesRelease.V1_36.version }, regions });
 */
export class KubernetesRelease {
  /** Kubernetes 1.34. */
  public static readonly V1_34 = KubernetesRelease.of('1.34');

  /** Kubernetes 1.35. */
  public static readonly V1_35 = KubernetesRelease.of('1.35');

  /** Kubernetes 1.36. */
  public static readonly V1_36 = KubernetesRelease.of('1.36');

  private static of(version: string): KubernetesRelease {
    const { value } = KUBERNETES_VERSIONS[version].supportedUntil;
    return new KubernetesRelease(version, value, extendedSupportUntil(value));
  }

  private constructor(
    /** The value for `kubernetes.version`, for example `1.36`. */
    public readonly version: string,
    /** Last day of standard support by EKS, ISO date. */
    public readonly supportedUntil: string,
    /** Last day of extended support by EKS, at a higher price, ISO date. */
    public readonly extendedSupportUntil: string,
  ) {}
}
