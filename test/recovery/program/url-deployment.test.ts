import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { FoundDeployment } from '../../../bin/recover/deployment';
import { FileFacts, readTopologyFile } from '../../../bin/recover/file-topology';
import { describedDeployment, urlDeployment } from '../../../bin/recover/url-deployment';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { topologyOf } from '../stand-in/deployment';
import { VirtualClock } from '../stand-in/virtual-clock';

const folder = mkdtempSync(join(tmpdir(), 'url-deployment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TOPOLOGY = topologyOf('8.9', 4);
const TEXT = recoveryTopologyText(TOPOLOGY);
function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const file = written('topology.json', TEXT);
const OPTIONS = {
  topology: file,
  managementUrl: 'http://127.0.0.1:9',
  restUrl: 'http://127.0.0.1:9',
  state: join(folder, 'state.json'),
  elasticsearchUrl: 'region0=http://127.0.0.1:9',
};

describe('a deployment whose tunnels somebody has opened', () => {
  let found: FoundDeployment;
  beforeEach(() => (found = urlDeployment(OPTIONS, new VirtualClock())));

  test('leads to what was named, and to nothing else', () => {
    const ports = found.portsFor(0);
    expect([0, 1].map(regionId => ports.hasElasticsearch?.(regionId))).toEqual([true, false]);
    expect(() => ports.elasticsearch(1)).toThrow('--elasticsearch-url does not name region1');
  });

  test('is asked with the token that was named', () => {
    const named = urlDeployment({ ...OPTIONS, restUser: 'ada:secret', restToken: 'a.b.c' }, new VirtualClock());
    expect([found.portsFor(0).rest.login, named.portsFor(0).rest.login]).toEqual([undefined, 'the token of --rest-token']);
  });

  test('lets nobody ask a Kubernetes API', async () => {
    expect(found.hasKubernetes(0)).toBe(false);
    expect(await found.answers(1)).toBe(true);
    expect(await found.reachable()).toBe(0);
    await expect(found.fence(1, 'scale')).rejects.toMatchObject({
      name: 'UsageError',
      message: 'fencing needs the Kubernetes API of the region',
    });
  });

  test.each(['topology', 'managementUrl', 'restUrl', 'state'])('is not found without %s', option => {
    expect(() => urlDeployment({ ...OPTIONS, [option]: undefined }, new VirtualClock())).toThrow(
      'options that lead to the deployment are missing',
    );
  });

  test.each([
    ['managementUrl', '--management-url'],
    ['restUrl', '--rest-url'],
  ])('has an address in %s', (option, name) => {
    expect(() => urlDeployment({ ...OPTIONS, [option]: 'localhost' }, new VirtualClock())).toThrow(`${name} is an address like`);
  });
});

test('a deployment of which only the description was named leads nowhere', () => {
  const found = describedDeployment(file);
  expect(found.topology).toEqual(TOPOLOGY);
  expect(found.hasKubernetes(0)).toBe(false);
  for (const way of [() => found.portsFor(0), () => found.reachable(), () => found.answers(0), () => found.fence(0, 'scale')])
    expect(way).toThrow('there is no way to this deployment: only its description was named');
});

describe('the file of a description', () => {
  const manifest = stringify({ kind: 'ConfigMap', data: { 'topology.json': TEXT } });

  test.each([
    ['one.json', TEXT],
    ['one.yaml.json', TEXT],
    ['one.yaml', manifest],
    ['one.yml', manifest],
  ])('may be %s', (name, text) => {
    expect(readTopologyFile(written(name, text))).toEqual(TOPOLOGY);
  });

  test.each(['', 'kind: ConfigMap', 'data: {}'])('is not a manifest with %j', text => {
    expect(() => readTopologyFile(written('none.yaml', text))).toThrow(/none\.yaml is not a recovery topology[\s\S]*not JSON/);
  });

  test('is told by its option where nobody can read it', () => {
    expect(() => readTopologyFile(join(folder, 'gone.json'))).toThrow(`--topology: cannot read ${folder}/gone.json: ENOENT`);
  });

  test('tells the phase at each look, also while it is half written', async () => {
    const path = written('looked-at.json', TEXT);
    const facts = new FileFacts(path);
    expect(await facts.region()).toStrictEqual({});
    written('looked-at.json', recoveryTopologyText({ ...TOPOLOGY, recreatedRegion: 1 }));
    expect(await facts.region()).toStrictEqual({ recreatedRegion: 1 });
    written('looked-at.json', TEXT.slice(0, 100));
    expect(await facts.region()).toStrictEqual({ refused: expect.stringContaining('looked-at.json is not a recovery topology') });
  });
});
