import { Yaml } from 'cdk8s';
import { FIXED_NAMES } from '../topology/plan/names';

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
  // An upgrade that takes over older data may need ingest pipelines, and the role must be there before the new version starts.
  'manage_pipeline',
];

/**
 * The roles file of Elasticsearch: what Camunda's user may do, and no more. Managing templates and lifecycle policies is
 * for setting up the schema and upgrading it, snapshots are for Camunda's backups.
 *
 * @see Camunda 8 docs, Elasticsearch privileges
 *
 * @internal
 */
export function rolesFile(): string {
  return Yaml.stringify({
    [FIXED_NAMES.elasticsearchRole]: {
      cluster: CLUSTER_PRIVILEGES,
      indices: [{ names: INDICES, privileges: ['create_index', 'delete_index', 'read', 'write', 'manage'] }],
    },
  });
}
