import { Topology } from '../../constructs/topology/topology';
import { at, find, objectsOf, type Container, type PodTemplate } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';
import { ScriptBed, type ScriptRun } from '../support/shell';

const OBJECTS = objectsOf(0);
const SCRIPT = at<string>(find(OBJECTS, 'ConfigMap', 'camunda-zeebe-configuration'), 'data', 'dns-gate.sh');
const GATE = at<Container>(find(OBJECTS, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'initContainers', 0);
const NAMES = GATE.args!;

/** Runs the rendered script with the rendered names, and a `getent` that behaves as told. */
function gate(getent: string, timeout: number, names: readonly string[] = NAMES): ScriptRun & { readonly lookups: string[] } {
  const bed = new ScriptBed({ getent: `echo "$2" >> "$LOG"\n${getent}`, sleep: 'exec /bin/sleep 0.1' });
  try {
    const log = bed.path('lookups');
    const run = bed.run(`touch ${log}\n${SCRIPT}`, { DNS_GATE_TIMEOUT_SECONDS: String(timeout), LOG: log }, names);
    const lookups = bed.run(`cat ${log}`, {}).stdout.split('\n').filter(Boolean);
    return { ...run, lookups };
  } finally {
    bed.remove();
  }
}

test('waits for the full names of all brokers of both regions', () => {
  expect(NAMES).toEqual(Topology.of(DEFAULT_SETTINGS).brokers.map(broker => broker.hostName));
  expect(new Set(NAMES.map(name => name.split('.')[2]))).toEqual(new Set(['camunda-london', 'camunda-paris']));
});

test.each(VERSIONS)('holds the brokers of %s back, with their own image', version => {
  const { spec } = at<PodTemplate>(find(objectsOf(1, ofVersion(version)), 'StatefulSet', 'camunda-zeebe'), 'spec', 'template');
  expect(spec.initContainers![0]).toMatchObject({ name: 'dns-gate', image: spec.containers[0].image, args: NAMES });
});

test('waits as long as the settings say', () => {
  expect(GATE.env).toEqual([{ name: 'DNS_GATE_TIMEOUT_SECONDS', value: '180' }]);
  const objects = objectsOf(0, { orchestration: { dnsGateTimeoutSeconds: 0 } });
  const container = at<Container>(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'initContainers', 0);
  expect(container.env).toEqual([{ name: 'DNS_GATE_TIMEOUT_SECONDS', value: '0' }]);
});

test('runs in the image of the broker, before it', () => {
  const broker = at<Container>(find(OBJECTS, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
  expect(GATE.image).toBe(broker.image);
  expect(GATE.command).toEqual(['bash', GATE.volumeMounts![0].mountPath]);
  expect(GATE.volumeMounts![0].subPath).toBe('dns-gate.sh');
});

test('opens at once when all names resolve, after asking for each without search domains', () => {
  const run = gate('exit 0', 180);
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).toMatch(/^DNS gate: all 8 brokers have an address/);
  expect(run.lookups).toEqual(NAMES.map(name => `${name}.`));
});

test('opens when a late name resolves, and asks again for that name only', () => {
  const late = `${NAMES[5]}.`;
  const run = gate(`[[ "$2" != "${late}" ]] || (($(grep -c "^${late}$" "$LOG") > 1))`, 180);
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.lookups).toEqual([...NAMES.map(name => `${name}.`), late]);
});

test('starts anyway in the end, and says loudly which names are missing', () => {
  const run = gate(`[[ "$2" != *camunda-paris* ]]`, 5);
  expect(run.status).toBe(0);
  expect(run.stdout).toBe('');
  expect(run.stderr).toMatch(/^DNS gate: WARNING: starting anyway after \d+ s, 4 of 8 brokers have no address: /);
  expect(run.stderr.trim().split('no address: ')[1].split(' ')).toEqual(NAMES.filter(name => name.includes('camunda-paris')));
});

test('keeps to its time while every lookup takes long', () => {
  const run = gate('/bin/sleep 0.6; exit 1', 1);
  expect(run.status).toBe(0);
  expect(run.stderr).toContain('8 of 8 brokers');
  expect(run.lookups.length).toBeLessThan(NAMES.length);
});

test('asks for nothing when it is switched off', () => {
  const run = gate('exit 1', 0);
  expect(run).toMatchObject({ status: 0, stderr: '', lookups: [] });
  expect(run.stdout).toBe('DNS gate: switched off\n');
});

test('starts anyway in an image that has no getent', () => {
  const bed = new ScriptBed({});
  try {
    const run = bed.run(`PATH=${bed.path('bin')}\n${SCRIPT}`, { DNS_GATE_TIMEOUT_SECONDS: '180' }, NAMES);
    expect(run.status).toBe(0);
    expect(run.stderr).toContain('WARNING: this image has no getent');
  } finally {
    bed.remove();
  }
});
