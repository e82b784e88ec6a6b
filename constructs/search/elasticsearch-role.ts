import { Yaml } from 'cdk8s';
import { FIXED_NAMES } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';

/**
 * What every name of Camunda's indices begins with: records of Zeebe, then those of Operate, Tasklist, and Camunda itself. One list for all
 * versions: an upgrade takes the older indices along, and a role that changes reaches Elasticsearch after the new pods have started.
 */
const INDICES = [`${FIXED_NAMES.zeebeRecords}*`, 'operate-*', 'tasklist-*', 'camunda-*'];

const CLUSTER_PRIVILEGES = [
  'monitor',
  'manage_index_templates',
  'manage_ilm',
  'create_snapshot',
  'monitor_snapshot',
  // Camunda deletes its own backups. There is no named privilege for it that could not also restore.
  'cluster:admin/snapshot/delete',
];

/**
 * The roles file of Elasticsearch: what Camunda's user may do, and no more. Managing templates and lifecycle policies is
 * for setting up the schema and upgrading it, snapshots are for Camunda's backups.
 *
 * @see Camunda 8 docs, Elasticsearch privileges
 *
 * @internal
 */
export function rolesFile(topology: Topology): string {
  return Yaml.stringify({
    [FIXED_NAMES.elasticsearchRole]: {
      cluster: [...CLUSTER_PRIVILEGES, ...(migratesIndices(topology) ? ['manage_pipeline'] : [])],
      indices: [{ names: INDICES, privileges: ['create_index', 'delete_index', 'read', 'write', 'manage'] }],
    },
  });
}

/** Taking over older indices may need ingest pipelines: Operate does it before each start, or the programs of a migration do. */
function migratesIndices(topology: Topology): boolean {
  const { version, migration } = planOf(topology);
  return migration !== undefined || version.components?.operate.migrationCommand !== undefined;
}
