import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { Topology } from '../../../constructs/topology/topology';
import { withSettings } from '../../support/settings/changed-settings';
import { RESTRICTED_TRAFFIC } from '../../support/settings/traffic';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';
import { ProgramHere } from '../support/program-here';

/** Names below `.invalid` exist nowhere. */
const TRAFFIC = { ...RESTRICTED_TRAFFIC, hostName: 'camunda.invalid' };
const program = new ProgramHere();
afterAll(() => program.remove());

const FILE = join(program.folder, 'topology.json');
const TOOLS = join(program.folder, 'tools');

beforeAll(() => {
  writeFileSync(FILE, recoveryTopologyText(recoveryTopology(Topology.of(withSettings({ traffic: TRAFFIC }), WHEN_ALL_WERE_SUPPORTED))));
  mkdirSync(TOOLS);
});

/** A program in place of the command line of AWS, which keeps what it was told. */
function tool(ends: string): string {
  const calls = join(program.folder, 'calls');
  writeFileSync(join(TOOLS, 'aws'), `#!/bin/sh\necho "$@" > ${calls}\n${ends}\n`);
  chmodSync(join(TOOLS, 'aws'), 0o755);
  return calls;
}

const traffic = (...args: readonly string[]): ReturnType<ProgramHere['run']> =>
  program.run(['traffic', '--topology', FILE, '--yes', ...args], { env: { PATH: `${TOOLS}:/usr/bin:/bin` } });

test('needs the description of the deployment and the command line of AWS, and no cluster', async () => {
  const calls = tool('exit 0');
  const { code, err } = await traffic('--off', 'region1', '--other-lives');
  expect([code, err]).toEqual([0, '']);
  expect(readFileSync(calls, 'utf8')).toContain('--region eu-west-2');
});

test('ends with the code for what cannot be reached where AWS refuses', async () => {
  tool('echo "Unable to locate credentials" >&2; exit 253');
  const { code, err } = await traffic('--on', 'region1');
  expect(code).toBe(5);
  expect(err).toContain('Unable to locate credentials');
});

test('is refused where the other region does not answer', async () => {
  const { code, err } = await traffic('--off', 'region0');
  expect(code).toBe(3);
  expect(err).toContain('region1 does not answer');
});
