import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { at, find, objectsOf, type Container, type KubernetesObject } from '../support/manifests';
import { fencesIn } from '../support/markdown';

const PAGE = readFileSync(join(__dirname, '../../docs/escape-hatches.md'), 'utf8');

/** The examples of the page, each under the bold words before it. */
function exampleOf(need: string): Partial<DualRegionSettings> {
  const section = PAGE.slice(PAGE.indexOf(`**${need}.**`));
  const [first] = fencesIn(section);
  return parse(first.text) as Partial<DualRegionSettings>;
}

function containerOf(objects: readonly KubernetesObject[], kind: string, name: string): Container {
  return at<Container>(find(objects, kind, name), 'spec', 'template', 'spec', 'containers', 0);
}

const brokersWith = (need: string, regionId: number): Container =>
  containerOf(objectsOf(regionId, exampleOf(need)), 'StatefulSet', 'camunda-zeebe');
const connectorsWith = (need: string, regionId: number): Container =>
  containerOf(objectsOf(regionId, exampleOf(need)), 'Deployment', 'camunda-connectors');

describe.each([0, 1])('in region %i, the examples', regionId => {
  test('set log levels', () => {
    const objects = objectsOf(regionId, exampleOf('Log levels'));
    const file = at<string>(find(objects, 'ConfigMap', 'camunda-zeebe-configuration'), 'data', 'application.yaml');
    expect(at(parse(file), 'logging', 'level', 'io', 'camunda', 'zeebe', 'broker')).toBe('DEBUG');
    expect(connectorsWith('Log levels', regionId).env).toContainEqual({
      name: 'LOGGING_LEVEL_IO_CAMUNDA_CONNECTOR_RUNTIME',
      value: 'DEBUG',
    });
  });

  test('set the time zone of brokers and connectors', () => {
    for (const { env } of [brokersWith('Time zone', regionId), connectorsWith('Time zone', regionId)]) {
      expect(env).toContainEqual({ name: 'TZ', value: 'Europe/Berlin' });
    }
  });

  test('add options of the virtual machine, and leave those of this library', () => {
    const { env = [] } = brokersWith('Options of the virtual machine', regionId);
    expect(env).toContainEqual({ name: 'JDK_JAVA_OPTIONS', value: '-XX:+UseZGC -Xlog:gc' });
    expect(env.find(({ name }) => name === 'JAVA_TOOL_OPTIONS')?.value).toMatch(/-Xmx\d+m/);
  });

  test('give connectors a secret from a Secret', () => {
    expect(connectorsWith('Secrets of connectors', regionId).env).toContainEqual({
      name: 'MAIL_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'mail', key: 'password' } },
    });
  });

  test('run another image of Connectors', () => {
    expect(connectorsWith('An image of Connectors with connectors of your own', regionId).image).toBe(
      'registry.example.com/connectors-orders:8.9.14',
    );
  });
});
