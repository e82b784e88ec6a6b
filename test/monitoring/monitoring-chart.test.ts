import { alertGroups } from '../../constructs/topology/plan/monitoring/alert-groups';
import { planOf } from '../../constructs/topology/plan-of';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { at, objectsOf, podTemplates, type KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS, WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';
import { selects } from '../support/workloads';

const MONITORING = { monitoring: { enabled: true } };

interface PodMonitor extends KubernetesObject {
  readonly spec: {
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly podMetricsEndpoints: { readonly port: string; readonly path: string; readonly interval: string }[];
  };
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

function objects(settings: Partial<DualRegionSettings> = MONITORING, regionId = 0): KubernetesObject[] {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...settings }, WHEN_ALL_WERE_SUPPORTED);
  return regionManifests(topology, regionId).flatMap(group => group.objects) as unknown as KubernetesObject[];
}

const monitorsIn = (all: readonly KubernetesObject[]): PodMonitor[] => all.filter(({ kind }) => kind === 'PodMonitor') as PodMonitor[];

function rulesIn(all: readonly KubernetesObject[]): Rule[] {
  const [rule] = all.filter(({ kind }) => kind === 'PrometheusRule');
  return at<{ readonly rules: Rule[] }[]>(rule, 'spec', 'groups').flatMap(({ rules }) => rules);
}

test('nothing is made by default', () => {
  const kinds = objectsOf(0).map(({ apiVersion }) => apiVersion);
  expect(kinds.filter(version => version.startsWith('monitoring.coreos.com'))).toEqual([]);
  const policies = objectsOf(0).filter(({ kind }) => kind === 'NetworkPolicy');
  expect(JSON.stringify(policies)).not.toContain('prometheus');
});

test('is applied last, in a group that goes when it is turned off', () => {
  const groups = regionManifests(Topology.of({ ...DEFAULT_SETTINGS, ...MONITORING }), 0);
  expect(groups[groups.length - 1].name).toBe('95-monitoring');
  expect(groups[groups.length - 1].objects.map(({ kind }) => kind)).toEqual(['PodMonitor', 'PodMonitor', 'PrometheusRule']);
});

test.each(VERSIONS)('each PodMonitor of %s finds the pods of one workload, and a port that they have', version => {
  const all = objects({ ...MONITORING, ...ofVersion(version) });
  const workloads = podTemplates(all).filter(({ template }) => template.metadata?.labels !== undefined);
  const found = monitorsIn(all).map(({ metadata, spec }) => {
    const selected = workloads.filter(({ template }) => selects(spec.selector.matchLabels, template.metadata?.labels ?? {}));
    expect(selected).toHaveLength(1);
    const [{ port, path, interval }] = spec.podMetricsEndpoints;
    expect([path, interval]).toEqual(['/actuator/prometheus', '30s']);
    const ports = selected[0].template.spec.containers.flatMap(container => container.ports ?? []).filter(({ name }) => name === port);
    return [metadata.name, ...ports.map(({ containerPort }) => containerPort)];
  });
  const components = planOf(Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version) }, WHEN_ALL_WERE_SUPPORTED)).version.components;
  expect(found).toEqual([
    ['camunda-zeebe', 9600],
    ...(components
      ? [
          ['camunda-zeebe-gateway', 9600],
          ['camunda-operate', 9600],
          ['camunda-tasklist', 9600],
        ]
      : []),
    ['camunda-connectors', 8080],
  ]);
});

test('objects have the labels that the operator selects by, and metrics are collected as often as is said', () => {
  const prometheus = { objectLabels: { release: 'stack' }, intervalSeconds: 10 };
  const made = objects({ monitoring: { enabled: true, prometheus } }).filter(({ apiVersion }) => apiVersion.startsWith('monitoring'));
  expect(made.map(({ metadata }) => metadata.labels?.release)).toEqual(['stack', 'stack', 'stack']);
  expect(monitorsIn(made).map(({ spec }) => spec.podMetricsEndpoints[0].interval)).toEqual(['10s', '10s']);
});

test('Connectors are not collected where there are none, and no alert speaks of others', () => {
  const all = objects({ ...MONITORING, connectors: { enabled: false } });
  expect(monitorsIn(all).map(({ metadata }) => metadata.name)).toEqual(['camunda-zeebe']);
  expect(rulesIn(all).map(({ alert }) => alert)).not.toContain('CamundaComponentDown');
});

test('the port of the management API is opened to pods of Prometheus alone', () => {
  const policy = objects().find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'orchestration')!;
  const rules = at<{ from: unknown[]; ports: { port: number }[] }[]>(policy, 'spec', 'ingress');
  expect(rules.filter(({ ports }) => ports.some(({ port }) => port === 9600)).map(({ from }) => from)).toEqual([
    [{ podSelector: {} }],
    [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      },
    ],
  ]);
  expect(Topology.of({ ...DEFAULT_SETTINGS, ...MONITORING }).peerPorts).toEqual(Topology.of(DEFAULT_SETTINGS).peerPorts);
});

describe('alerts', () => {
  test('name their region, and what helps a person', () => {
    const [first] = rulesIn(objects(MONITORING, 1));
    expect(first.labels).toEqual({ severity: 'critical', namespace: 'camunda-paris', aws_region: 'eu-west-3', camunda_region: '1' });
    expect(Object.keys(first.annotations).sort()).toEqual(['command', 'description', 'look', 'summary']);
    expect(first.annotations.command).toContain('recover failover --lost region0');
  });

  test('look at series of their own namespace, or at those of CoreDNS', () => {
    for (const { expr } of rulesIn(objects())) {
      const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].map(match => match[1]);
      expect(selectors.length).toBeGreaterThan(0);
      expect(selectors.filter(text => !/^namespace="(camunda-london|kube-system)"/.test(text))).toEqual([]);
    }
  });

  test('follow brokers, partitions, exporters, volumes and addresses of the settings', () => {
    const exporter = { exporterId: 'kafka', className: 'com.example.KafkaExporter' };
    const rules = rulesIn(
      objects({ ...MONITORING, camunda: { clusterSize: 12, partitionCount: 24 }, orchestration: { exporters: [exporter] } }),
    );
    const expressions = (name: string): string => rules.flatMap(({ alert, expr }) => (alert === name ? [expr] : [])).join('\n');
    expect(expressions('CamundaBrokersMissing')).toMatch(/ < 5$/);
    expect(expressions('CamundaPartitionsMissing')).toMatch(/ < 24$/);
    expect(expressions('CamundaLeadersUnbalanced')).toMatch(/ > 5$/);
    expect(expressions('CamundaVolumesUnseen')).toMatch(/ < 9$/);
    expect(expressions('CamundaExporterStuck')).toContain('exporter=~"camundaregion0|camundaregion1|kafka"');
    expect(expressions('CamundaExporterMissing').split('\n')).toHaveLength(3);
    const { forwarderAddresses } = Topology.of(DEFAULT_SETTINGS).regions[1];
    const [, pattern] = /to=~"([^"]+)"/.exec(expressions('CamundaPeerUnreachable'))!;
    for (const address of forwarderAddresses) expect(`${address}:53`).toMatch(new RegExp(`^(${pattern})$`));
    expect(expressions('CamundaPeerUnreachable')).toMatch(new RegExp(` == ${forwarderAddresses.length}$`));
  });

  test('wait for the archiver as long as the settings say', () => {
    const minutes = (waitMinutes: number): number | undefined => {
      const topology = Topology.of({ ...DEFAULT_SETTINGS, history: { archiving: { waitMinutes } } });
      const alerts = alertGroups(topology, 0).flatMap(group => group.alerts);
      return alerts.find(({ name }) => name === 'CamundaArchivingStopped')?.minutes;
    };
    expect([minutes(30), minutes(240)]).toEqual([90, 300]);
  });

  test('know the volumes of brokers by the zone in the name of their StatefulSet', () => {
    const zones = {
      camunda: { version: '8.10', zones: true },
      regions: DEFAULT_SETTINGS.regions.map((region, i) => ({ ...region, zone: { name: ['london', 'paris'][i] } })),
    };
    const [disk] = rulesIn(objects({ ...MONITORING, ...zones }, 1)).filter(({ alert }) => alert === 'CamundaBrokerDiskFilling');
    expect(disk.expr).toContain('persistentvolumeclaim=~"data-camunda-zeebe-paris-[0-9]+"');
  });

  test('can be patched like any object', () => {
    const patch = { kind: 'PrometheusRule', name: 'camunda-alerts', operations: [{ op: 'remove', path: '/spec/groups/3' }] };
    const [rule] = objects({ ...MONITORING, patches: [patch] }).filter(({ kind }) => kind === 'PrometheusRule');
    expect(at<{ name: string }[]>(rule, 'spec', 'groups').map(({ name }) => name)).toEqual([
      'camunda-cluster',
      'camunda-exporting',
      'camunda-storage',
    ]);
  });
});
