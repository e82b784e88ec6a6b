import { historyRoom, historyShards, MONTH_DAYS } from '../../../constructs/topology/plan/history-room';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../../support/settings/changed-settings';
import { MIGRATION, ofVersion } from '../../support/settings/versions';

const roomFor = (changes: Partial<DualRegionSettings>) => historyRoom(resolveSettings(withSettings(changes)));

/** 20,000 instances of 78 KiB, each twice. */
const DAILY_GIB = (20000 * 78 * 2) / 1024 / 1024;
/** 85 % of three volumes of 64 GiB. */
const USABLE_GIB = 163.2;

test('of the default is enough for what 30 days keep', () => {
  const { dailyGiB, usableGiB, keptGiB, daysUntilFull } = roomFor({});
  expect([dailyGiB, usableGiB, keptGiB]).toEqual([
    expect.closeTo(DAILY_GIB, 6),
    expect.closeTo(USABLE_GIB, 6),
    expect.closeTo(30 * DAILY_GIB, 6),
  ]);
  expect(daysUntilFull).toBeUndefined();
});

test('ends on the day after which a day more does not fit, where nothing is deleted', () => {
  const { keptGiB, daysUntilFull } = roomFor({ history: { retention: { enabled: false } } });
  expect(keptGiB).toBeUndefined();
  expect(daysUntilFull).toBe(Math.floor(USABLE_GIB / DAILY_GIB) + 1);
});

test('is needed for records too, where records are written: half as many days, of nearly as much', () => {
  const records = (14 * 20000 * 75 * 2) / 1024 / 1024;
  for (const settings of [ofVersion('8.7'), MIGRATION]) expect(roomFor(settings).keptGiB).toBeCloseTo(30 * DAILY_GIB + records, 6);
  for (const version of ['8.8', '8.9']) expect(roomFor(ofVersion(version)).keptGiB).toBeCloseTo(30 * DAILY_GIB, 6);
});

test.each<[string, Partial<DualRegionSettings>]>([
  ['many instances', { history: { instancesPerDay: 100000 } }],
  ['large instances', { history: { instanceKiB: 3000 } }],
  ['a long time', { history: { retention: { days: 365 } } }],
  ['records', { ...ofVersion('8.7'), history: { retention: { recordsDays: 200 } } }],
])('the volume that is advised is enough, and a smaller one is not: %s', (_what, settings) => {
  const { daysUntilFull, neededVolumeGiB } = roomFor(settings);
  expect(daysUntilFull).toBeGreaterThan(0);
  expect(roomFor({ ...settings, elasticsearch: { volumeGiB: neededVolumeGiB } }).daysUntilFull).toBeUndefined();
  expect(roomFor({ ...settings, elasticsearch: { volumeGiB: neededVolumeGiB - 1 } }).daysUntilFull).toBeDefined();
});

test('where nothing is deleted, the volume that is advised holds a month', () => {
  const settings: Partial<DualRegionSettings> = { history: { instancesPerDay: 100000, retention: { enabled: false } } };
  const { neededVolumeGiB } = roomFor(settings);
  expect(roomFor({ ...settings, elasticsearch: { volumeGiB: neededVolumeGiB } }).daysUntilFull).toBe(MONTH_DAYS + 1);
});

test('more nodes have more room, and take more shards', () => {
  expect(roomFor({ elasticsearch: { nodesPerRegion: 6 } }).usableGiB).toBeCloseTo(2 * USABLE_GIB, 6);
  const shards = (nodesPerRegion: number) =>
    historyShards(resolveSettings(withSettings({ elasticsearch: { nodesPerRegion }, history: { retention: { days: 365 } } })));
  expect(shards(3)).toEqual({ shards: 14600, most: 3000, indexDays: 5 });
  expect(shards(6)).toEqual({ shards: 14600, most: 6000, indexDays: 3 });
});

test('records have shards as well, of an index a day, and what is advised about them is enough', () => {
  const shards = (days: number, recordsDays: number, indexDays?: number) => {
    const history = { retention: { days, recordsDays }, archiving: { indexDays } };
    return historyShards(resolveSettings(withSettings({ ...ofVersion('8.7'), history })));
  };
  // Ten kinds with three shards, each twice.
  expect(shards(30, 14).shards).toBe(30 * 40 + 14 * 60);
  expect(shards(30, 3650)).toEqual({ shards: 30 * 40 + 3650 * 60, most: 3000, records: { days: 30, indexDays: 1 } });
  const { records } = shards(3650, 3650);
  // A week is the most that 8.7 takes, and there is no room for an index of each week.
  expect(records).toBeUndefined();
  expect(shards(365, 3650).records).toEqual({ days: 14, indexDays: 7 });
  expect(shards(365, 14, 7).shards).toBeLessThanOrEqual(3000);
  expect(shards(365, 15, 7).shards).toBeGreaterThan(3000);
});

test('more nodes are advised with the largest volume', () => {
  const history = { instancesPerDay: 10000000 };
  const { neededVolumeGiB, neededNodes } = roomFor({ history });
  expect(neededVolumeGiB).toBeGreaterThan(16384);
  const full = (nodesPerRegion: number) => roomFor({ history, elasticsearch: { nodesPerRegion, volumeGiB: 16384 } }).daysUntilFull;
  expect(full(neededNodes)).toBeUndefined();
  expect(full(neededNodes - 1)).toBeDefined();
});
