import { describeCall } from '../../../lib/recovery/calls/call';
import { additionOfBrokers, forceRemoval } from '../../../lib/recovery/calls/management-calls';
import { priorityOrder, zoneOf } from '../../../lib/recovery/calls/zone-calls';
import { returnPriority } from '../../../lib/recovery/plans/zone-priority';
import { brokersRemoved } from '../../../lib/recovery/steps/remove-brokers';
import { zoneMayReturn } from '../../../lib/recovery/steps/zones/zone-may-return';
import { clusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import { compare } from '../../../lib/recovery/view/comparison';
import { sidesOf } from '../../../lib/recovery/view/members';
import { layoutDifferences, layoutText, leadingZone, zoneLayout, type ZoneLayout } from '../../../lib/recovery/view/zone-layout';
import { topologyOf } from '../stand-in/deployment';
import { answeringView, CONFIGURATION } from '../support/answering-view';

const ZONED = topologyOf('8.10-zones', 4);
const EQUAL = topologyOf('8.10-zones-equal', 4);
const NUMBERED = topologyOf('8.10', 4);
const zone = (name: string, priority: number, numberOfReplicas = 2): object => ({ name, numberOfReplicas, priority });
const layoutOf = (...zones: object[]): ZoneLayout => zoneLayout({ scheme: 'ZONE_AWARE', zones })!;
const BOTH = layoutOf(zone('eu-west-2', 1000), zone('eu-west-3', 500));

describe('calls', () => {
  const lost = sidesOf(ZONED, 1);

  test.each([
    [forceRemoval(ZONED, lost), 'DELETE :9600/actuator/cluster/zones/eu-west-3?force=true'],
    [forceRemoval(ZONED, lost, true), 'DELETE :9600/actuator/cluster/zones/eu-west-3?force=true&dryRun=true'],
    [
      additionOfBrokers(ZONED, lost, false),
      'POST :9600/actuator/cluster/zones/eu-west-3 {"numberOfReplicas":2,"priority":500,"numberOfBrokers":2}',
    ],
    [
      additionOfBrokers(ZONED, lost, true, 1000),
      'POST :9600/actuator/cluster/zones/eu-west-3?dryRun=true {"numberOfReplicas":2,"priority":1000,"numberOfBrokers":2}',
    ],
    [priorityOrder(['b', 'a'], true), 'PUT :9600/actuator/cluster/partitioning?dryRun=true {"zonePriorities":["b","a"]}'],
  ])('%#', (call, expected) => {
    expect(describeCall(call)).toBe(expected);
  });

  test('a removal has no body: ids of brokers would leave the zone in the layout', () => {
    expect(forceRemoval(ZONED, lost).body).toBeUndefined();
  });

  test('fails for a region without a zone', () => {
    expect(() => zoneOf(NUMBERED.regions[0])).toThrow('region 0 has no zone');
  });
});

describe('the layout', () => {
  test('is read with the configuration', () => {
    const partitioning = { scheme: 'ZONE_AWARE', zones: [{ ...zone('a', 7), more: 1 }] };
    expect(clusterConfiguration({ brokers: [], partitioning })?.layout).toEqual({ scheme: 'ZONE_AWARE', zones: [zone('a', 7)] });
    expect(clusterConfiguration({ brokers: [] })?.layout).toBeUndefined();
    expect(zoneLayout({ zones: [] })).toBeUndefined();
  });

  test('names the zone that leads, unless they share the leaders', () => {
    expect(leadingZone(BOTH)?.name).toBe('eu-west-2');
    expect(leadingZone(layoutOf(zone('a', 5), zone('b', 6)))?.name).toBe('b');
    expect(leadingZone(layoutOf(zone('a', 5), zone('b', 5)))).toBeUndefined();
    expect(leadingZone(layoutOf(zone('a', 5)))?.name).toBe('a');
    expect(layoutText(BOTH)).toBe('eu-west-2 priority 1000, 2 replicas, eu-west-3 priority 500, 2 replicas');
    expect(layoutText({ scheme: 'ROUND_ROBIN', zones: [] })).toBe('ROUND_ROBIN');
  });

  test.each([
    ['the same', ZONED, BOTH, []],
    ['a switch of the leaders', ZONED, layoutOf(zone('eu-west-2', 500), zone('eu-west-3', 1000)), []],
    ['numbered', NUMBERED, { scheme: 'ROUND_ROBIN', zones: [] }, []],
    ['zones of a numbered one', NUMBERED, BOTH, [/has zones \(eu-west-2 .*its brokers are numbered/]],
    ['no zones', ZONED, { scheme: 'ROUND_ROBIN', zones: [] }, [/by ROUND_ROBIN, .*form zones eu-west-2, eu-west-3/]],
    [
      'another zone',
      ZONED,
      layoutOf(zone('eu-west-2', 1), zone('x', 2)),
      [/does not know zones x/, /zones eu-west-3 are not in the layout/],
    ],
    ['more replicas', ZONED, layoutOf(zone('eu-west-2', 1, 3), zone('eu-west-3', 2)), [/eu-west-2 has 3 replicas .*says 2/]],
  ] as const)('is compared: %s', (_, topology, layout, expected) => {
    expect(layoutDifferences(topology, layout, [0, 1])).toEqual(expected.map(pattern => expect.stringMatching(pattern) as string));
  });

  test('may lack the zone of the region that is lost, and not that of the other', () => {
    const alone = clusterConfiguration({ brokers: [], partitioning: { scheme: 'ZONE_AWARE', zones: [zone('eu-west-3', 500)] } })!;
    const differences = (affected: number): string[] => [
      ...compare(
        ZONED,
        { gateways: { ok: false, why: '' }, configuration: { ok: true, value: alone }, search: [] },
        { kind: 'failover', affected, changing: false },
      ).differences,
    ];
    expect(differences(0).filter(text => text.includes('layout'))).toEqual([]);
    expect(differences(1).filter(text => text.includes('layout'))).toEqual([
      expect.stringMatching(/zones eu-west-2 are not in the layout/),
    ]);
  });
});

describe('the priority with which a zone comes back', () => {
  test.each([
    ['its own', ZONED, 0, layoutOf(zone('eu-west-3', 500)), 1000],
    ['its own', ZONED, 1, layoutOf(zone('eu-west-2', 1000)), 500],
    ['that of the other after a switch', ZONED, 0, layoutOf(zone('eu-west-3', 1000)), 500],
    ['that of the other after a switch', ZONED, 1, layoutOf(zone('eu-west-2', 500)), 1000],
    ['the one that it has already', ZONED, 0, BOTH, 1000],
    ['the same where they are equal', EQUAL, 1, layoutOf(zone('zone-a', 700)), 700],
  ] as const)('%#: %s', (_, topology, regionId, layout, expected) => {
    expect(returnPriority(topology, regionId, layout)).toBe(expected);
  });

  test('is not guessed where the other zone has one of its own', () => {
    expect(returnPriority(ZONED, 0, layoutOf(zone('eu-west-3', 77)))).toMatchObject({
      state: 'blocked',
      why: expect.stringMatching(/eu-west-3 priority 77.*1000 for eu-west-2 and 500 for eu-west-3/),
      advice: expect.stringMatching(/-X PUT .*partitioning .*"name":"eu-west-3","numberOfReplicas":2,"priority":500/),
    });
  });
});

/** A configuration with these members, each with a partition or without, and these zones. */
function configuration(members: Readonly<Record<string, number>>, zones: readonly object[], more: object = {}): object {
  return {
    brokers: Object.entries(members).map(([id, partitions]) => ({
      id,
      state: 'ACTIVE',
      partitions: Array.from({ length: partitions }, (_, i) => ({ id: i + 1, state: 'ACTIVE' })),
    })),
    partitioning: { scheme: 'ZONE_AWARE', zones },
    ...more,
  };
}

const ALONE = { 'eu-west-2_0': 4, 'eu-west-2_1': 4 };

describe('a removal', () => {
  const check = (answer: object): Promise<object> => {
    const { view } = answeringView({ topology: ZONED, answers: { [CONFIGURATION]: answer } });
    return brokersRemoved(sidesOf(ZONED, 1)).check(view, []);
  };

  test.each([
    ['is over without the zone in the layout', configuration(ALONE, [zone('eu-west-2', 1000)]), 'met', /eu-west-3 is not in the layout/],
    [
      'is not over with both',
      configuration({ ...ALONE, 'eu-west-3_0': 2 }, BOTH.zones as object[]),
      'open',
      /eu-west-3_0 are still members/,
    ],
    ['is not over where ids were removed', configuration(ALONE, BOTH.zones as object[]), 'blocked', /in the layout and has no members/],
    ['is not told by an answer without a layout', { ...configuration(ALONE, []), partitioning: undefined }, 'unknown', /tell its layout/],
    [
      'never leaves a member with partitions',
      configuration({ ...ALONE, 'eu-west-3_0': 1 }, [zone('eu-west-2', 1000)]),
      'blocked',
      /eu-west-3_0 hold partitions/,
    ],
    [
      'takes not the wrong half',
      configuration({ 'eu-west-3_0': 4 }, [zone('eu-west-3', 500)]),
      'blocked',
      /which are to stay, are not members/,
    ],
  ] as const)('%s', async (_, answer, state, why) => {
    expect(await check(answer)).toMatchObject({ state, why: expect.stringMatching(why) });
  });

  test('may leave members that hold nothing, and says so', async () => {
    expect(await check(configuration({ ...ALONE, 'eu-west-3_0': 0 }, [zone('eu-west-2', 1000)]))).toMatchObject({
      state: 'met',
      warnings: [expect.stringMatching(/eu-west-3_0 of region 1 .*addition that was cancelled/)],
    });
  });
});

describe('a zone may return', () => {
  const check = (answer: object, priority = 500): Promise<object> => {
    const { view } = answeringView({ topology: ZONED, answers: { [CONFIGURATION]: answer } });
    return zoneMayReturn(ZONED, sidesOf(ZONED, 1), priority).check(view, []);
  };

  test.each([
    ['where it is not', configuration(ALONE, [zone('eu-west-2', 1000)]), 'met', /not in the layout/],
    ['not where it is', configuration(ALONE, BOTH.zones as object[]), 'blocked', /cancelled half way/],
    ['not with a priority that is taken', configuration(ALONE, [zone('eu-west-2', 500)]), 'blocked', /with priority 500, .*have changed/],
    ['not where no priority is known', configuration(ALONE, [zone('eu-west-2', 1)]), 'blocked', /is not known/],
    [
      'not while something is pending',
      configuration(ALONE, [], { pendingChange: { id: 4, pending: [] } }),
      'running',
      /change 4 is pending/,
    ],
    ['not without a layout', { ...configuration(ALONE, []), partitioning: undefined }, 'unknown', /tell its layout/],
  ] as const)('%s', async (_, answer, state, why) => {
    expect(await check(answer)).toMatchObject({ state, why: expect.stringMatching(why) });
  });
});
