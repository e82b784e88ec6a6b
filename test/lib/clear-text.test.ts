import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { testApp } from '../support/app';
import { defaultDeployment, synthesise } from '../support/deployment';
import { clearTextIn } from '../support/findings/clear-text';
import { leaves, objectsOf } from '../support/manifests';
import { FULL_SETTINGS } from '../support/settings/full-settings';

/** Parameters, environments of functions, values of Helm charts, manifests: all of it stands in the templates. */
function templates(): Record<string, unknown> {
  const app = testApp();
  const full = synthesise(app, new CamundaDualRegion(app, 'Camunda', FULL_SETTINGS));
  const named = (prefix: string, stacks: ReturnType<typeof defaultDeployment>['stacks']) =>
    Object.entries(stacks).map(([id, { template }]): [string, unknown] => [`${prefix} ${id}`, withAccountIn(template)]);
  return Object.fromEntries([...named('default', defaultDeployment().stacks), ...named('full', full.stacks)]);
}

/** Text that CloudFormation puts the account into is text: what it says must be seen. */
function withAccountIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withAccountIn);
  const [, parts] = (value as { readonly 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? [];
  const texts = parts?.map(part => (JSON.stringify(part) === '{"Ref":"AWS::AccountId"}' ? '123456789012' : part));
  if (texts?.every(text => typeof text === 'string')) return texts.join('');
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withAccountIn(member)]));
}

const ALL = templates();

test.each([0, 1])('no object of region %i holds a password or a default user, whatever is set', regionId => {
  for (const version of Object.keys(CAMUNDA_VERSIONS)) expect(clearTextIn(objectsOf(regionId, { camunda: { version } }))).toEqual([]);
  expect(clearTextIn(objectsOf(regionId, FULL_SETTINGS))).toEqual([]);
});

test.each(Object.keys(ALL))('the template of %s holds none', name => {
  expect(clearTextIn(ALL[name])).toEqual([]);
});

test('manifests are searched whole, for whichever account', () => {
  const manifests = Object.entries(ALL)
    .filter(([name]) => name.includes('Camunda'))
    .flatMap(([, template]) => leaves(template).filter(({ path }) => path.endsWith('Properties.Manifest')));
  expect(manifests.length).toBeGreaterThan(20);
  expect(manifests.filter(({ value }) => !Array.isArray(JSON.parse(String(value))))).toEqual([]);
  expect(manifests.filter(({ value }) => String(value).includes(':123456789012:role/')).length).toBe(4);
});

test('templates are searched where passwords could be: functions, charts and manifests', () => {
  const paths = Object.values(ALL).flatMap(template => leaves(template).map(({ path }) => path));
  for (const place of [/Environment\.Variables\.\w+/, /Properties\.Values$/, /Properties\.Manifest$/]) {
    expect(paths.filter(path => place.test(path)).length).toBeGreaterThan(0);
  }
});

const variable = (name: string, value: string) => ({ spec: { containers: [{ env: [{ name, value }] }] } });
const file = (text: string) => ({ data: { 'application.yaml': text } });

test.each<[string, unknown, string]>([
  ['a variable', variable('ADMIN_PASSWORD', 'x1'), '.spec.containers[0].env[0](ADMIN_PASSWORD)'],
  ['a variable of another kind', variable('API_TOKEN', 'x1'), '.spec.containers[0].env[0](API_TOKEN)'],
  ['a member', { parameters: { password: 'x1' } }, '.parameters.password'],
  [
    'a file in a ConfigMap',
    file('camunda:\n  users:\n    - username: a\n      password: x1\n'),
    '.data.application.yaml».camunda.users[0].password',
  ],
  ['a Secret of our own', { kind: 'Secret', stringData: { 'admin-password': 'x1' } }, '.stringData.admin-password'],
  ['the environment of a function', { Environment: { Variables: { DB_PASSWORD: 'x1' } } }, '.Environment.Variables.DB_PASSWORD'],
  ['the values of a chart', { Properties: { Values: '{"auth":{"password":"x1"}}' } }, '.Properties.Values».auth.password'],
  [
    'a manifest within a template',
    { Manifest: JSON.stringify([variable('ADMIN_PASSWORD', 'x1')]) },
    '.Manifest»[0].spec.containers[0].env[0](ADMIN_PASSWORD)',
  ],
  ['an option of a JVM', variable('JAVA_TOOL_OPTIONS', '-Djavax.net.ssl.trustStorePassword=x1'), '.spec.containers[0].env[0].value'],
  ['a line of a script', { data: { 'startup.sh': '#!/bin/sh\nexport PASSWORD=x1\n' } }, '.data.startup.sh'],
  ['an address', { url: 'http://elastic:x1@elasticsearch:9200' }, '.url'],
  ['Camunda’s first user', { args: ['demo:demo'] }, '.args[0]'],
  ['Camunda’s user for Connectors', { note: 'log in as connectors/connectors' }, '.note'],
  ['a password that everybody knows', { value: 'changeme' }, '.value'],
])('fails for a password in %s', (_where, planted, path) => {
  const found = clearTextIn(planted).map(finding => finding.path.replace('»[0].camunda', '».camunda'));
  expect(found).toEqual([path]);
});

test.each<[string, unknown]>([
  ['a reference to a Secret', { env: [{ name: 'ADMIN_PASSWORD', valueFrom: { secretKeyRef: { name: 'a', key: 'admin-password' } } }] }],
  ['a placeholder', file('a:\n  password: ${VALUES_ADMIN_PASSWORD}\n')],
  ['a template of External Secrets', { data: { password: '{{ .password }}' } }],
  ['the place of a secret', { secretName: 'camunda-users', secretKey: 'admin-password', passwordKey: 'password' }],
  ['a script that reads a variable', { data: { 'startup.sh': '#!/bin/sh\nPASSWORD="${OTHER}"\n' } }],
])('passes %s', (_what, value) => {
  expect(clearTextIn(value)).toEqual([]);
});
