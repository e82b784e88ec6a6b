import { readsCorefile } from '../versions/addon-versions';
import { matching } from './rows/checks';
import type { Rows } from './rows/row';
import { isTextOf } from './rows/value-kinds';

/** Exact versions of the add-ons of EKS, for example `v1.14.3-eksbuild.23`. */
export interface AddonSettings {
  /**
   * Network plug-in, `vpc-cni`.
   *
   * @default - the version that this version of the library was made for
   */
  readonly vpcCni?: string;

  /**
   * Service proxy, `kube-proxy`, of the cluster's minor version.
   *
   * @default - the version that this version of the library was made for
   */
  readonly kubeProxy?: string;

  /**
   * Pod Identity agent, `eks-pod-identity-agent`.
   *
   * @default - the version that this version of the library was made for
   */
  readonly podIdentityAgent?: string;

  /**
   * CoreDNS, `coredns`, 1.12.1 or newer.
   *
   * @default - the version that this version of the library was made for
   */
  readonly coreDns?: string;

  /**
   * Storage driver, `aws-ebs-csi-driver`.
   *
   * @default - the version that this version of the library was made for
   */
  readonly ebsCsi?: string;
}

const ADDON_VERSION = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

const ADDON = {
  kind: 'string',
  checks: [
    matching(ADDON_VERSION, {
      rule: 'addon-version',
      requirement: 'must be an exact version of the add-on',
      fix: "write it like 'v1.14.3-eksbuild.23'; 'aws eks describe-addon-versions' lists them",
    }),
  ],
} as const;

/** @internal */
export const ADDONS = {
  vpcCni: ADDON,
  kubeProxy: ADDON,
  podIdentityAgent: ADDON,
  coreDns: {
    ...ADDON,
    checks: [
      ...ADDON.checks,
      {
        rule: 'addon-coredns',
        accepts: value => !isTextOf(ADDON_VERSION, value) || readsCorefile(value),
        requirement: 'must be CoreDNS 1.12.1 or newer, because the Corefile ends queries at once while the other region is silent',
        fix: 'leave it out',
      },
    ],
  },
  ebsCsi: ADDON,
} as const satisfies Rows<AddonSettings>;
