import type { Reading } from '../calls/readings';
import type { ClusterConfiguration } from './cluster-configuration';
import type { ClusterTopology } from './cluster-topology';
import type { SearchIdentity } from './search-identity';

/**
 * What the system says of itself, with what it could not be asked.
 *
 * @internal
 */
export interface ClusterReadings {
  readonly gateways: Reading<ClusterTopology>;
  /** Left out where nobody can answer: its coordinator is lost. */
  readonly configuration?: Reading<ClusterConfiguration>;
  readonly exporters?: Reading<ReadonlyMap<string, string>>;
  /** By region. Empty where a command does not need Elasticsearch. */
  readonly search: readonly SearchIdentity[];
}
