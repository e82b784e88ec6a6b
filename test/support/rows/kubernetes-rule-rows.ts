import type { KubernetesSettings } from '../../../constructs/topology/settings/kubernetes';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withRegions, withSettings } from '../settings/changed-settings';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

const both = (kubernetes: KubernetesSettings): DualRegionSettings => withSettings({ kubernetes });

/** Versions of Kubernetes, nodes and add-ons that do not fit. */
export const KUBERNETES_ERRORS: Row[] = [
  ['kubernetes-version', 'regions[1].kubernetes.version', '1.20', withRegions({}, { kubernetes: { version: '1.20' } })],
  ['section', 'regions[0].kubernetes', null, withRegions({ kubernetes: null as never })],
  ['kubernetes-versions-apart', 'regions[0].kubernetes.version', '1.34', withRegions({ kubernetes: { version: '1.34' } })],
  [
    'kubernetes-versions-apart',
    'regions[1].kubernetes.version',
    '1.36',
    { ...withRegions({}, { kubernetes: { version: '1.36' } }), kubernetes: { version: '1.34' } },
  ],
  ...['1.35.7-20260911', '1.36', '1.36.4', 'v1.36.4-20260923', 'latest'].map((nodeRelease): Row => {
    return ['node-release', 'kubernetes.nodeRelease', nodeRelease, both({ nodeRelease })];
  }),
  [
    'node-release',
    'regions[1].kubernetes.nodeRelease',
    '1.35.7-20260911',
    withRegions({}, { kubernetes: { nodeRelease: '1.35.7-20260911' } }),
  ],
  ['addon-version', 'kubernetes.addons.vpcCni', '1.22.4', both({ addons: { vpcCni: '1.22.4' } })],
  ['addon-version', 'regions[0].kubernetes.addons.ebsCsi', 'latest', withRegions({ kubernetes: { addons: { ebsCsi: 'latest' } } })],
  ['addon-coredns', 'kubernetes.addons.coreDns', 'v1.11.4-eksbuild.33', both({ addons: { coreDns: 'v1.11.4-eksbuild.33' } })],
  ['addon-coredns', 'kubernetes.addons.coreDns', 'v1.12.0-eksbuild.9', both({ addons: { coreDns: 'v1.12.0-eksbuild.9' } })],
  ['addon-kube-proxy', 'kubernetes.addons.kubeProxy', 'v1.35.3-eksbuild.29', both({ addons: { kubeProxy: 'v1.35.3-eksbuild.29' } })],
  [
    'addon-kube-proxy',
    'regions[1].kubernetes.addons.kubeProxy',
    'v1.35.3-eksbuild.29',
    withRegions({}, { kubernetes: { addons: { kubeProxy: 'v1.35.3-eksbuild.29' } } }),
  ],
];

/** What only warns. */
export const KUBERNETES_WARNINGS: Row[] = [
  ['kubernetes-version-differs', 'regions[0].kubernetes.version', '1.35', withRegions({ kubernetes: { version: '1.35' } })],
  ['kubernetes-version-differs', 'regions[1].kubernetes.version', '1.35', withRegions({}, { kubernetes: { version: '1.35' } })],
];

/** What is allowed. */
export const KUBERNETES_ALLOWED: [string, DualRegionSettings][] = [
  ['a release of nodes', both({ nodeRelease: '1.36.4-20260923' })],
  ['a release of nodes in one region first', withRegions({}, { kubernetes: { nodeRelease: '1.36.4-20260923' } })],
  ['the oldest CoreDNS that reads the Corefile', both({ version: '1.34', addons: { coreDns: 'v1.12.1-eksbuild.2' } })],
  ['the version of the other region', withRegions({ kubernetes: { version: '1.36' } })],
];
