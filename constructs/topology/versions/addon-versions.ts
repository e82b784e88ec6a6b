/**
 * The add-ons of EKS that every cluster has.
 *
 * @internal
 */
export type Addon = 'vpcCni' | 'kubeProxy' | 'podIdentityAgent' | 'coreDns' | 'ebsCsi';

/** @internal */
export type AddonVersions = Readonly<Record<Addon, string>>;

/** The same for every version of Kubernetes that is on offer. */
const COMMON = {
  vpcCni: 'v1.22.4-eksbuild.3',
  podIdentityAgent: 'v1.3.10-eksbuild.3',
  ebsCsi: 'v1.66.0-eksbuild.1',
} as const;

/**
 * Versions of the add-ons, by version of Kubernetes: what EKS installs by default, as seen in September 2026.
 *
 * `aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name coredns` lists the newer ones.
 *
 * @see answers of that command in public repositories, two or more for each of 1.35 and 1.36, one for 1.34; the tables of the Amazon EKS
 * user guide (manage CoreDNS, kube-proxy) are older builds of the same versions
 *
 * @internal
 */
export const ADDON_VERSIONS: Readonly<Record<string, AddonVersions>> = {
  '1.34': { ...COMMON, kubeProxy: 'v1.34.6-eksbuild.29', coreDns: 'v1.12.4-eksbuild.38' },
  '1.35': { ...COMMON, kubeProxy: 'v1.35.3-eksbuild.29', coreDns: 'v1.13.2-eksbuild.31' },
  '1.36': { ...COMMON, kubeProxy: 'v1.36.0-eksbuild.25', coreDns: 'v1.14.3-eksbuild.23' },
};

/** The Corefile has `failfast_all_unhealthy_upstreams`. `@see` CoreDNS 1.12.1 release notes */
const OLDEST_COREDNS = [1, 12, 1] as const;

/**
 * Whether CoreDNS of an add-on's version reads the Corefile of this library.
 *
 * @internal
 */
export function readsCorefile(addonVersion: string): boolean {
  const numbers = addonVersion.replace(/^v/, '').split(/[.-]/).map(Number);
  const difference = OLDEST_COREDNS.map((oldest, i) => numbers[i] - oldest).find(step => step !== 0) ?? 0;
  return difference >= 0;
}
