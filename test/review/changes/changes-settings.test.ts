import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { ELASTICSEARCH_IMAGE } from '../../../constructs/topology/versions/images';
import type { DeploymentState } from '../../../lib/review/changes/deployment-state';
import { changesFrom, dangersFrom, idsOf } from '../../support/findings/found-changes';
import { withRegions, withSettings } from '../../support/settings/changed-settings';
import { awsId, withExistingVpcs } from '../../support/settings/existing-vpcs';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { manifestStateFor } from '../../support/settings/states';
import { MIGRATION, patchOf, VERSIONS } from '../../support/settings/versions';

const [london, paris] = DEFAULT_SETTINGS.regions;
const BASE = manifestStateFor(DEFAULT_SETTINGS);
/** Ids of dangerous changes, those of flows and of openings aside, which have tests of their own. */
const dangers = (from: DualRegionSettings, to: DualRegionSettings): string[] =>
  dangersFrom(manifestStateFor(from), manifestStateFor(to)).filter(id => !/^(flow|opening)-/.test(id));
const ofVersion = (version: string): DualRegionSettings => withSettings({ camunda: { version }, tls: { betweenBrokers: false } });

describe('nothing changes', () => {
  test('against itself', () => {
    expect(changesFrom(BASE, manifestStateFor(DEFAULT_SETTINGS))).toEqual([]);
  });

  test('when defaults are written out, keys are in another order, or an acknowledgement is added', () => {
    const written = {
      acknowledgedRoundTripMs: 0,
      connectors: { replicas: 1, enabled: true },
      camunda: { partitionCount: 8, clusterSize: 8, version: '8.9' },
      review: { acknowledge: [{ change: 'brokers-roll:both', reason: 'planned', expires: '2026-10-01' }] },
      regions: [
        { namespace: london.namespace, serviceCidr: london.serviceCidr, vpcCidr: london.vpcCidr, awsRegion: london.awsRegion },
        paris,
      ],
    };
    expect(changesFrom(BASE, manifestStateFor(written))).toEqual([]);
  });

  test('when the roles of operators are listed in another order', () => {
    const roles = ['a', 'b'].map(name => `arn:aws:iam::123456789012:role/${name}`);
    const [one, other] = [roles, [...roles].reverse()].map(adminRoleArns =>
      manifestStateFor(withSettings({ kubernetes: { adminRoleArns } })),
    );
    expect(changesFrom(one, other)).toEqual([]);
  });

  test('when what follows for the zones of a region is written out', () => {
    const zoned = { camunda: { version: '8.10', zones: true } };
    const written = withRegions({ zone: { priority: 1000 } }, { zone: { name: 'eu-west-3', priority: 500 } });
    for (const regions of [withRegions({ zone: {} }, { zone: {} }).regions, written.regions])
      expect(changesFrom(manifestStateFor(withSettings(zoned)), manifestStateFor(withSettings({ ...zoned, regions })))).toEqual([]);
  });

  test('when the pin of a region is the patch that it runs anyway', () => {
    const pinned = manifestStateFor(withRegions({ camundaPatch: patchOf('8.9') }));
    expect(changesFrom(BASE, pinned).map(({ id }) => id)).toEqual(['setting-changed:regions.0.camundaPatch']);
  });
});

describe('what a changed setting does', () => {
  const meanings = (from: DeploymentState, to: DeploymentState): string[][] =>
    changesFrom(from, to)
      .filter(({ kind }) => kind.startsWith('setting-'))
      .map(({ id, meaning }) => [id, meaning]);

  test('is that of each setting in a section that nobody had written', () => {
    const zoned = { camunda: { version: '8.10', zones: true } };
    const { regions } = withRegions({ zone: { priority: 7 } }, { zone: { priority: 5 } });
    expect(meanings(manifestStateFor(withSettings(zoned)), manifestStateFor(withSettings({ ...zoned, regions })))).toEqual([
      ['setting-changed:regions.0.zone.priority', expect.stringMatching(/^Brokers restart.*recover switch/)],
      ['setting-changed:regions.1.zone.priority', expect.stringMatching(/^Brokers restart/)],
    ]);
  });

  test('is not told of one that the library of the base had not, and that nobody gives', () => {
    const { settings } = BASE;
    const older = {
      ...BASE,
      settings: { ...settings, users: undefined, camunda: { ...settings.camunda, zones: undefined } },
    } as unknown as DeploymentState;
    const told = expect.stringContaining('had no such setting');
    expect(meanings(older, BASE)).toEqual([
      ['setting-new:camunda.zones', told],
      ['setting-new:users', told],
    ]);
    const given = manifestStateFor(withSettings({ camunda: { version: '8.10', zones: true }, users: { groups: [{ groupId: 'g' }] } }));
    expect(meanings(older, given)).toEqual(
      expect.arrayContaining([
        ['setting-changed:camunda.zones', expect.stringContaining('Cannot be changed')],
        ['setting-changed:users', expect.stringContaining('docs/users.md')],
      ]),
    );
  });
});

describe('exporters of the user', () => {
  const withExporters = (...ids: string[]): DualRegionSettings =>
    withSettings({ orchestration: { exporters: ids.map(exporterId => ({ exporterId, className: 'com.example.Exporter' })) } });
  const removed = (from: DualRegionSettings, to: DualRegionSettings): string[] =>
    dangers(from, to).filter(id => id.startsWith('exporter-'));

  test('are to be disabled before one goes or gets another id', () => {
    expect(removed(withExporters('kafka', 'archive'), withExporters('archive'))).toEqual(['exporter-removed:kafka']);
    expect(removed(withExporters('kafka'), withExporters('kafka2'))).toEqual(['exporter-removed:kafka']);
  });

  test('may come, and change their order', () => {
    expect(removed(DEFAULT_SETTINGS, withExporters('kafka'))).toEqual([]);
    expect(removed(withExporters('kafka', 'archive'), withExporters('archive', 'kafka'))).toEqual([]);
  });
});

describe('another deployment', () => {
  test('another name is one change, not thousands', () => {
    const changes = changesFrom(BASE, manifestStateFor(withSettings({ name: 'orders' })));
    expect(changes.map(({ id }) => id)).toEqual(['release-name-changed:name', 'setting-changed:name']);
  });

  test('swapped regions are named as such', () => {
    expect(dangers(DEFAULT_SETTINGS, withSettings({ regions: [paris, london] }))).toEqual(['regions-swapped:regions']);
  });

  test('the active region may be swapped', () => {
    expect(dangers(DEFAULT_SETTINGS, withSettings({ activeRegion: 1 }))).toEqual([]);
  });

  test('another AWS region', () => {
    expect(dangers(DEFAULT_SETTINGS, withRegions({}, { awsRegion: 'eu-west-1' }))).toEqual(['aws-region-changed:region1']);
  });

  test('another account, but not the account that was used all along', () => {
    const account = (id: string): DualRegionSettings => withRegions({ account: id }, { account: id });
    expect(dangers(account('111111111111'), account('123456789012'))).toEqual(['account-changed:region0', 'account-changed:region1']);
    expect(dangers(DEFAULT_SETTINGS, account('123456789012'))).not.toContain('account-changed:region0');
  });
});

describe('what a running deployment cannot change', () => {
  test('namespace, range of Services', () => {
    expect(dangers(DEFAULT_SETTINGS, withRegions({}, { namespace: 'camunda-lyon' }))).toContain('namespace-changed:region1');
    expect(dangers(DEFAULT_SETTINGS, withExistingVpcs({}, false))).toContain('vpc-changed:region0');
    expect(dangers(withExistingVpcs(), withExistingVpcs({ vpcId: awsId('vpc', 0, 9) }))).toEqual(['vpc-changed:region0']);
    expect(dangers(DEFAULT_SETTINGS, withRegions({ serviceCidr: '10.180.0.0/16' }))).toEqual(['service-range-changed:region0']);
  });

  test('addresses of the forwarder, which follow from the range of the VPC', () => {
    expect(dangers(DEFAULT_SETTINGS, withRegions({ vpcCidr: '10.182.0.0/16' }))).toContain('forwarder-addresses-changed:region0');
  });

  test('fewer partitions, but more are none by themselves', () => {
    const nine = withSettings({ camunda: { partitionCount: 9 }, orchestration: { resources: { memoryMiB: 8192 } } });
    const eight = withSettings({ camunda: { partitionCount: 8 }, orchestration: { resources: { memoryMiB: 8192 } } });
    expect(dangers(nine, eight)).toEqual(['brokers-roll:both', 'partition-count-lowered:8']);
    expect(dangers(eight, nine)).toEqual(['brokers-roll:both']);
  });

  test('fewer brokers, but more are none by themselves', () => {
    const ten = withSettings({ camunda: { clusterSize: 10, partitionCount: 8 } });
    expect(dangers(ten, DEFAULT_SETTINGS)).toContain('cluster-size-lowered:8');
    expect(dangers(DEFAULT_SETTINGS, ten)).not.toContain('cluster-size-raised:10');
    expect(dangers(DEFAULT_SETTINGS, ten).filter(id => id.startsWith('broker-node-ids'))).toEqual([]);
  });

  test('more brokers or partitions where the version cannot scale', () => {
    const more = { ...ofVersion('8.7'), camunda: { version: '8.7', clusterSize: 10, partitionCount: 10 } };
    expect(dangers(ofVersion('8.7'), more)).toEqual(expect.arrayContaining(['cluster-size-raised:10', 'partition-count-raised:10']));
  });

  test('node ids', () => {
    const head = manifestStateFor(DEFAULT_SETTINGS);
    const brokers = head.topology.brokers.map(broker => ({ ...broker, nodeId: broker.nodeId < 2 ? 1 - broker.nodeId : broker.nodeId }));
    const moved = changesFrom(BASE, { ...head, topology: { ...head.topology, brokers } });
    expect(idsOf(moved, 'dangerous')).toEqual(['broker-node-ids-moved:brokers']);
    expect(moved[0].after).toContain('region 0 camunda-zeebe-0: 1');
  });

  test('encryption between brokers', () => {
    expect(dangers(DEFAULT_SETTINGS, withSettings({ tls: { betweenBrokers: false } }))).toContain('broker-encryption-changed:false');
  });
});

describe('versions', () => {
  test.each([
    ['8.7', '8.9', 'camunda-minor-skipped:8.9'],
    ['8.9', '8.8', 'camunda-downgraded:8.8'],
    ['8.7', '8.8', 'camunda-migration-missing:8.8'],
  ])('Camunda from %s to %s is dangerous', (from, to, id) => {
    expect(dangers(ofVersion(from), ofVersion(to))).toContain(id);
  });

  /** Deployments from the oldest version to the newest. */
  const PATH: readonly DualRegionSettings[] = [ofVersion('8.7'), withSettings(MIGRATION), ...['8.8', '8.9', '8.10'].map(ofVersion)];
  const UPGRADES = PATH.slice(1).map((to, i) => [PATH[i], to] as const);

  test('the path of upgrades ends with the newest version', () => {
    expect(PATH.at(-1)?.camunda?.version).toBe(VERSIONS.at(-1));
  });

  test.each(UPGRADES)('each step of it restarts all brokers by design, which is no danger to be acknowledged', (from, to) => {
    const changes = changesFrom(manifestStateFor(from), manifestStateFor(to));
    // TLS of Elasticsearch and gateway is as it was; what is open within the clusters follows the pods.
    expect(idsOf(changes, 'dangerous').filter(id => !/^(flow|opening)-/.test(id))).toEqual([]);
    expect(changes.find(({ id }) => id === 'brokers-roll:both')).toMatchObject({
      danger: 'notice',
      advice: expect.stringContaining('wait') as string,
    });
  });

  test.each(UPGRADES)('a step to another version says that there is no way back, and asks for a backup', (from, to) => {
    const found = changesFrom(manifestStateFor(from), manifestStateFor(to)).filter(({ id }) => id.startsWith('camunda-upgraded'));
    const expected = from.camunda?.version === to.camunda?.version ? [] : [`camunda-upgraded:${to.camunda?.version}`];
    expect(found.map(({ id }) => id)).toEqual(expected);
    expect(found.filter(({ advice }) => !/backup/.test(advice ?? ''))).toEqual([]);
  });

  test('Camunda from 8.7 to 8.8 with the migration is none, and leaving the migration half done is', () => {
    const migrating = withSettings(MIGRATION);
    const ofVersions = (ids: string[]): string[] => ids.filter(id => /^(camunda|brokers)-/.test(id));
    expect(ofVersions(dangers(ofVersion('8.7'), migrating))).toEqual([]);
    expect(ofVersions(dangers(migrating, ofVersion('8.8')))).toEqual([]);
    expect(ofVersions(dangers(migrating, ofVersion('8.9')))).toEqual(['camunda-migration-unfinished:8.9']);
  });

  test('a lower patch is dangerous, a higher one is not', () => {
    const [older, newer] = ['8.9.9', patchOf('8.9', 1)].map(camundaPatch => withRegions({ camundaPatch }));
    expect(dangers(newer, older)).toEqual(['camunda-patch-lowered:region0']);
    expect(dangers(older, newer)).toEqual([]);
  });

  test.each([
    ['1.34', '1.36', ['kubernetes-minor-skipped:1.36']],
    ['1.36', '1.35', ['kubernetes-downgraded:1.35']],
    ['1.35', '1.36', []],
  ])('Kubernetes from %s to %s', (from, to, expected) => {
    const [base, head] = [from, to].map(version => withSettings({ kubernetes: { version } }));
    expect(dangers(base, head)).toEqual(expected);
  });

  test('Kubernetes of one region is judged as that of both', () => {
    const base = { ...withRegions({}, { kubernetes: { version: '1.35' } }), kubernetes: { version: '1.34' } };
    expect(dangers(base, withSettings({ kubernetes: { version: '1.35' } }))).toEqual([]);
    expect(dangers(base, withSettings({ kubernetes: { version: '1.34' } }))).toEqual(['kubernetes-downgraded:1.34']);
  });

  test.each([
    ['1.36.3-20260911', '1.36.4-20260923', []],
    ['1.36.4-20260923', '1.36.4-20260917', ['node-release-lowered:region0', 'node-release-lowered:region1']],
    ['1.36.4-20260911', '1.36.3-20260923', ['node-release-lowered:region0', 'node-release-lowered:region1']],
  ])('nodes from release %s to %s', (from, to, expected) => {
    const [base, head] = [from, to].map(nodeRelease => withSettings({ kubernetes: { nodeRelease } }));
    expect(dangers(base, head)).toEqual(expected);
  });

  test('an older Elasticsearch is dangerous, a newer one is not', () => {
    const [older, newer] = [ELASTICSEARCH_IMAGE.tag, '9.2.1'].map(elasticsearchTag => withSettings({ images: { elasticsearchTag } }));
    expect(dangers(newer, older)).toEqual(['elasticsearch-downgraded:region0', 'elasticsearch-downgraded:region1']);
    expect(dangers(older, newer)).toEqual([]);
  });
});
