import { historyRoom, historyShards, MONTH_DAYS } from '../../plan/history-room';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { warningOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

/**
 * Whether Elasticsearch has room for the history that is kept.
 *
 * @internal
 */
export function historyRoomProblems(settings: ResolvedSettings): Problem[] {
  return isUsable(settings) ? [...roomProblems(settings), ...shardProblems(settings)] : [];
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

function roomProblems(settings: ResolvedSettings): Problem[] {
  const { daysUntilFull, keptGiB, neededVolumeGiB } = historyRoom(settings);
  if (daysUntilFull === undefined || (keptGiB === undefined && daysUntilFull >= MONTH_DAYS)) return [];
  const { history, elasticsearch } = settings;
  const what = keptGiB === undefined ? 'a month, since no history is deleted' : `the history of ${history.retention.days} days`;
  return [
    warningOf({
      rule: 'history-room',
      setting: 'elasticsearch.volumeGiB',
      value: elasticsearch.volumeGiB,
      requirement: `should have room for ${what}: ${history.instancesPerDay} process instances a day fill ${elasticsearch.nodesPerRegion} nodes within ${daysUntilFull} days`,
      fix: `raise it to ${neededVolumeGiB}, keep history for less time, or say in 'history.instancesPerDay' and 'history.instanceKiB' what you have`,
    }),
  ];
}

function shardProblems(settings: ResolvedSettings): Problem[] {
  const { history, elasticsearch } = settings;
  const { shards, most, indexDays } = historyShards(settings);
  if (!history.retention.enabled || shards <= most) return [];
  return [
    warningOf({
      rule: 'history-indices',
      setting: 'history.archiving.indexDays',
      value: history.archiving.indexDays ?? 1,
      requirement: `should be at least ${indexDays}: dated indices of ${history.retention.days} days would have about ${shards} shards, and ${elasticsearch.nodesPerRegion} nodes take ${most}`,
      fix: `raise it to ${indexDays}: beyond, no index can be made, and exporting stops`,
    }),
  ];
}
