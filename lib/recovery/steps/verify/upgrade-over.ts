import { READ_TOPOLOGY, READ_UPGRADE_READINESS } from '../../calls/management-calls';
import { met, running, unknown, unread, type Finding } from '../../finding';
import type { Condition } from '../../run/step';
import { minorOf } from '../../view/cluster-topology';
import type { ClusterView } from '../../view/cluster-view';
import { upgradeReadiness, type MigrationPart } from '../../view/upgrade-readiness';

/** The one that there is where nobody has made others. */
const DEFAULT_TENANT = 'default';

/** What the names of parts stand for. A part without a name here is told as the server names it. */
const MEANINGS: Readonly<Record<string, string>> = {
  brokerVersionMigrated: 'not all brokers run the newer version',
  exporterMigrated: 'records of the older version are not all exported',
  rocksDbMigrated: 'the state of partitions is not migrated, or not in a snapshot yet',
  elasticsearchSchemaMigrated: 'the schema of Elasticsearch is that of the older version',
};

/**
 * Whether nothing of an upgrade goes on any more: the end of one, and what must be so before the next. Between the two halves of an upgrade
 * it says no more than that, because each region runs a version of its own. A version that has no such answer, before 8.10, says nothing.
 *
 * @see https://docs.camunda.io/docs/self-managed/components/orchestration-cluster/zeebe/operations/management-api/ Upgrade Readiness API
 *
 * @internal
 */
export function upgradeOver(): Condition {
  return {
    description: 'no part of an upgrade is still being migrated, where the version tells it (8.10 and newer)',
    calls: [READ_UPGRADE_READINESS, READ_TOPOLOGY],
    check: async view => {
      const reading = await view.read(READ_UPGRADE_READINESS, upgradeReadiness);
      if (!reading.ok) return reading.status === 404 ? met('this version does not tell whether an upgrade is over') : unread(reading);
      const { upgradeable, parts } = reading.value;
      const left = parts.filter(({ state }) => state !== 'MIGRATED');
      if (left.length > 0) return (await isHalfWay(view)) ? halfWay(left) : unfinished(left);
      return upgradeable ? met('nothing of an upgrade is left to do') : unknown('gateways do not know yet whether an upgrade is over');
    },
  };
}

async function isHalfWay(view: ClusterView): Promise<boolean> {
  const seen = await view.seenTopology();
  return seen.ok && new Set(seen.value.brokers.map(({ version }) => minorOf(version))).size > 1;
}

function halfWay(left: readonly MigrationPart[]): Finding {
  return met('an upgrade is half way', [
    `brokers run two versions: when all run the newer one, 'recover verify --wait' waits for the end of the upgrade (now: ${partsText(left)})`,
  ]);
}

function unfinished(left: readonly MigrationPart[]): Finding {
  const goesOn = left.some(({ state }) => state === 'MIGRATION_IN_PROGRESS');
  const text = `an upgrade is not over, and no other one may begin: ${partsText(left)}`;
  return goesOn ? running(text) : unknown(text);
}

function partsText(parts: readonly MigrationPart[]): string {
  return parts
    .map(({ physicalTenant, name, state, detail }) =>
      [
        `${name} ${state === '' ? 'has no state' : `is ${state}`}`,
        ...(physicalTenant === DEFAULT_TENANT ? [] : [`physical tenant ${physicalTenant}`]),
        ...(state === 'MIGRATION_IN_PROGRESS' && MEANINGS[name] !== undefined ? [MEANINGS[name]] : []),
        ...(detail === '' ? [] : [detail]),
      ].join(', '),
    )
    .join('; ');
}
