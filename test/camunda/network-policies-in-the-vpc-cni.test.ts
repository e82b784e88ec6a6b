import { vpcCniFindings } from '../support/findings/vpc-cni-findings';
import { at, find, objectsOf, type KubernetesObject } from '../support/manifests';
import { CONFIGURATIONS } from '../support/settings/rendered-configurations';

describe.each(CONFIGURATIONS)('Camunda $name', ({ settings }) => {
  test.each([0, 1])('has network policies in region %i that the VPC CNI carries out as they are meant', regionId => {
    expect(vpcCniFindings(objectsOf(regionId, settings))).toEqual([]);
  });
});

type Change = (objects: readonly KubernetesObject[]) => void;

const GATEWAY = ['Service', 'camunda-zeebe-gateway'] as const;

function change(kind: string, name: string, path: readonly (string | number)[], value: unknown): Change {
  return objects => {
    at<Record<string | number, unknown>>(find(objects, kind, name), ...path.slice(0, -1))[path[path.length - 1]] = value;
  };
}

function remove(kind: string, name: string, ...path: readonly string[]): Change {
  return objects => {
    delete at<Record<string, unknown>>(find(objects, kind, name), ...path.slice(0, -1))[path[path.length - 1]];
  };
}

const MANY_PORTS = Array.from({ length: 25 }, (_, i) => ({ port: 1000 + i, protocol: 'TCP' }));

test.each<[string, Change, string]>([
  [
    'a Service that leaves out a label of the policy',
    remove(...GATEWAY, 'spec', 'selector', 'app.kubernetes.io/part-of'),
    'policy connectors: Service camunda-zeebe-gateway does not select by app.kubernetes.io/part-of',
  ],
  [
    'a policy that names a label more than a Service',
    objects => {
      const labels = { 'elasticsearch.k8s.elastic.co/statefulset-name': 'elasticsearch-es-masters' };
      for (const rule of at<{ to: { podSelector: { matchLabels: object } }[] }[]>(
        find(objects, 'NetworkPolicy', 'orchestration'),
        'spec',
        'egress',
      )) {
        for (const { podSelector } of rule.to) {
          if (podSelector && 'elasticsearch.k8s.elastic.co/cluster-name' in podSelector.matchLabels)
            Object.assign(podSelector.matchLabels, labels);
        }
      }
    },
    'policy orchestration: Service elasticsearch-es-http does not select by elasticsearch.k8s.elastic.co/statefulset-name',
  ],
  [
    'a port of a Service that leads to a name',
    change(...GATEWAY, ['spec', 'ports', 2, 'targetPort'], 'grpc'),
    'policy connectors: Service camunda-zeebe-gateway has port 26500 lead to a name',
  ],
  [
    'two ports of a Service that lead to the same one',
    change(...GATEWAY, ['spec', 'ports', 3], { name: 'web', port: 80, protocol: 'TCP', targetPort: 8080 }),
    'policy connectors: Service camunda-zeebe-gateway leads to 8080/TCP from two ports, of which one is admitted',
  ],
  [
    'more ports than fit',
    change('NetworkPolicy', 'connectors', ['spec', 'egress', 0, 'ports'], MANY_PORTS),
    'Deployment/camunda-connectors: 30 ports of egress, of which 24 fit',
  ],
  [
    'a port by name',
    change('NetworkPolicy', 'connectors', ['spec', 'ingress', 0, 'ports', 0, 'port'], 'http'),
    'policy connectors: port http by name',
  ],
  [
    'a range of ports',
    change('NetworkPolicy', 'connectors', ['spec', 'egress', 0, 'ports', 0, 'endPort'], 27000),
    'policy connectors: range of ports 26500 to 27000',
  ],
  [
    'a rule without ports',
    remove('NetworkPolicy', 'connectors', 'spec', 'egress', '0', 'ports'),
    'policy connectors: a rule without ports',
  ],
  [
    'a rule without the other side',
    change('NetworkPolicy', 'connectors', ['spec', 'egress', 0, 'to'], []),
    'policy connectors: a rule without the other side',
  ],
])('finds %s', (_, applyTo, finding) => {
  const objects = structuredClone(objectsOf(0));
  applyTo(objects);
  expect(vpcCniFindings(objects)).toContain(finding);
});
