import { join } from 'node:path';
import { readConfiguration } from '../../../../bin/config/read-configuration';
import type { DualRegionSettings } from '../../../../constructs/topology/settings/settings';
import { dangersFrom } from '../../../support/findings/found-changes';
import { withExistingVpcs } from '../../../support/settings/existing-vpcs';
import { DEFAULT_SETTINGS } from '../../../support/settings/settings';
import { stateFor } from '../../../support/settings/states';
import { WHEN_ALL_WERE_SUPPORTED } from '../../../support/settings/versions';
import { changed, CHANGED_TOGETHER, CHANGED_VALUES, DOCUMENT_VALUES, OLD_VALUES, ZONE_VALUES, type ChangedValue } from './changed-values';
import { expectStated } from './judged-change';

const PRODUCTION = readConfiguration(join(__dirname, '../../../../config/production.yaml'), WHEN_ALL_WERE_SUPPORTED).settings;
const OLD: DualRegionSettings = { ...DEFAULT_SETTINGS, camunda: { version: '8.7' } };
const paths = (...names: readonly string[]): ChangedValue[] => CHANGED_VALUES.filter(([path]) => names.includes(path));

describe('from the production configuration, where nothing follows and much is given', () => {
  test.each(CHANGED_TOGETHER.map((changes): [string, readonly ChangedValue[]] => [changes.map(([path]) => path).join(' and '), changes]))(
    '%s',
    (_, changes) => {
      expectStated(
        PRODUCTION,
        changed(PRODUCTION, changes),
        changes.map(([path]) => path),
      );
    },
  );
});

describe('from 8.7, where gateway, Operate and Tasklist have pods of their own', () => {
  const older = OLD_VALUES.filter(([path]) => !path.includes('.pod.') || path.endsWith('.configuration'));
  test.each(older.filter(([path]) => path !== 'camunda.migratingFrom'))('%s', (path, value) => {
    expectStated(OLD, changed(OLD, [[path, value]]), [path]);
  });

  test('the next version, with the data of this one', () => {
    const next: ChangedValue[] = [
      ['camunda.version', '8.8'],
      ['camunda.migratingFrom', '8.7'],
      ['tls.betweenBrokers', false],
    ];
    expectStated(
      OLD,
      changed(OLD, next),
      next.map(([path]) => path),
    );
  });
});

describe('in a cluster with zones', () => {
  const zoned = changed(DEFAULT_SETTINGS, [
    ['camunda', { version: '8.10', zones: true }],
    ['regions.0.zone', { priority: 1000 }],
    ['regions.1.zone', { priority: 500 }],
  ]);

  test.each(ZONE_VALUES)('%s', (path, value) => {
    expectStated(zoned, changed(zoned, [[path, value]]), [path]);
  });

  test.each([
    ['camunda.zones', false],
    ['regions.1.zone.name', 'paris'],
  ])('its brokers keep their names: %s', (path, value) => {
    expect(dangersFrom(stateFor(zoned), stateFor(changed(zoned, [[path, value]])))).toContain('broker-zones-changed:zones');
  });

  test('and numbered brokers keep their numbers', () => {
    const numbered = changed(DEFAULT_SETTINGS, [['camunda.version', '8.10']]);
    expect(dangersFrom(stateFor(numbered), stateFor(changed(numbered, [['camunda.zones', true]])))).toContain('broker-zones-changed:zones');
  });

  test('and other priorities are no danger but the roll, which the two regions take one after the other', () => {
    const base = stateFor(zoned);
    const head = stateFor(changed(zoned, [['regions.1.zone.priority', 1200]]));
    expect(dangersFrom(base, head)).toEqual(['brokers-roll:both']);
  });
});

describe('with documents in S3', () => {
  const inS3 = changed(DEFAULT_SETTINGS, [['documents.store', 's3']]);

  test.each([...DOCUMENT_VALUES, ['documents.store', 'memory']] as ChangedValue[])('%s', (path, value) => {
    expectStated(inS3, changed(inS3, [[path, value]]), [path]);
  });

  test('buckets that are to go with their deployment are a danger, and so are documents that go', () => {
    const dangers = (...changes: readonly ChangedValue[]): string[] => dangersFrom(stateFor(inS3), stateFor(changed(inS3, changes)));
    expect(dangers(['documents.retainBuckets', false]).filter(id => id.startsWith('retention-lowered:'))).toHaveLength(2);
    expect(dangers(['documents.deleteAfterDays', 90])).toEqual(['documents-shortened:deleteAfterDays']);
    expect(dangers(['documents.store', 'memory'])).toContain('document-store-changed:memory');
  });
});

describe('in VPCs that exist', () => {
  const inVpcs = withExistingVpcs();

  test.each(paths('tags', 'nodes.volumeGiB', 'kubernetes.publicAccessCidrs', 'extraFlows', 'regions.0.serviceCidr'))(
    '%s',
    (path, value) => {
      expectStated(inVpcs, changed(inVpcs, [[path, value]]), [path]);
    },
  );

  test('another VPC', () => {
    const other = changed(inVpcs, [['regions.0.existingVpc.vpcId', 'vpc-0fedcba9876543210']]);
    expectStated(inVpcs, other, ['regions.0.existingVpc.vpcId']);
  });
});

test.each([
  ['more nodes', [['nodes.perZone', 3]], ['nodes.volumeGiB', 80]],
  ['more nodes', [['nodes.perZone', 3]], ['kubernetes.nodeRelease', '1.36.4-20260923']],
  ['labels', [['nodes.labels', { team: 'processes' }]], ['nodes.systemReserved.memoryMiB', 64]],
  ['more room for nodes', [['nodes.maxPerZone', 5]], ['tags', { team: 'processes' }]],
] as const)('%s are refused together with what replaces nodes, and each alone is not', (_, counts, roll) => {
  const base = stateFor(DEFAULT_SETTINGS);
  const refused = ['node-group-update-refused:region0', 'node-group-update-refused:region1'];
  const dangers = (changes: readonly ChangedValue[]): string[] => dangersFrom(base, stateFor(changed(DEFAULT_SETTINGS, changes)));
  expect(dangers([...counts, roll])).toEqual([...refused, 'nodes-roll:both']);
  expect(dangers(counts)).toEqual([]);
  expect(dangers([roll])).toEqual(['nodes-roll:both']);
});

test('fewer nodes move pods, of both regions at once', () => {
  const [more, fewer] = [3, 2].map(perZone =>
    stateFor(
      changed(DEFAULT_SETTINGS, [
        ['nodes.perZone', perZone],
        ['nodes.maxPerZone', 4],
      ]),
    ),
  );
  expect(dangersFrom(more, fewer)).toEqual(['nodes-roll:both']);
  expect(dangersFrom(fewer, more)).toEqual([]);
});

describe('while a region works alone', () => {
  const alone = changed(DEFAULT_SETTINGS, [['recovery.recreatedRegion', 1]]);
  const dangers = (from: DualRegionSettings, changes: readonly ChangedValue[]): string[] =>
    dangersFrom(stateFor(from), stateFor(changed(from, changes))).filter(id => id.startsWith('survivor'));

  test.each([
    ['brokers', ['orchestration.dnsGateTimeoutSeconds', 60]],
    ['nodes', ['nodes.volumeGiB', 80]],
  ] as const)('its %s are not restarted', (_, change) => {
    expect(dangers(alone, [change])).toEqual(['survivor-rolls:region0']);
    expect(dangers(DEFAULT_SETTINGS, [change, ['recovery.recreatedRegion', 1]])).toEqual(['survivor-rolls:region0']);
  });

  test('but by the phase itself, and everything else may change', () => {
    expect(dangers(DEFAULT_SETTINGS, [['recovery.recreatedRegion', 1]])).toEqual([]);
    expect(dangers(alone, [['recovery.recreatedRegion', undefined]])).toEqual([]);
    expect(
      dangers(alone, [
        ['kubernetes.logRetentionDays', 30],
        ['connectors.replicas', 2],
      ]),
    ).toEqual([]);
  });
});
