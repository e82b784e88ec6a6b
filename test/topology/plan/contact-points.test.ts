import { Topology } from '../../../constructs/topology/topology';
import { objectsOf } from '../../support/manifests';
import { withSettings } from '../../support/settings/changed-settings';
import { ofVersion, VERSIONS } from '../../support/settings/versions';

/** Names with fewer dots are tried with every search domain first. `@see` Kubernetes documentation, DNS for Services and Pods */
const NDOTS_OF_PODS = 5;

describe.each(VERSIONS)('contact points of %s', version => {
  const settings = withSettings(ofVersion(version));
  const hosts = Topology.of(settings).contactPoints.map(point => point.replace(/:\d+$/, ''));

  test('are asked for as they are first: a search domain that does not answer would keep a broker of 8.7 or 8.8 from ever joining', () => {
    expect(hosts.length).toBeGreaterThan(1);
    for (const host of hosts) expect(host.endsWith('.') || host.split('.').length - 1 >= NDOTS_OF_PODS).toBe(true);
  });

  test('are looked up with the resolver that pods have without being told', () => {
    for (const regionId of [0, 1]) expect(JSON.stringify(objectsOf(regionId, settings))).not.toContain('dnsConfig');
  });
});
