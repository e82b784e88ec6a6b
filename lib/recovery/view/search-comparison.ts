import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { listText } from './members';
import { holdsCamundaData, isShownToBeItsRegions, type SearchIdentity } from './search-identity';
import type { Comparison, Stage } from './stage';

/**
 * Whether each region's Elasticsearch is that of its region, and the one to copy from has something to copy. One that does not
 * answer is no difference: before a region is recreated, it has none.
 *
 * @internal
 */
export function searchDifferences(
  { regions }: RecoveryTopology,
  identities: readonly SearchIdentity[],
  { kind, affected }: Pick<Stage, 'kind' | 'affected'>,
): Comparison {
  const differences: string[] = [];
  const warnings: string[] = [];
  const answering = identities.filter(({ silent }) => silent === undefined);
  for (const identity of answering) {
    const others = identity.namedRegions.filter(id => id !== identity.regionId);
    if (others.length > 0) {
      differences.push(
        `the address of Elasticsearch of region ${identity.regionId} (${regions[identity.regionId].awsRegion}) leads to one whose nodes are in region ${listText(others)}`,
      );
    } else if (!isShownToBeItsRegions(identity)) {
      warnings.push(`nothing shows that Elasticsearch at the address of region ${identity.regionId} is that of this region`);
    }
    if (kind === 'failback' && identity.regionId !== affected && !holdsCamundaData(identity.indices!)) {
      differences.push(
        `Elasticsearch at the address of region ${identity.regionId}, from which to copy, holds no data of Camunda: ` +
          `is it the recreated one?`,
      );
    }
  }
  const uuids = answering.map(({ clusterUuid }) => clusterUuid).filter(uuid => uuid !== undefined);
  if (uuids.length > 1 && new Set(uuids).size === 1) {
    differences.push(`the addresses of both regions lead to one and the same Elasticsearch (cluster_uuid ${uuids[0]})`);
  }
  return { differences, warnings };
}
