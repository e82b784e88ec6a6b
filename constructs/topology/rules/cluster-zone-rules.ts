import { brokerStatefulSet } from '../plan/names';
import { clusterZones, shareLeaders, type ClusterZone } from '../plan/placement/cluster-zones';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/rows/value-kinds';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { errorOf, warningOf, type Problem } from './judging/problem';
import { isKnownVersion } from './versions/version-rules';

/** Kubernetes gives each pod of a StatefulSet a label with that name and ten characters and a hyphen, of 63 at most. */
const MAX_STATEFUL_SET = 52;

/**
 * What relates the zones of Camunda, and the version that has them.
 *
 * @internal
 */
export function clusterZoneProblems(settings: ResolvedSettings): Problem[] {
  const { camunda, regions } = settings;
  if (camunda.zones === false) return regions.flatMap(({ zone }, i) => (zone === undefined ? [] : [withoutZones(i, zone)]));
  if (camunda.zones !== true) return [];
  if (isKnownVersion(camunda.version) && CAMUNDA_VERSIONS[camunda.version].zones === undefined) {
    return [withoutSupport(camunda.version)];
  }
  return regions.length === 2 ? [...nameProblems(settings), ...otherRegionProblems(settings), ...priorityProblems(settings)] : [];
}

function withoutZones(i: number, zone: unknown): Problem {
  return warningOf({
    rule: 'setting-unused',
    setting: `regions[${i}].zone`,
    value: isMapping(zone) ? Object.keys(zone).join(', ') : zone,
    requirement: 'should be left out while camunda.zones is false',
    fix: 'leave one of them out',
  });
}

function withoutSupport(version: string): Problem {
  const first = Object.values(CAMUNDA_VERSIONS).find(({ zones }) => zones !== undefined);
  return errorOf({
    rule: 'zones-version',
    setting: 'camunda.zones',
    value: true,
    requirement: `must be false with version ${version}, which has no zones`,
    fix: `leave it out, or begin a new cluster with version '${first?.minor}'`,
  });
}

function nameProblems(settings: ResolvedSettings): Problem[] {
  const names = clusterZones(settings).map(({ name }): unknown => name);
  const setting = (i: number): string =>
    settings.regions[i].zone?.name === undefined ? `regions[${i}].awsRegion` : `regions[${i}].zone.name`;
  const tooLong = names.flatMap((name, i) => {
    if (typeof name !== 'string' || typeof settings.name !== 'string') return [];
    const statefulSet = brokerStatefulSet(settings.name, name);
    if (statefulSet.length <= MAX_STATEFUL_SET) return [];
    return [
      errorOf({
        rule: 'zone-name-length',
        setting: setting(i),
        value: name,
        requirement: `must leave the name of the StatefulSet, '${statefulSet}', at most ${MAX_STATEFUL_SET} characters: it has ${statefulSet.length}`,
        fix: `shorten 'regions[${i}].zone.name' or 'name'`,
      }),
    ];
  });
  // The same AWS region twice has its own problem.
  if (names[0] !== names[1] || settings.regions.every(({ zone }) => zone?.name === undefined)) return tooLong;
  const given = settings.regions[1].zone?.name === undefined ? 0 : 1;
  return [
    ...tooLong,
    errorOf({
      rule: 'zone-name-same',
      setting: setting(given),
      value: names[given],
      requirement: `must differ from the zone of region ${1 - given}, '${String(names[1 - given])}'`,
      fix: 'give each region a zone of its own: a name is all that tells their brokers apart',
    }),
  ];
}

/** People who read the id of a broker in an hour of need would look for it in the wrong region. */
function otherRegionProblems(settings: ResolvedSettings): Problem[] {
  const { regions } = settings;
  const [first, second] = clusterZones(settings);
  if (first.name === second.name) return [];
  return regions.flatMap(({ zone, awsRegion }, i) => {
    const other = regions[1 - i].awsRegion;
    if (zone?.name !== other || other === awsRegion) return [];
    return [
      warningOf({
        rule: 'zone-name-region',
        setting: `regions[${i}].zone.name`,
        value: zone.name,
        requirement: `should not be the name of the other AWS region: brokers '${zone.name}_0' and so on would run in ${awsRegion}`,
        fix: 'leave it out for the name of its own region, or choose one that is no region. It cannot be changed later',
      }),
    ];
  });
}

function priorityProblems(settings: ResolvedSettings): Problem[] {
  const { regions } = settings;
  const given = regions.map(({ zone }): unknown => zone?.priority);
  const missing = given.indexOf(undefined);
  if (missing !== -1 && given.some(priority => priority !== undefined)) {
    return [
      errorOf({
        rule: 'zone-priority-alone',
        setting: `regions[${missing}].zone.priority`,
        value: undefined,
        requirement: `must be given, because that of region ${1 - missing} is`,
        fix: 'give both regions a priority, or neither: leaders are in the zone with the higher one',
      }),
    ];
  }
  const zones = clusterZones(settings);
  if (!shareLeaders(zones)) return activeProblems(settings, zones);
  return [
    warningOf({
      rule: 'zone-priorities-equal',
      setting: 'regions[1].zone.priority',
      value: zones[1].priority,
      requirement:
        'should differ from that of region 0: a zone that comes back goes to the end of the list, so that after a failback of region 0 replicas of half of the partitions move to other brokers',
      fix: "give the region whose zone is to lead the higher one, such as 1000 and 500, or accept the copying; 'recover switch' needs different ones too",
    }),
  ];
}

/** A request to the other region waits for one round trip more. */
function activeProblems({ activeRegion }: ResolvedSettings, zones: readonly ClusterZone[]): Problem[] {
  const leading = zones[0].priority > zones[1].priority ? 0 : 1;
  // A priority or a region that is none has its own problem.
  if (activeRegion !== 1 - leading || !zones.every(({ priority }) => Number.isInteger(priority) && priority > 0)) return [];
  return [
    warningOf({
      rule: 'zone-active-region',
      setting: 'activeRegion',
      value: activeRegion,
      requirement: `should be ${leading}, whose zone '${zones[leading].name}' has the higher priority and leads all partitions: requests of users wait for one round trip more in the other region`,
      fix: "let 'activeRegion' and 'regions[].zone.priority' agree. A cluster that runs keeps its priorities: 'recover switch' moves the leaders there, and this can stay then",
    }),
  ];
}
