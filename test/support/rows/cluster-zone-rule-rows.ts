import type { RegionSettings } from '../../../constructs/topology/settings/regions';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withRegions } from '../settings/changed-settings';
import type { Row } from './setting-rule-rows';

type Zone = RegionSettings['zone'];

const ZONED = { version: '8.10', zones: true };

function zoned(first: Zone, second: Zone, camunda: DualRegionSettings['camunda'] = ZONED, name = 'camunda'): DualRegionSettings {
  return { ...withRegions({ zone: first }, { zone: second }), name, camunda };
}

const untyped = (zone: unknown): Zone => zone as Zone;

export const CLUSTER_ZONE_ERRORS: Row[] = [
  ['boolean', 'camunda.zones', 'yes', zoned(undefined, undefined, { version: '8.10', zones: 'yes' as unknown as boolean })],
  ...['8.7', '8.8', '8.9'].map((version): Row => [
    'zones-version',
    'camunda.zones',
    true,
    zoned(undefined, undefined, { version, zones: true }),
  ]),
  ['zone-name', 'regions[0].zone.name', 'London', zoned({ name: 'London' }, undefined)],
  ['zone-name', 'regions[0].zone.name', 'a_0', zoned({ name: 'a_0' }, undefined)],
  ['zone-name', 'regions[1].zone.name', '', zoned(undefined, { name: '' })],
  ['zone-name', 'regions[1].zone.name', 5, zoned(undefined, untyped({ name: 5 }))],
  ['zone-name-same', 'regions[1].zone.name', 'london', zoned({ name: 'london' }, { name: 'london' })],
  ['zone-name-same', 'regions[1].zone.name', 'eu-west-2', zoned(undefined, { name: 'eu-west-2' })],
  ['zone-name-length', 'regions[0].zone.name', 'a'.repeat(39), zoned({ name: 'a'.repeat(39) }, undefined)],
  ['zone-priority-alone', 'regions[1].zone.priority', undefined, zoned({ priority: 500 }, undefined)],
  ['zone-priority-alone', 'regions[0].zone.priority', undefined, zoned({ name: 'london' }, { priority: 2 })],
  ['number', 'regions[0].zone.priority', 0, zoned({ priority: 0 }, { priority: 1 })],
  ['number', 'regions[0].zone.priority', 1.5, zoned({ priority: 1.5 }, { priority: 1 })],
];

export const CLUSTER_ZONE_WARNINGS: Row[] = [
  ['setting-unused', 'regions[0].zone', 'name', zoned({ name: 'london' }, undefined, { version: '8.10' })],
  ['setting-unused', 'regions[1].zone', 'priority', zoned(undefined, { priority: 1 }, { version: '8.9', zones: false })],
  ['zone-priorities-equal', 'regions[1].zone.priority', 700, zoned({ priority: 700 }, { priority: 700 })],
  ['zone-name-region', 'regions[0].zone.name', 'eu-west-3', zoned({ name: 'eu-west-3' }, { name: 'b' })],
  ['zone-active-region', 'activeRegion', 0, zoned({ priority: 1 }, { priority: 2 })],
  ['zone-active-region', 'activeRegion', 1, { ...zoned(undefined, undefined), activeRegion: 1 }],
  ['idle-brokers', 'camunda.partitionCount', 2, zoned(undefined, undefined, { ...ZONED, partitionCount: 2 })],
];

export const CLUSTER_ZONES_ALLOWED: DualRegionSettings[] = [
  zoned(undefined, undefined),
  zoned({ name: 'a' }, { name: 'b' }),
  { ...zoned({ priority: 1 }, { priority: 2 }), activeRegion: 1 },
  { ...zoned({ priority: 2 }, { priority: 1 }), activeRegion: 0 },
  zoned({ name: 'a'.repeat(38) }, undefined),
  // Three of four brokers of a zone hold the replicas of two partitions, all four those of three.
  zoned(undefined, undefined, { ...ZONED, partitionCount: 3 }),
];
