import { historyRoom, historyShards, MONTH_DAYS } from '../../plan/history-room';
import { ELASTICSEARCH } from '../../settings/elasticsearch';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { MAX_VOLUME_GIB } from '../../settings/resources';
import type { DualRegionSettings } from '../../settings/settings';
import { firstWritten } from '../judging/causes';
import type { Judged } from '../judging/judged';
import { warningOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

/**
 * Whether Elasticsearch has room for the history that is kept.
 *
 * @internal
 */
export function historyRoomProblems(settings: ResolvedSettings, _today: Date, { given }: Judged): Problem[] {
  return isUsable(settings) ? [...roomProblems(settings, given), ...shardProblems(settings)] : [];
}

/** While one of these is wrong, nothing can be said about room, and it has its own problem. */
function isUsable({ history, elasticsearch, camunda }: ResolvedSettings): boolean {
  const { retention, archiving, instancesPerDay, instanceKiB } = history;
  const numbers = [retention.days, retention.recordsDays, archiving.indexDays ?? 1, instancesPerDay, instanceKiB];
  return (
    isKnownVersion(camunda.version) &&
    typeof retention.enabled === 'boolean' &&
    [...numbers, elasticsearch.nodesPerRegion, elasticsearch.volumeGiB].every(number => Number.isSafeInteger(number) && number > 0)
  );
}

function roomProblems(settings: ResolvedSettings, given: DualRegionSettings): Problem[] {
  const { daysUntilFull, keptGiB } = historyRoom(settings);
  if (daysUntilFull === undefined || (keptGiB === undefined && daysUntilFull >= MONTH_DAYS)) return [];
  const { history, elasticsearch } = settings;
  const { volumeGiB, nodesPerRegion } = elasticsearch;
  const what =
    keptGiB === undefined ? 'a month, since no history is deleted' : `what 'history.retention.days' (${history.retention.days}) keeps`;
  const causes: ReadonlyMap<string, unknown> = new Map<string, unknown>([
    ['elasticsearch.volumeGiB', volumeGiB],
    ['history.retention.days', history.retention.days],
    ['history.instancesPerDay', history.instancesPerDay],
    ['history.instanceKiB', history.instanceKiB],
    ['history.retention.recordsDays', history.retention.recordsDays],
    ['history.retention.enabled', history.retention.enabled],
  ]);
  const setting = firstWritten([...causes.keys()], given) ?? 'elasticsearch.volumeGiB';
  return [
    warningOf({
      rule: 'history-room',
      setting,
      value: causes.get(setting),
      requirement: `should leave Elasticsearch room for ${what}: ${history.instancesPerDay} process instances a day fill ${nodesPerRegion} nodes of ${volumeGiB} GiB on day ${daysUntilFull}`,
      fix: roomFix(settings),
    }),
  ];
}

function roomFix(settings: ResolvedSettings): string {
  const { neededVolumeGiB, neededNodes } = historyRoom(settings);
  const less = settings.history.retention.enabled ? 'keep history for less time' : 'have history deleted';
  const others = `${less}, or say in 'history.instancesPerDay' and 'history.instanceKiB' what you have`;
  if (neededVolumeGiB <= MAX_VOLUME_GIB) return `raise 'elasticsearch.volumeGiB' to ${neededVolumeGiB}, ${others}`;
  const largest = `volumes of ${MAX_VOLUME_GIB} GiB (the largest)`;
  if (neededNodes > ELASTICSEARCH.nodesPerRegion.max)
    return `${others}: ${ELASTICSEARCH.nodesPerRegion.max} nodes with ${largest} are not enough`;
  return `raise 'elasticsearch.nodesPerRegion' to ${neededNodes}, with ${largest}, ${others}`;
}

function shardProblems(settings: ResolvedSettings): Problem[] {
  const { history, elasticsearch } = settings;
  const { shards, most, indexDays, records } = historyShards(settings);
  if (!history.retention.enabled || shards <= most) return [];
  const counted = `dated indices would have about ${shards} shards, and ${elasticsearch.nodesPerRegion} nodes take ${most}`;
  const otherwise = 'beyond, no index can be made, and exporting stops';
  if (indexDays !== undefined) {
    return [
      warningOf({
        rule: 'history-indices',
        setting: 'history.archiving.indexDays',
        value: history.archiving.indexDays ?? 1,
        requirement: `should be at least ${indexDays}: ${counted}`,
        fix: `raise it to ${indexDays}: ${otherwise}`,
      }),
    ];
  }
  if (records === undefined) {
    const requirement = `should be less: ${counted}`;
    const fix = `lower it, or raise 'elasticsearch.nodesPerRegion': ${otherwise}`;
    return [warningOf({ rule: 'history-indices', setting: 'history.retention.days', value: history.retention.days, requirement, fix })];
  }
  const also =
    records.indexDays === (history.archiving.indexDays ?? 1) ? '' : ` and raise 'history.archiving.indexDays' to ${records.indexDays}`;
  return [
    warningOf({
      rule: 'history-indices',
      setting: 'history.retention.recordsDays',
      value: history.retention.recordsDays,
      requirement: `should be at most ${records.days}, because records have indices of a day each: ${counted}`,
      fix: `lower it to ${records.days}${also}: ${otherwise}`,
    }),
  ];
}
