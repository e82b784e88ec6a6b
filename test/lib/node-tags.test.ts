import { Template } from 'aws-cdk-lib/assertions';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import type { CloudFormationTemplate } from '../../lib/review/template';
import { resourcesOf, testApp, type SynthesisedResource } from '../support/app';
import { synthesise } from '../support/deployment';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

/** With an app that has no feature flags: without one, the CDK gives tags to whole stacks, and CloudFormation hands them on. */
function regionWith(tags: { readonly [key: string]: string }): { readonly stackTags: object; readonly template: Template } {
  const app = testApp({ flags: false });
  const region = synthesise(app, new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, tags })).stacks.Region0;
  return { stackTags: region.tags, template: Template.fromJSON(region.template as CloudFormationTemplate) };
}

function launchTemplateOf(template: Template): SynthesisedResource {
  return Object.values(resourcesOf(template, 'AWS::EC2::LaunchTemplate'))[0];
}

describe('tags of nodes', () => {
  test.each([
    ['added', {}, { team: 'orders' }],
    ['changed', { team: 'orders' }, { team: 'claims' }],
    ['removed', { team: 'orders' }, {}],
  ])('that are %s change the launch template and no node group', (_, before, after) => {
    const [was, is] = [regionWith(before), regionWith(after)];
    expect(launchTemplateOf(is.template)).not.toEqual(launchTemplateOf(was.template));
    expect(resourcesOf(is.template, 'AWS::EKS::Nodegroup')).toEqual(resourcesOf(was.template, 'AWS::EKS::Nodegroup'));
    expect([was.stackTags, is.stackTags]).toEqual([{}, {}]);
  });

  test('reach instances, their volumes and their network interfaces', () => {
    const { template } = regionWith({ team: 'orders' });
    const { TagSpecifications } = launchTemplateOf(template).Properties.LaunchTemplateData as {
      readonly TagSpecifications: readonly { readonly ResourceType: string; readonly Tags: unknown }[];
    };
    expect(TagSpecifications.map(({ ResourceType }) => ResourceType)).toEqual(['instance', 'volume', 'network-interface']);
    for (const { Tags } of TagSpecifications) {
      expect(Tags).toEqual([
        { Key: 'Name', Value: 'Camunda/Region0/Cluster/Resource/Node' },
        { Key: 'team', Value: 'orders' },
      ]);
    }
  });
});
