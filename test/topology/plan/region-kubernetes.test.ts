import { kubernetesOf } from '../../../constructs/topology/plan/region-kubernetes';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { ADDON_VERSIONS, readsCorefile } from '../../../constructs/topology/versions/addon-versions';
import { KUBERNETES_VERSIONS } from '../../../constructs/topology/versions/kubernetes-versions';
import { withRegions } from '../../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';

const of = (settings: DualRegionSettings, regionId: number) => kubernetesOf(resolveSettings(settings), regionId);

describe('add-ons', () => {
  test('have a version for every version of Kubernetes on offer', () => {
    expect(Object.keys(ADDON_VERSIONS)).toEqual(Object.keys(KUBERNETES_VERSIONS));
  });

  test.each(Object.entries(ADDON_VERSIONS))('of %s fit it, and read the Corefile', (version, { kubeProxy, coreDns }) => {
    expect(kubeProxy.startsWith(`v${version}.`)).toBe(true);
    expect(readsCorefile(coreDns)).toBe(true);
  });

  test.each([
    ['v1.12.0-eksbuild.9', false],
    ['v1.12.1-eksbuild.2', true],
    ['v1.9.3-eksbuild.15', false],
    ['v1.13.0-eksbuild.1', true],
    ['v2.0.0-eksbuild.1', true],
  ])('CoreDNS %s reads the Corefile: %p', (version, reads) => {
    expect(readsCorefile(version)).toBe(reads);
  });
});

describe('what a region runs', () => {
  test('is what the library was made for', () => {
    expect(of(DEFAULT_SETTINGS, 0)).toEqual({ version: '1.36', nodeRelease: undefined, addons: ADDON_VERSIONS['1.36'] });
  });

  test('follows the version of the region', () => {
    const settings = withRegions({}, { kubernetes: { version: '1.35' } });
    expect(of(settings, 0).version).toBe('1.36');
    expect(of(settings, 1)).toMatchObject({ version: '1.35', addons: ADDON_VERSIONS['1.35'] });
  });

  test('prefers what is pinned for the region to what is pinned for both', () => {
    const [both, own] = ['v1.23.0-eksbuild.1', 'v1.23.1-eksbuild.1'];
    const pinned = {
      ...withRegions({ kubernetes: { addons: { vpcCni: own }, nodeRelease: '1.36.4-20260923' } }),
      kubernetes: { addons: { vpcCni: both, ebsCsi: 'v1.67.0-eksbuild.1' } },
    };
    expect(of(pinned, 0)).toMatchObject({ nodeRelease: '1.36.4-20260923', addons: { vpcCni: own, ebsCsi: 'v1.67.0-eksbuild.1' } });
    expect(of(pinned, 1)).toMatchObject({ nodeRelease: undefined, addons: { vpcCni: both, coreDns: ADDON_VERSIONS['1.36'].coreDns } });
  });
});
