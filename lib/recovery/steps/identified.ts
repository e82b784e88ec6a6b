import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Call } from '../calls/call';
import { readIdentity, readIndices, readNodes } from '../calls/search-calls';
import { blocked, met, unknown } from '../finding';
import type { Condition } from '../run/step';
import { searchDifferences } from '../view/search-comparison';
import { searchIdentity } from '../view/search-identity';

/**
 * Whether both Elasticsearch answer, and each is that of its region: what is copied in the wrong direction is lost.
 *
 * @internal
 */
export function searchIdentified(topology: RecoveryTopology, affected: number): Condition {
  return {
    description: `both Elasticsearch answer, each is that of its region, and the one of region ${1 - affected} holds Camunda's data`,
    calls: topology.regions.flatMap(({ regionId }): Call[] => [readIdentity(regionId), readNodes(regionId), readIndices(regionId)]),
    check: async view => {
      const identities = await Promise.all(topology.regions.map(({ regionId }) => searchIdentity(view, regionId)));
      const { differences, warnings } = searchDifferences(topology, identities, { kind: 'failback', affected });
      if (differences.length > 0) {
        return blocked(
          differences.join('; '),
          `nothing was copied, and nothing is to be deleted. Give each region the address of its own Elasticsearch, then 'recover resume'`,
        );
      }
      const silent = identities.find(identity => identity.silent !== undefined);
      if (silent) return unknown(`Elasticsearch of region ${silent.regionId}: ${silent.silent}`);
      return met('each Elasticsearch is that of its region', warnings);
    },
  };
}

/**
 * A condition whose advice may be to delete something in the recreated region. It is given only where that region is shown to be
 * the one that answers: the other one holds the only copy.
 *
 * @internal
 */
export function namesOnlyWhatIsShown(condition: Condition, identified: Condition): Condition {
  return {
    ...condition,
    check: async (view, attempts, steps) => {
      const finding = await condition.check(view, attempts, steps);
      if (finding.state !== 'blocked') return finding;
      const identity = await identified.check(view, []);
      if (identity.state === 'blocked') return identity;
      if (identity.state === 'met' && (identity.warnings ?? []).length === 0) return finding;
      return blocked(
        `the Elasticsearch that is to be restored is not empty, and it may be that of the survivor: ${[...(identity.warnings ?? []), identity.why].join('; ')}`,
        `delete nothing. See with 'GET /' and 'GET /_nodes/http' at both addresses which Elasticsearch answers there, or let the program reach them ` +
          `through the Kubernetes API of each region (--context); then 'recover resume'`,
      );
    },
  };
}
