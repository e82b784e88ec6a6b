import { historyRoom } from '../../../constructs/topology/plan/history-room';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { counted, toned } from './cells';
import type { Cell, ReviewTable } from './review-document';

/**
 * How long history has room in Elasticsearch.
 *
 * @internal
 */
export function historyTable(topology: Topology): ReviewTable {
  const { settings } = planOf(topology);
  const { history, elasticsearch } = settings;
  const { dailyGiB, usableGiB, keptGiB } = historyRoom(settings);
  return {
    title: 'Room for history in Elasticsearch, in each region',
    columns: ['what', 'value'],
    rows: [
      ['expected', `${history.instancesPerDay} process instances a day that end, ${history.instanceKiB} KiB each`],
      ['comes in a day', `${gib(dailyGiB)}, copies included`],
      ['kept', keptGiB === undefined ? toned('everything, for ever', 'warning') : `${gib(keptGiB)}, of ${history.retention.days} days`],
      ['room', `${gib(usableGiB)}: 85 % of ${counted(elasticsearch.nodesPerRegion, 'volume')} of ${elasticsearch.volumeGiB} GiB`],
      ['full', fullCell(topology)],
    ],
    notes: [
      "An estimate by Camunda's figures for 15 small variables; a called instance counts, and large payloads take megabytes. Measure yours, and say it in history.instancesPerDay and history.instanceKiB.",
    ],
  };
}

function fullCell(topology: Topology): Cell {
  const { daysUntilFull } = historyRoom(planOf(topology).settings);
  return daysUntilFull === undefined ? toned('never', 'good') : toned(`after ${counted(daysUntilFull, 'day')}`, 'warning');
}

function gib(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} GiB`;
}
