import { type Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiObject, App as Cdk8sApp, Chart } from 'cdk8s';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import type { CamundaRegion } from '../../../lib/region/camunda-region';
import { testApp, type SynthesisedResource } from '../../support/app';
import { deployedObjects } from '../../support/deployed-objects';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const MANIFEST = 'Custom::AWSCDK-EKS-KubernetesResource';

let app: App;
let camunda: CamundaDualRegion;
let london: CamundaRegion;
beforeEach(() => {
  app = testApp();
  camunda = new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, today: WHEN_ALL_WERE_SUPPORTED });
  [london] = camunda.regions;
});

interface Described {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly data?: string;
}

function chartOf(...objects: readonly Described[]): Chart {
  const chart = new Chart(new Cdk8sApp(), 'Payments', { disableResourceNameHashes: true });
  objects.forEach(({ kind, name, namespace, data }, i) => {
    new ApiObject(chart, String(i), { apiVersion: 'v1', kind, metadata: { name, namespace }, ...(data && { data: { data } }) });
  });
  return chart;
}

function stackOf(id: string): Stack {
  return camunda.node.findChild(id) as Stack;
}

function resourcesOf(id: string): Record<string, SynthesisedResource> {
  return (Template.fromStack(stackOf(id)).toJSON() as { Resources: Record<string, SynthesisedResource> }).Resources;
}

function messages(): string[] {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { stacks } = app.synth();
  printed.mockRestore();
  return stacks
    .flatMap(stack => stack.messages)
    .filter(({ level }) => String(level) !== 'info')
    .map(({ entry }) => JSON.stringify(entry.data));
}

/** Manifests that Camunda itself is made of. */
function ofCamunda(): string[] {
  return Object.entries(resourcesOf('Camunda0')).flatMap(([id, { Type }]) =>
    Type === MANIFEST && !id.startsWith('Extensions') ? [id] : [],
  );
}

describe('addManifests', () => {
  test('applies the objects after all of Camunda, by the same function, and keeps what a chart no longer holds', () => {
    const manifest = london.addManifests(
      chartOf({ kind: 'Namespace', name: 'payments' }, { kind: 'ConfigMap', name: 'rates', namespace: 'payments' }),
    );
    expect(manifest.node.id).toBe('Payments');
    const [[id, { Properties, DependsOn }], ...others] = Object.entries(resourcesOf('Camunda0')).filter(([key]) =>
      key.startsWith('Extensions'),
    );
    expect(others).toEqual([]);
    expect(id).toMatch(/^ExtensionsPayments/);
    expect(deployedObjects<{ kind: string }>(Properties.Manifest).map(({ kind }) => kind)).toEqual(['Namespace', 'ConfigMap']);
    expect(Properties).not.toHaveProperty('PruneLabel');
    expect(DependsOn).toEqual(expect.arrayContaining(ofCamunda()));
    expect(ofCamunda()).toHaveLength(10);
    const [{ Properties: first }] = Object.values(resourcesOf('Camunda0')).filter(({ Type }) => Type === MANIFEST);
    expect([Properties.ServiceToken, Properties.ClusterName]).toEqual([first.ServiceToken, first.ClusterName]);
    expect(messages()).toEqual([]);
  });

  test('takes the options of the CDK', () => {
    london.addManifests(chartOf({ kind: 'Namespace', name: 'payments' }), { prune: true });
    const [own] = Object.entries(resourcesOf('Camunda0')).filter(([key]) => key.startsWith('Extensions'));
    expect(own[1].Properties).toHaveProperty('PruneLabel');
  });

  test('touches neither the other region nor what is there', () => {
    london.addManifests(chartOf({ kind: 'Namespace', name: 'payments' }));
    const untouched = new CamundaDualRegion(testApp(), 'Camunda', DEFAULT_SETTINGS);
    for (const id of ['Region0', 'Region1', 'Camunda1']) {
      expect(resourcesOf(id)).toEqual(
        (Template.fromStack(untouched.node.findChild(id) as Stack).toJSON() as { Resources: Record<string, SynthesisedResource> })
          .Resources,
      );
    }
    expect(stackOf('Camunda0').dependencies.map(({ node }) => node.id)).toEqual(['Region0']);
  });

  test('refuses an object in the place of one of Camunda', () => {
    const chart = chartOf(
      { kind: 'Secret', name: 'camunda-users', namespace: 'other' },
      { kind: 'NetworkPolicy', name: 'default-deny', namespace: 'camunda-london' },
    );
    expect(() => london.addManifests(chart)).toThrow(
      "'Payments' must not hold an object of Camunda, got 'NetworkPolicy camunda-london default-deny'; give it another name, or change Camunda's with 'patches' [added-object]",
    );
  });

  test('refuses what the deployment function could not be sent', () => {
    const chart = chartOf({ kind: 'ConfigMap', name: 'rates', namespace: 'payments', data: 'x'.repeat(260_000) });
    expect(() => london.addManifests(chart)).toThrow(
      /'Payments' must have at most 258048 bytes, got 26\d{4}; divide it .*\[manifest-size\]/,
    );
  });

  test.each(['Pod', 'Deployment', 'CronJob'])('warns of a %s that the policies of Camunda would keep silent', kind => {
    london.addManifests(chartOf({ kind, name: 'worker', namespace: 'camunda-london' }));
    expect(messages().join()).toMatch(
      /'Payments' should make no pods in 'camunda-london', .*got '\w+ camunda-london worker'; .*'allowClientsFrom'.*\[added-pods\]/,
    );
  });

  test('does not warn of pods that bring a policy, nor of those elsewhere', () => {
    london.addManifests(
      chartOf(
        { kind: 'Deployment', name: 'worker', namespace: 'camunda-london' },
        { kind: 'NetworkPolicy', name: 'worker', namespace: 'camunda-london' },
      ),
    );
    camunda.regions[1].addManifests(chartOf({ kind: 'Deployment', name: 'worker', namespace: 'camunda-london' }));
    expect(messages()).toEqual([]);
  });
});

describe('addHelmChart', () => {
  test('installs a chart after Camunda', () => {
    london.addHelmChart('Prometheus', {
      chart: 'prometheus',
      repository: 'https://charts.example.com',
      version: '1.2.3',
      namespace: 'monitoring',
    });
    const [[id, { Type, Properties, DependsOn }]] = Object.entries(resourcesOf('Camunda0')).filter(([key]) => key.startsWith('Extensions'));
    expect([Type, Properties.Chart, Properties.Namespace]).toEqual(['Custom::AWSCDK-EKS-HelmChart', 'prometheus', 'monitoring']);
    expect(id).toMatch(/^ExtensionsPrometheus/);
    expect(DependsOn).toEqual(expect.arrayContaining(ofCamunda()));
    expect(messages()).toEqual([]);
  });

  test('warns of the namespace of Camunda', () => {
    london.addHelmChart('Prometheus', { chart: 'prometheus', namespace: 'camunda-london' });
    expect(messages().join()).toMatch(/'Prometheus' should make no pods in 'camunda-london'.*\[added-pods\]/);
  });
});
