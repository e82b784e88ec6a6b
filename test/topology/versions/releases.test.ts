import { Topology } from '../../../constructs/topology/topology';
import { CamundaRelease } from '../../../constructs/topology/versions/camunda-release';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { KubernetesRelease } from '../../../constructs/topology/versions/kubernetes-release';
import { KUBERNETES_VERSIONS } from '../../../constructs/topology/versions/kubernetes-versions';
import { regionManifests } from '../../../lib/region-manifests';
import { withSettings } from '../../support/settings/changed-settings';

const named = <Release>(releases: object): [string, Release][] => Object.entries(releases as Record<string, Release>);

test.each([
  ['Camunda', CamundaRelease, CAMUNDA_VERSIONS],
  ['Kubernetes', KubernetesRelease, KUBERNETES_VERSIONS],
])('every version of %s has a constant of its name', (_product, releases, versions) => {
  const names = Object.keys(versions).map(version => [`V${version.replace('.', '_')}`, version]);
  expect(named<{ readonly version: string }>(releases).map(([name, { version }]) => [name, version])).toEqual(names);
});

test.each(named<CamundaRelease>(CamundaRelease))('%s tells the images that are deployed', (_name, release) => {
  const rendered = JSON.stringify(regionManifests(Topology.of(withSettings({ camunda: { version: release.version } })), 0));
  const { camundaTag, connectorsTag, elasticsearchTag } = release;
  for (const image of [`/zeebe:${camundaTag}`, `/connectors-bundle:${connectorsTag}`, `/elasticsearch:${elasticsearchTag}`]) {
    expect(rendered.replace('/camunda:', '/zeebe:')).toContain(image);
  }
  expect(release.supportedUntil).toBe(CAMUNDA_VERSIONS[release.version].supportedUntil.value);
  expect(release.servesBothRegions).toBe(['8.9', '8.10'].includes(release.version));
});

test('a version of Kubernetes tells when its support ends, by the calendar of EKS', () => {
  expect(KubernetesRelease.V1_34).toMatchObject({ supportedUntil: '2026-12-02', extendedSupportUntil: '2027-12-02' });
  expect(KubernetesRelease.V1_36).toMatchObject({ supportedUntil: '2027-08-02', extendedSupportUntil: '2028-08-02' });
});
