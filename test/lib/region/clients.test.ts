import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import { reachabilityOf } from '../../../lib/review/reachability';
import { testApp, type SynthesisedResource } from '../../support/app';
import { deployedObjects } from '../../support/deployed-objects';
import { synthesise, templatesOf } from '../../support/deployment';
import type { KubernetesObject } from '../../support/manifests';
import { policiesOf } from '../../support/network/network-policy-filter';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { ofVersion } from '../../support/settings/versions';

const APPLICATIONS = '10.50.0.0/16';

function camundaOf(version: string): CamundaDualRegion {
  return new CamundaDualRegion(testApp(), 'Camunda', { ...DEFAULT_SETTINGS, ...ofVersion(version) });
}

function addedIn(camunda: CamundaDualRegion, stack: string): SynthesisedResource[] {
  const { Resources } = Template.fromStack(camunda.node.findChild(stack) as Stack).toJSON() as {
    Resources: Record<string, SynthesisedResource>;
  };
  return Object.entries(Resources).flatMap(([id, resource]) => (id.startsWith('Extensions') ? [resource] : []));
}

/** What the added policies of a region admit: pods, from whom, and at which ports. */
function admittedIn(camunda: CamundaDualRegion, regionId: number): unknown[] {
  const objects = addedIn(camunda, `Camunda${regionId}`).flatMap(({ Properties }) =>
    deployedObjects<KubernetesObject>(Properties.Manifest),
  );
  expect(objects.filter(({ kind }) => kind !== 'NetworkPolicy')).toEqual([]);
  return policiesOf(objects).flatMap(({ metadata, spec }) => {
    expect(spec.policyTypes).toEqual(['Ingress']);
    return (spec.ingress ?? []).map(({ from, ports }) => [
      `${metadata.namespace}/${metadata.name}`,
      spec.podSelector.matchLabels?.['app.kubernetes.io/component'],
      from,
      ports?.map(({ port, protocol }) => `${port}/${protocol}`),
    ]);
  });
}

function rulesIn(camunda: CamundaDualRegion, regionId: number): unknown[] {
  return addedIn(camunda, `Region${regionId}`).map(({ Type, Properties }) => [
    Type,
    Properties.CidrIp,
    Properties.IpProtocol,
    Properties.FromPort,
    Properties.ToPort,
    Properties.Description,
  ]);
}

const NAMESPACE_PAYMENTS = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payments' } } }];

test('a namespace gets to the gateway and to webhooks, by policies alone, in the region that admits it', () => {
  const camunda = camundaOf('8.9');
  camunda.regions[0].allowClientsFrom('payments');
  camunda.regions[0].allowClientsFrom('payments');
  expect(admittedIn(camunda, 0)).toEqual([
    ['camunda-london/orchestration-from-payments', 'zeebe-broker', NAMESPACE_PAYMENTS, ['26500/TCP', '8080/TCP']],
    ['camunda-london/connectors-from-payments', 'connectors', NAMESPACE_PAYMENTS, ['8080/TCP']],
  ]);
  expect([rulesIn(camunda, 0), rulesIn(camunda, 1), admittedIn(camunda, 1)]).toEqual([[], [], []]);
});

test('in 8.7 it gets to the gateways, and to Operate and Tasklist', () => {
  const camunda = camundaOf('8.7');
  camunda.regions[1].allowClientsFrom('payments');
  expect(admittedIn(camunda, 1).map(one => (one as unknown[]).slice(1))).toEqual([
    ['zeebe-gateway', NAMESPACE_PAYMENTS, ['26500/TCP', '8080/TCP']],
    ['operate', NAMESPACE_PAYMENTS, ['8080/TCP']],
    ['tasklist', NAMESPACE_PAYMENTS, ['8080/TCP']],
    ['connectors', NAMESPACE_PAYMENTS, ['8080/TCP']],
  ]);
});

test('a range gets to the same by policies and by rules of the security group, each port once', () => {
  const camunda = camundaOf('8.9');
  camunda.regions[0].allowClientsFrom(APPLICATIONS);
  const from = [{ ipBlock: { cidr: APPLICATIONS } }];
  expect(admittedIn(camunda, 0)).toEqual([
    ['camunda-london/orchestration-from-10-50-0-0-16', 'zeebe-broker', from, ['26500/TCP', '8080/TCP']],
    ['camunda-london/connectors-from-10-50-0-0-16', 'connectors', from, ['8080/TCP']],
  ]);
  const type = 'AWS::EC2::SecurityGroupIngress';
  expect(rulesIn(camunda, 0)).toEqual([
    [type, APPLICATIONS, 'tcp', 26500, 26500, 'your clients and job workers, from 10.50.0.0/16'],
    [type, APPLICATIONS, 'tcp', 8080, 8080, 'your clients, Operate and Tasklist in the browser, from 10.50.0.0/16'],
  ]);
  expect(rulesIn(camunda, 1)).toEqual([]);
});

test('the regions can be reached from each other as before', () => {
  const app = testApp();
  const camunda = new CamundaDualRegion(app, 'Camunda', DEFAULT_SETTINGS);
  camunda.regions.forEach(region =>
    ['payments', APPLICATIONS, DEFAULT_SETTINGS.regions[region.regionId].vpcCidr].forEach(source => region.allowClientsFrom(source)),
  );
  const deployment = synthesise(app, camunda);
  expect(reachabilityOf(camunda.topology, templatesOf(deployment)).findings).toEqual([]);
  expect(deployment.stacks.Camunda0.dependencies.map(({ id }) => id)).not.toContain(deployment.stacks.Camunda1.id);
});

test.each([
  ['0.0.0.0/0', /'allowClientsFrom' must not overlap 10\.202\.0\.0\/16, got '0\.0\.0\.0\/0'; .*\[client-source\]/],
  ['10.202.3.0/24', /must not overlap 10\.202\.0\.0\/16/],
  ['10.190.0.0/20', /must not overlap 10\.190\.0\.0\/16/],
  ['10.50.0.1/16', /must be a namespace or a range of IPv4 addresses, got '10\.50\.0\.1\/16'; write it like/],
  ['Payments', /must be a namespace or a range/],
])('%s is refused', (source, message) => {
  expect(() => camundaOf('8.9').regions[0].allowClientsFrom(source)).toThrow(message);
});
