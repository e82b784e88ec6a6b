import type { EngineModel } from './engine-model';

/** Parts of an upgrade, and what is wrong with one that is not migrated. A part that is not named is migrated. */
export type Migration = Readonly<Record<string, { readonly state: 'MIGRATION_IN_PROGRESS' | 'UNKNOWN'; readonly detail: string }>>;

const PARTS = ['brokerVersionMigrated', 'exporterMigrated', 'rocksDbMigrated', 'elasticsearchSchemaMigrated'];

/** What `GET /actuator/upgradeReadiness` says, by its published contract: a replica that does not answer makes a part unknown. */
export function upgradeReadinessOf(model: EngineModel): object {
  const silent = [...model.partitions].flatMap(([partitionId, replicas]) =>
    [...replicas.keys()].filter(id => !model.up.has(id)).map(id => `partition ${partitionId} (broker ${id}) did not answer`),
  );
  const parts = PARTS.map(name => {
    const left = model.migration[name];
    if (left) return [name, left];
    if (name === 'rocksDbMigrated' && silent.length > 0) return [name, { state: 'UNKNOWN', detail: silent[0] }];
    return [name, { state: 'MIGRATED', detail: 'done' }];
  });
  const conditions = Object.fromEntries(parts) as Record<string, { readonly state: string }>;
  return {
    upgradeable: Object.values(conditions).every(({ state }) => state === 'MIGRATED'),
    physicalTenants: { default: conditions },
  };
}
