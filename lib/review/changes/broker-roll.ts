import { dangerous, notice, type Change } from './change';
import { brokersOf, type DeploymentState } from './deployment-state';
import { objectsOf } from './manifest-objects';
import { at, fieldDifferences, isSame } from './plain-data';

const MAX_FIELDS = 4;

/**
 * Whether the brokers of a region are restarted, and whether those of both are. A partition needs three of its four replicas, two
 * of which are in each region.
 *
 * @internal
 */
export function brokerRoll(base: DeploymentState, head: DeploymentState): Change[] {
  const rolling = [0, 1].flatMap(regionId => {
    if (base.settings.regions[regionId].namespace !== head.settings.regions[regionId].namespace) return [];
    const [before, after] = [base, head].map(state => podTemplate(state, regionId));
    return before === undefined || after === undefined || isSame(before, after) ? [] : [{ regionId, fields: fieldsOf(before, after) }];
  });
  const where = (regions: string): Change['where'] => ({
    part: `manifests of ${regions}`,
    object: [...new Set(rolling.map(({ regionId }) => `StatefulSet/${brokersOf(head, regionId)}`))].join(', '),
    field: [...new Set(rolling.flatMap(({ fields }) => fields))].slice(0, MAX_FIELDS).join(', '),
  });
  if (rolling.length === 0) return [];
  if (rolling.length === 1) {
    const [{ regionId }] = rolling;
    return [
      notice('brokers-roll', `region${regionId}`, where(`region ${regionId}`), {
        meaning: 'The brokers of this region are restarted one after the other. The other region keeps its two replicas of each partition.',
        advice: "Before the other region follows, wait for 'recover verify --wait'.",
      }),
    ];
  }
  const reason = designedRoll(base, head);
  if (reason !== undefined)
    return [notice('brokers-roll', 'both', where('both regions'), { meaning: `${reason} ${ROLL}`, advice: ONE_BY_ONE })];
  return [dangerous('brokers-roll', 'both', where('both regions'), { meaning: ROLL, advice: STAGED })];
}

const ROLL = 'The brokers of both regions are restarted. Where two replicas of a partition are down at once, it has no majority and stops.';
const ONE_BY_ONE = "Deploy one region ('cdk deploy Camunda/*0'), wait until all of its brokers are ready, then the other.";
const STAGED =
  "Change one region in one pull request and the other in the next: a patch with 'regions[].camundaPatch'. What both regions share cannot be split: deploy one region, wait until all of its brokers are ready, then the other, and acknowledge the change.";

/** Changes that no configuration can split, because both regions have to say the same. Each is described as a procedure. */
function designedRoll({ settings: before }: DeploymentState, { settings: after }: DeploymentState): string | undefined {
  if (before.camunda.version !== after.camunda.version || before.camunda.migratingFrom !== after.camunda.migratingFrom) {
    return 'A minor version is one for both regions (docs/upgrade.md).';
  }
  if (before.recovery.recreatedRegion !== after.recovery.recreatedRegion) {
    return 'A phase of a recovery is one for both regions (docs/recovery.md).';
  }
  return undefined;
}

function podTemplate(state: DeploymentState, regionId: number): unknown {
  return at(objectsOf(state, regionId).get(`StatefulSet/${brokersOf(state, regionId)}`)?.object, 'spec', 'template');
}

function fieldsOf(before: unknown, after: unknown): string[] {
  return fieldDifferences(before, after).map(({ field }) => field.replace(/^spec\./, ''));
}
