import { readBrokerPartitions } from '../calls/management-calls';
import { readWrites, writeTotals } from '../calls/search-data-calls';
import { running, unknown } from '../finding';
import type { Condition, Step } from '../run/step';
import { familyOf, isOfOneRegion } from '../view/index-families';
import { listText } from '../view/members';
import { unlessEnabled } from './exporting';
import type { Copy } from './snapshot';
import { NOTED_BY, restingPositions } from './standstill';

/**
 * Longer than what exporters collect (1 s, 5 s before 8.8), than the pause between two runs of what marks incidents (at most 5 s), and than
 * its own wait for Elasticsearch (5 s) take together.
 *
 * @internal
 */
export const REST_MS = 15_000;

/**
 * A pause stops what brokers hand to exporters. What they have been handed before is written afterwards, and moves their position:
 * in a snapshot that is taken at once it is missing, and the exporter of the recreated region begins behind it.
 *
 * @see camunda/camunda, ExporterDirector.pauseExporting, CamundaExporter.flushAndReschedule, IncidentUpdateTask
 *
 * @internal
 */
export function awaitRest(copy: Copy, camundaVersion: string): Step {
  return {
    id: NOTED_BY,
    title: `Wait until nothing is written to Elasticsearch of region ${copy.from}`,
    purpose:
      'A pause stops what brokers hand to exporters. What exporters have been handed before, they still write, and they mark incidents. ' +
      'What is written while the snapshot is taken would be missing in the recreated region.',
    requires: [],
    done: unlessEnabled(copy.exporterId, atRest(copy, camundaVersion)),
    timeoutMs: 1_800_000,
    advice:
      'find out who writes: with the phase of the recreated region deployed, neither Operate and Tasklist nor the archiver do. Programs of your own that write to ' +
      `Elasticsearch have to wait. Then 'recover resume'. Exporting stays paused meanwhile: watch the brokers' disks`,
  };
}

function atRest({ from, sides }: Copy, camundaVersion: string): Condition {
  return {
    description: `two looks, ${REST_MS / 1_000} s apart, show the same totals of what was written to each index, sessions and the like left out; where exporters stand then (exportedPosition of each leader) is noted`,
    calls: [readWrites(from), ...sides.otherIds.map(readBrokerPartitions)],
    check: async view => {
      const before = await view.read(readWrites(from), writeTotals);
      if (!before.ok) return unknown(before.why);
      await view.ports.clock.sleep(REST_MS);
      const after = await view.read(readWrites(from), writeTotals);
      if (!after.ok) return unknown(after.why);
      const written = [...after.value]
        .filter(([name, total]) => before.value.get(name) !== total && !isOfOneRegion(familyOf(name), camundaVersion))
        .map(([name]) => name);
      if (written.length > 0) return running(`something still writes to ${listText(written)} in region ${from}`);
      const positions = await restingPositions(view, sides);
      if (positions.state !== 'met') return positions;
      return { ...positions, why: `nothing was written to Elasticsearch of region ${from} for ${REST_MS / 1_000} s` };
    },
  };
}
