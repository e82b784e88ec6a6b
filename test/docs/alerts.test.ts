import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../bin/config/read-configuration';
import { alertGroups } from '../../constructs/topology/plan/monitoring/alert-groups';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { alertsPage } from '../../scripts/alerts-page';

const ROOT = join(__dirname, '../..');
const { settings } = readConfiguration(join(ROOT, 'config/default.yaml'));
const PAGE = readFileSync(join(ROOT, 'docs/alerts.md'), 'utf8');

test('the committed page is the one that the rules make', () => {
  expect(PAGE).toBe(alertsPage(settings));
});

test('has each alert of each version once', () => {
  const titles = [...PAGE.matchAll(/^### (\w+)$/gm)].map(match => match[1]);
  expect(new Set(titles).size).toBe(titles.length);
  const names = Object.keys(CAMUNDA_VERSIONS).flatMap(version =>
    alertGroups(Topology.of({ ...settings, camunda: { ...settings.camunda, version } }), 0).flatMap(({ alerts }) =>
      alerts.map(({ name }) => name),
    ),
  );
  expect([...titles].sort()).toEqual([...new Set(names)].sort());
  expect(PAGE).toContain('Only with Camunda 8.8, 8.9, 8.10.');
});

test('commands that help are commands of recover', () => {
  const help = readFileSync(join(ROOT, 'bin/recover/recover-command.ts'), 'utf8');
  const commands = [...PAGE.matchAll(/`recover ([a-z-]+)/g)].map(match => match[1]);
  expect(commands.length).toBeGreaterThan(10);
  expect([...new Set(commands)].filter(name => !help.includes(`'${name}'`))).toEqual([]);
});
