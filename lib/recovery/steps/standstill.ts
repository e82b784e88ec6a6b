import { readBrokerPartitions } from '../calls/management-calls';
import { blocked, met, unknown, type Finding } from '../finding';
import type { Condition } from '../run/step';
import type { ClusterView } from '../view/cluster-view';
import { exportedPositions, type ExportedPositions } from '../view/exported-positions';
import { listText, type Sides } from '../view/members';
import { ANOTHER_SNAPSHOT, exporting } from './exporting';

/** The step that notes where exporters stand. */
export const NOTED_BY = 'await-rest';

/**
 * What must be so from the moment on at which exporters have come to rest until the exporter of the recreated region is enabled: it goes
 * on where the other one stands by then, and whatever was exported since the snapshot would be missing for ever. Exporting that was resumed and
 * paused again is as good as never paused, but for the positions.
 *
 * @internal
 */
export function exportersStandStill(sides: Sides): readonly Condition[] {
  return [exporting(sides, 'PAUSED', true), unmoved(sides)];
}

function unmoved(sides: Sides): Condition {
  return {
    description: 'no exporter has gone on since all was at rest',
    calls: sides.otherIds.map(readBrokerPartitions),
    check: async (view, _, steps) => {
      const noted = steps?.[NOTED_BY]?.noted;
      if (!view.ports.broker || noted === undefined) return met('where exporters stood was not noted');
      const ids = Object.keys(noted);
      const partitions = await positionsOf(view, sides, ids);
      const moved = ids.filter(id => (partitions.get(Number(id))?.exported ?? NaN) > noted[id]);
      if (moved.length > 0) return blocked(`partitions ${listText(moved)} were exported further since all was at rest`, ANOTHER_SNAPSHOT);
      return whereAllLead(partitions, ids) ?? met('no exporter has gone on');
    },
  };
}

/**
 * Notes where exporters stand by partition, or tells which partition does not say it.
 *
 * @internal
 */
export async function restingPositions(view: ClusterView, sides: Sides): Promise<Finding> {
  if (!view.ports.broker) return met('where exporters stand cannot be seen from here');
  const ids = view.topology.partitions.map(({ partitionId }) => String(partitionId));
  const partitions = await positionsOf(view, sides, ids);
  // A leader that does not tell where its exporters stand is not asked for it later.
  const told = [...partitions].filter(([, { exported }]) => Number.isFinite(exported));
  const noted = Object.fromEntries(told.map(([id, { exported }]) => [id, exported]));
  return whereAllLead(partitions, ids) ?? { ...met('exporters stand still'), noted };
}

/** Where brokers of the other region are members, they may lead. */
async function positionsOf(view: ClusterView, { otherIds }: Sides, ids: readonly string[]): Promise<ExportedPositions['partitions']> {
  const { partitions } = await exportedPositions(view, view.topology, otherIds);
  if (ids.every(id => partitions.has(Number(id)))) return partitions;
  return (await exportedPositions(view, view.topology)).partitions;
}

function whereAllLead(partitions: ExportedPositions['partitions'], ids: readonly string[]): Finding | undefined {
  const missing = ids.filter(id => !partitions.has(Number(id)));
  return missing.length === 0 ? undefined : unknown(`no broker says that it leads partition ${listText(missing)}`);
}
