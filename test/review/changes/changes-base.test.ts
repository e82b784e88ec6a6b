import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBase, type Base } from '../../../bin/review/base';
import { readState, writeState } from '../../../bin/review/base-state-folder';
import { Topology } from '../../../constructs/topology/topology';
import { regionManifests } from '../../../lib/region-manifests';
import { changesFrom, dangersFrom } from '../../support/findings/found-changes';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { LIBRARY_VERSION, manifestStateFor, stateFor } from '../../support/settings/states';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const folder = mkdtempSync(join(tmpdir(), 'review-base-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = readFileSync('config/default.yaml', 'utf8');
const CONFIG = join(folder, 'repository/deployments/orders.yaml');
const NEW_CONFIG = join(folder, 'repository/new/orders.yaml');

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  const { status, stderr } = spawnSync('git', [...identity, '-C', join(folder, 'repository'), ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

beforeAll(() => {
  mkdirSync(join(folder, 'repository/deployments'), { recursive: true });
  const commit = (text: string, tag: string): void => {
    writeFileSync(CONFIG, text);
    git('add', '-A');
    git('commit', '-qm', tag);
    git('tag', tag);
  };
  git('init', '-q');
  commit('regions: 5\n', 'broken');
  commit(TEXT, 'good');
  // What is in the work tree is not what is compared with.
  writeFileSync(CONFIG, TEXT.replaceAll('camunda-paris', 'camunda-lyon'));
});

const base = (name: string, config = CONFIG): Base =>
  readBase({
    base: name,
    config,
    libraryVersion: LIBRARY_VERSION,
    render: settings => {
      const topology = Topology.of(settings, WHEN_ALL_WERE_SUPPORTED);
      return { topology, stacks: [], manifests: topology.regions.map(({ regionId }) => regionManifests(topology, regionId)) };
    },
    today: WHEN_ALL_WERE_SUPPORTED,
  });

describe('a git ref', () => {
  test('is the configuration at that commit, by the code at hand, and says what that hides', () => {
    const { state, name, notes } = base('good');
    expect(changesFrom(state!, manifestStateFor(DEFAULT_SETTINGS))).toEqual([]);
    expect(name).toMatch(/^good \([0-9a-f]{12}\)$/);
    expect(notes).toEqual([expect.stringContaining('an update of this library itself changes is not seen')]);
  });

  test('without the file means that all is new', () => {
    const { state, notes } = base('good', NEW_CONFIG);
    expect(state).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining('the deployment is new')]);
  });

  test.each([
    ['nowhere', /neither a folder nor a git ref 'nowhere'; check the spelling.*git fetch/],
    ['good:deployments', /neither a folder nor a git ref/],
    ['--all', /'--all' is no git ref; name a branch/],
    ['', /is no git ref/],
    ['broken', /at broken \([0-9a-f]{12}\) has mistakes for this version of the library: 'regions'/],
  ])('fails for %p', (ref, message) => {
    expect(() => base(ref)).toThrow(message);
  });

  test('fails outside of a repository', () => {
    expect(() => base('main', join(folder, 'orders.yaml'))).toThrow(/is no folder, and .* is in no git repository/);
  });
});

describe('a folder', () => {
  const out = join(folder, 'out');
  const written = stateFor(DEFAULT_SETTINGS);
  beforeEach(() => void writeState(out, written, TEXT));
  const index = join(out, 'state/state.json');
  const edit = (changes: Record<string, unknown>): void =>
    writeFileSync(index, JSON.stringify({ ...(JSON.parse(readFileSync(index, 'utf8')) as object), ...changes }));

  test('is what was written, from either folder, with the text of the configuration', () => {
    expect(readState(out)).toEqual(written);
    expect(readState(join(out, 'state'))).toEqual(written);
    expect(readFileSync(join(out, 'state/configuration.yaml'), 'utf8')).toBe(TEXT);
    expect(base(out)).toMatchObject({ name: out, notes: [] });
  });

  test('holds nothing of what was written before', () => {
    const fewer = { ...written, stacks: written.stacks.slice(1) };
    writeState(out, fewer, TEXT);
    expect(readState(out)).toEqual(fewer);
    expect(() => readFileSync(join(out, `state/templates/${written.stacks[0].stackRole}.json`))).toThrow('ENOENT');
  });

  test('of another version of the library says so, and its templates are compared', () => {
    edit({ libraryVersion: '0.9.0' });
    expect(base(out).notes).toEqual([expect.stringMatching(/version 0\.9\.0 of this library, this one is 1\.2\.3/)]);
    expect(dangersFrom(base(out).state!, written)).toEqual([]);
  });

  test.each<[string, () => void, RegExp]>([
    ['of another kind', () => edit({ kind: 'x' }), /is of another kind, "x"; name a folder that a review has written/],
    [
      'of another version',
      () => edit({ schemaVersion: 99 }),
      /is a state of version 99, written by version "1\.2\.3" .*reads version 2; review the base/,
    ],
    ['that is cut', () => writeFileSync(index, '{'), /state\.json' cannot be read: .*; write the state anew/],
    ['that lacks a part', () => edit({ topology: {} }), /is not whole: .*topology/],
    [
      'that names other files',
      () => edit({ stacks: [{ stackRole: 'a', stackName: 'a', awsRegion: 'a', file: '../x.json' }] }),
      /is not whole/,
    ],
    ['without a template', () => rmSync(join(out, 'state/templates/Region0.json')), /Region0\.json' cannot be read/],
    ['without a state', () => rmSync(index), /holds no state\/state\.json; name the --out folder/],
  ])('fails for one %s', (_what, spoil, message) => {
    spoil();
    expect(() => base(out)).toThrow(message);
    expect(() => base(out)).toThrow(expect.objectContaining({ name: 'BaseError' }) as Error);
  });
});
