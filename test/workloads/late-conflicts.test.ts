import { brokerConfiguration } from '../../constructs/topology/plan/broker-configuration';
import type { PodSettings } from '../../constructs/topology/settings/pod';
import { resolveSettings } from '../../constructs/topology/settings/resolve-settings';
import { Topology } from '../../constructs/topology/topology';
import { finishedObjects } from '../../constructs/workloads/finished-objects';
import type { RenderedObject } from '../../constructs/workloads/workload';
import { withSettings } from '../support/settings/changed-settings';

// Whatever a chart of the future sets, that no rule knows yet: it must not be replaced in silence.

const own = { 'new.thing.size': 4 };

function configured(pod: PodSettings): unknown {
  return brokerConfiguration(own, resolveSettings(withSettings({ orchestration: { pod } })));
}

test('adds paths beside those of brokers', () => {
  expect(configured({ configuration: { 'new.thing.other': 'x' } })).toEqual({ 'new.thing.other': 'x' });
});

test.each<[string, PodSettings]>([
  ['the same path', { configuration: { 'new.thing.size': '5' } }],
  ['the same path in another spelling', { configuration: { 'New.thing.s-ize': '5' } }],
  ['a path above', { configuration: { 'new.thing': '5' } }],
  ['a path below', { configuration: { 'new.thing.size.max': '5' } }],
  ['a variable of the same meaning', { environment: [{ name: 'NEW_THING_SIZE', value: '5' }] }],
])('fails for %s', (_what, pod) => {
  expect(() => configured(pod)).toThrow("must not replace 'new.thing.size', which this library sets itself");
});

/** A workload that no chart has yet, with everything that could be replaced. */
function workload(component: string): RenderedObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'new' },
    spec: {
      template: {
        metadata: { labels: { 'app.kubernetes.io/component': component, mine: 'x' }, annotations: { mine: 'x' } },
        spec: { containers: [{ name: 'main', env: [{ name: 'NEW_THING', value: '1' }] }] },
      },
    },
  };
}

test.each<[PodSettings, string]>([
  [{ environment: [{ name: 'NEW_THING', value: '5' }] }, 'connectors.pod.environment[0].name'],
  [{ configuration: { 'new.thing': '5' } }, 'connectors.pod.configuration.new.thing'],
  [{ labels: { mine: 'y' } }, 'connectors.pod.labels.mine'],
  [{ annotations: { mine: 'y' } }, 'connectors.pod.annotations.mine'],
])('fails for %j, which a container has already', (pod, setting) => {
  const topology = Topology.of(withSettings({ connectors: { pod } }));
  const finish = () => finishedObjects([workload('connectors')], topology);
  expect(finish).toThrow(`'${setting}' must not replace what this library sets itself`);
  expect(finish).toThrow('[pod-owned]');
  expect(() => finishedObjects([workload('another')], topology)).not.toThrow();
});

test('fails for a setting of Elasticsearch that is there already', () => {
  const configuration = { 'new.thing': '5' };
  const topology = Topology.of(withSettings({ elasticsearch: { pod: { configuration } } }));
  const nodeSets = [{ podTemplate: { spec: { containers: [] } }, config: { 'new.thing': true } }];
  const search = { apiVersion: 'x/v1', kind: 'Elasticsearch', metadata: { name: 'elasticsearch' }, spec: { nodeSets } };
  expect(() => finishedObjects([search], topology)).toThrow("'elasticsearch.pod.configuration.new.thing' must not replace");
});
