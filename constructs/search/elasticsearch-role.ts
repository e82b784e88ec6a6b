import { Yaml } from 'cdk8s';
import { FIXED_NAMES } from '../topology/names';

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
      cluster: ['monitor', 'manage_index_templates', 'manage_ilm', 'create_snapshot', 'monitor_snapshot'],
      indices: [{ names: ['*'], privileges: ['create_index', 'delete_index', 'read', 'write', 'manage'] }],
    },
  });
}
