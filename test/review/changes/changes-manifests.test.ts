import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import type { Change } from '../../../lib/review/changes/change';
import type { DeploymentState } from '../../../lib/review/changes/deployment-state';
import { changesFrom, dangersFrom, idsOf } from '../../support/findings/found-changes';
import { withRegions, withSettings } from '../../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { manifestStateFor } from '../../support/settings/states';
import { ofVersion, patchOf } from '../../support/settings/versions';

const BASE = manifestStateFor(DEFAULT_SETTINGS);
const dangers = (settings: DualRegionSettings): string[] => dangersFrom(BASE, manifestStateFor(settings));
const found = (settings: DualRegionSettings): Change[] => changesFrom(BASE, manifestStateFor(settings));

interface Loose {
  [key: string]: Loose;
}

/** The base with objects of region 0 changed by hand, as another version of the library might render them. */
function edited(kind: string, name: string, edit: (object: Loose, group: { name: string; objects: unknown[] }) => void): DeploymentState {
  const state = manifestStateFor(DEFAULT_SETTINGS);
  for (const group of state.manifests[0]) {
    const object = group.objects.find(one => one.kind === kind && (one.metadata as { name: string }).name === name);
    if (object) edit(object as unknown as Loose, group);
  }
  expect(state).not.toEqual(BASE);
  return state;
}

describe('brokers that restart', () => {
  test('a patch in both regions at once is dangerous', () => {
    const changes = found(withSettings({ images: { camundaTag: patchOf('8.9', 1) } }));
    expect(idsOf(changes, 'dangerous')).toEqual(['brokers-roll:both']);
    expect(changes[0]).toMatchObject({
      where: { object: 'StatefulSet/camunda-zeebe', field: expect.stringContaining('containers.orchestration.image') as string },
      advice: expect.stringContaining('camundaPatch') as string,
    });
  });

  test('a patch in one region is not, and says what to wait for', () => {
    const changes = found(withRegions({}, { camundaPatch: patchOf('8.9', 1) }));
    expect(idsOf(changes, 'dangerous')).toEqual([]);
    expect(changes.find(({ id }) => id === 'brokers-roll:region1')?.advice).toContain('recover verify --wait');
  });

  test('both steps of a staged upgrade are none', () => {
    const steps = [
      withRegions({}),
      withRegions({}, { camundaPatch: patchOf('8.9', 1) }),
      withRegions({ camundaPatch: patchOf('8.9', 1) }, { camundaPatch: patchOf('8.9', 1) }),
      { ...withRegions({}), images: { camundaTag: patchOf('8.9', 1) } },
    ].map(manifestStateFor);
    expect(dangersFrom(steps[1], steps[3])).toEqual([]);
    expect(changesFrom(steps[1], steps[3]).map(({ id }) => id)).toContain('brokers-roll:region0');
    expect(steps.slice(1).map((step, i) => dangersFrom(steps[i], step))).toEqual([[], [], []]);
    expect(changesFrom(steps[2], steps[3]).map(({ kind }) => kind)).toEqual(['setting-changed', 'setting-changed', 'setting-changed']);
  });

  test('a setting of the brokers is one, a setting of the connectors is not', () => {
    expect(dangers(withSettings({ orchestration: { resources: { memoryMiB: 7300 } } }))).toEqual(['brokers-roll:both']);
    expect(dangers(withSettings({ connectors: { replicas: 2 } }))).toEqual([]);
  });

  test('a number of replicas does not restart brokers', () => {
    const state = edited('StatefulSet', 'camunda-zeebe', ({ spec }) => Object.assign(spec, { replicas: 5 }));
    expect(changesFrom(BASE, state).map(({ id }) => id)).toEqual(['object-changed:region0/StatefulSet/camunda-zeebe']);
  });

  test.each(['8.8', '8.9'])('a phase of a recovery restarts them by design in %s', version => {
    const [steady, recovering] = [ofVersion(version), { ...ofVersion(version), recovery: { recreatedRegion: 1 } }]
      .map(withSettings)
      .map(manifestStateFor);
    for (const changes of [changesFrom(steady, recovering), changesFrom(recovering, steady)]) {
      expect(idsOf(changes, 'dangerous')).toEqual([]);
      expect(changes.find(({ id }) => id === 'brokers-roll:both')?.meaning).toContain('docs/recovery.md');
    }
  });
});

describe('fields that Kubernetes does not change', () => {
  test('the volume of brokers', () => {
    expect(dangers(withSettings({ orchestration: { volumeGiB: 64 } }))).toEqual(
      expect.arrayContaining([0, 1].map(id => `immutable-field-changed:region${id}/StatefulSet/camunda-zeebe/spec.volumeClaimTemplates`)),
    );
  });

  test.each([
    ['serviceName', 'other'],
    ['podManagementPolicy', 'OrderedReady'],
    ['selector', { matchLabels: { app: 'other' } }],
  ])('%s of a StatefulSet', (field, value) => {
    const state = edited('StatefulSet', 'camunda-zeebe', ({ spec }) => Object.assign(spec, { [field]: value }));
    expect(dangersFrom(BASE, state)).toEqual([`immutable-field-changed:region0/StatefulSet/camunda-zeebe/spec.${field}`]);
  });

  test('its update strategy can be changed', () => {
    const state = edited('StatefulSet', 'camunda-zeebe', ({ spec }) => Object.assign(spec, { updateStrategy: { type: 'OnDelete' } }));
    expect(dangersFrom(BASE, state)).toEqual([]);
  });

  test('the selector of a Deployment, but not its replicas', () => {
    const state = edited('Deployment', 'camunda-connectors', ({ spec }) =>
      Object.assign(spec, { selector: { matchLabels: { app: 'x' } } }),
    );
    expect(dangersFrom(BASE, state)).toEqual(['immutable-field-changed:region0/Deployment/camunda-connectors/spec.selector']);
    const more = edited('Deployment', 'camunda-connectors', ({ spec }) => Object.assign(spec, { replicas: 3 }));
    expect(dangersFrom(BASE, more)).toEqual([]);
  });
});

describe('what is kept', () => {
  test('volumes that are no longer retained', () => {
    const ids = dangers(withSettings({ retainVolumes: false }));
    expect(ids.filter(id => id.startsWith('retention-lowered:region0/StorageClass'))).toHaveLength(1);
    expect(dangersFrom(manifestStateFor(withSettings({ retainVolumes: false })), BASE).filter(id => id.startsWith('retention'))).toEqual(
      [],
    );
  });

  test('claims that go with their StatefulSet', () => {
    const policy = (whenDeleted: string): DeploymentState =>
      edited('StatefulSet', 'camunda-zeebe', ({ spec }) => Object.assign(spec, { persistentVolumeClaimRetentionPolicy: { whenDeleted } }));
    expect(dangersFrom(BASE, policy('Delete'))).toEqual(['retention-lowered:region0/StatefulSet/camunda-zeebe/whenDeleted']);
    expect(dangersFrom(BASE, policy('Retain-'))).toEqual([]);
  });
});

describe('objects that come and go', () => {
  const secrets = BASE.manifests[0].flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'ExternalSecret');
  const secret = (secrets[0].metadata as { name: string }).name;

  test('a secret with another name', () => {
    const state = edited('ExternalSecret', secret, ({ metadata }) => Object.assign(metadata, { name: 'other' }));
    const [change] = changesFrom(BASE, state);
    expect(change).toMatchObject({
      id: `object-renamed:region0/ExternalSecret/${secret}`,
      danger: 'dangerous',
      after: 'ExternalSecret/other',
    });
  });

  test('a StatefulSet that goes', () => {
    const state = edited('StatefulSet', 'camunda-zeebe', (object, group) => group.objects.splice(group.objects.indexOf(object), 1));
    expect(dangersFrom(BASE, state)).toEqual(['object-removed:region0/StatefulSet/camunda-zeebe']);
  });

  test('Connectors that are switched off are no danger, but for the flows that close', () => {
    const changes = found(withSettings({ connectors: { enabled: false } }));
    expect(idsOf(changes, 'dangerous').filter(id => !/^(flow|opening)-/.test(id))).toEqual([]);
    expect(changes.map(({ id }) => id)).toContain('object-removed:both/Deployment/camunda-connectors');
  });

  test('an object whose group goes, but not one that only moves', () => {
    const move = (leave: boolean): DeploymentState => {
      const state = manifestStateFor(DEFAULT_SETTINGS);
      const groups = state.manifests[0] as { name: string; objects: Record<string, unknown>[] }[];
      const from = groups.find(({ name }) => name === '50-connectors')!;
      const into = groups.find(({ name }) => name === '40-orchestration')!;
      into.objects.push(...from.objects.splice(0, leave ? 1 : from.objects.length));
      if (!leave) groups.splice(groups.indexOf(from), 1);
      return state;
    };
    expect(dangersFrom(BASE, move(false))).toContain('object-moved:region0/Deployment/camunda-connectors');
    expect(dangersFrom(BASE, move(true))).toEqual([]);
  });

  test('in another order, they are the same', () => {
    const state = manifestStateFor(DEFAULT_SETTINGS);
    state.manifests[0].forEach(({ objects }) => objects.reverse());
    expect(changesFrom(BASE, state)).toEqual([]);
  });
});

describe('traffic', () => {
  test('a flow that opens, and one that closes, with the policies that follow as notices', () => {
    const without = manifestStateFor(withSettings({ backup: { enabled: false } }));
    const [closed, opened] = [changesFrom(BASE, without), changesFrom(without, BASE)];
    expect(idsOf(closed, 'dangerous')).toEqual(['flow-closed:elasticsearch-outside-443-TCP']);
    expect(idsOf(opened, 'dangerous')).toEqual(['flow-opened:elasticsearch-outside-443-TCP']);
    expect(idsOf(opened, 'notice')).toContain('opening-opened:region0/NetworkPolicy/elasticsearch');
  });

  test('a policy that admits more than the flows', () => {
    const port = { op: 'add', path: '/spec/ingress/-', value: { ports: [{ port: 9600, protocol: 'TCP' }] } };
    const patched = withSettings({ patches: [{ kind: 'NetworkPolicy', name: 'orchestration', operations: [port] }] });
    const changes = found(patched);
    expect(idsOf(changes, 'dangerous')).toEqual([0, 1].map(id => `opening-opened:region${id}/NetworkPolicy/orchestration`));
    expect(changes[0].after).toContain('from anywhere, 9600 TCP');
    expect(dangersFrom(manifestStateFor(patched), BASE)).toEqual(
      [0, 1].map(id => `opening-closed:region${id}/NetworkPolicy/orchestration`),
    );
  });

  test('rules in another order admit the same', () => {
    const state = edited('NetworkPolicy', 'orchestration', ({ spec }) => (spec.ingress as unknown as unknown[]).reverse());
    expect(dangersFrom(BASE, state)).toEqual([]);
  });
});

test('a change of both regions is one line, and a large one stays readable', () => {
  const changes = found(withSettings({ connectors: { replicas: 2 } }));
  expect(changes.map(({ id }) => id)).toContain('object-changed:both/Deployment/camunda-connectors');
  const upgrade = changesFrom(manifestStateFor(withSettings(ofVersion('8.8'))), BASE);
  expect(upgrade.length).toBeLessThan(60);
});

test('every id is unique', () => {
  const all = changesFrom(manifestStateFor(withSettings(ofVersion('8.7'))), BASE).map(({ id }) => id);
  expect(all).toEqual([...new Set(all)]);
});
