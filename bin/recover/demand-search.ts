import type { RecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import type { RecoveryPorts } from '../../lib/recovery/ports';
import { UsageError } from './exit-code';

/** Refuses what reads or copies the data of both regions, where nothing leads to one of them. */
export function demandSearch({ regions }: RecoveryTopology, { hasElasticsearch }: Pick<RecoveryPorts, 'hasElasticsearch'>): void {
  const missing = regions.filter(({ regionId }) => hasElasticsearch?.(regionId) === false).map(({ regionId }) => `region${regionId}`);
  if (missing.length === 0) return;
  throw new UsageError(
    `nothing leads to Elasticsearch of ${missing.join(' and ')}: name it with --elasticsearch-url region0=URL,region1=URL, or with --context its cluster`,
  );
}
