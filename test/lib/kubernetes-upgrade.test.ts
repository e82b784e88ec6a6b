import { Template } from 'aws-cdk-lib/assertions';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { ADDON_VERSIONS } from '../../constructs/topology/versions/addon-versions';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import type { CloudFormationTemplate } from '../../lib/review/template';
import { resourcesOf, testApp } from '../support/app';
import { synthesise } from '../support/deployment';
import { withRegions } from '../support/settings/changed-settings';

function templatesOf(settings: DualRegionSettings): Template[] {
  const app = testApp();
  const { stacks } = synthesise(app, new CamundaDualRegion(app, 'Camunda', settings));
  return ['Region0', 'Region1'].map(id => Template.fromJSON(stacks[id].template as CloudFormationTemplate));
}

const propertiesOf = (template: Template, type: string): Readonly<Record<string, unknown>>[] =>
  Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties);

describe('an upgrade of one region before the other', () => {
  const templates = templatesOf({
    ...withRegions({}, { kubernetes: { version: '1.36', nodeRelease: '1.36.4-20260923' } }),
    kubernetes: { version: '1.35', addons: { vpcCni: 'v1.23.1-eksbuild.1' } },
  });

  test.each([
    [0, '1.35', undefined],
    [1, '1.36', '1.36.4-20260923'],
  ])('region %i: nodes follow the cluster to %s, and take the release %p', (regionId, version, release) => {
    const [{ Version }] = propertiesOf(templates[regionId], 'AWS::EKS::Cluster');
    expect(Version).toBe(version);
    const groups = propertiesOf(templates[regionId], 'AWS::EKS::Nodegroup');
    expect(groups.map(group => [group.Version, group.ReleaseVersion])).toEqual(groups.map(() => [version, release]));
  });

  test.each([
    [0, '1.35'],
    [1, '1.36'],
  ])('region %i: add-ons are those for Kubernetes %s, unless they are pinned', (regionId, version) => {
    const { kubeProxy, podIdentityAgent, coreDns, ebsCsi } = ADDON_VERSIONS[version];
    const addons = propertiesOf(templates[regionId], 'AWS::EKS::Addon').map(addon => [addon.AddonName, addon.AddonVersion]);
    expect(Object.fromEntries(addons)).toEqual({
      'vpc-cni': 'v1.23.1-eksbuild.1',
      'kube-proxy': kubeProxy,
      'eks-pod-identity-agent': podIdentityAgent,
      coredns: coreDns,
      'aws-ebs-csi-driver': ebsCsi,
    });
  });
});
