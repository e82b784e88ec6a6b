import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { reachabilityOf } from '../../lib/review/reachability';
import { testApp } from '../support/app';
import { EXPECTED_FLOWS, idsOf, STACKS, type Resources } from '../support/changed-templates';
import { defaultDeployment, synthesise, templatesOf, type Deployment } from '../support/deployment';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion } from '../support/settings/versions';

const INGRESS = 'AWS::EC2::SecurityGroupIngress';

/** What opens a port, without its description. */
function rulesOf(deployment: Deployment): unknown[] {
  return templatesOf(deployment, 'Region0', 'Region1').flatMap(({ template }) => {
    const resources = template.Resources as unknown as Resources;
    return idsOf(resources, INGRESS).map(id => ({ id, ...resources[id].Properties, Description: undefined }));
  });
}

describe.each([
  ['8.7', ofVersion('8.7')],
  ['8.8', ofVersion('8.8')],
  ['8.8, migrating from 8.7', MIGRATION],
])('Camunda %s', (_version, settings) => {
  const app = testApp();
  const deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, ...settings }));

  test('lets exactly the documented ports cross', () => {
    const { topology } = deployment.construct;
    expect(reachabilityOf(topology, templatesOf(deployment, ...STACKS))).toEqual({ flows: EXPECTED_FLOWS, findings: [] });
  });

  test('opens them by the same rules as every other version: EC2 refuses a second rule for the same port in an upgrade', () => {
    expect(rulesOf(deployment)).toEqual(expect.arrayContaining(rulesOf(defaultDeployment())));
    expect(rulesOf(deployment)).toHaveLength(rulesOf(defaultDeployment()).length);
  });
});
