import { Effect, isMilder } from '../../../constructs/topology/settings/rows/later';
import { NODE_GROUP } from './aws-update-rules';
import { dangerous, notice, type Change } from './change';
import { brokersOf, type DeploymentState } from './deployment-state';
import { derivedEffects, refusedUpdates, type DerivedEffect } from './derived-effects';
import { laterOf } from './later-of';
import type { TemplateComparison } from './resource-difference';
import { changedSettings } from './setting-notices';

/**
 * Whether nodes of a region are replaced, whether those of both are, and what of it must not be or cannot be.
 *
 * @internal
 */
export function nodeRoll(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): Change[] {
  const effects = derivedEffects(base, head, compare);
  return [...rolls(regionsWith(Effect.NODES_ROLL, effects)), ...refusals(base, head, compare), ...survivorRolls(base, head, effects)];
}

function regionsWith(effect: Effect, effects: readonly DerivedEffect[]): number[] {
  const found = effects.filter(one => one.effect === effect);
  return [...new Set(found.map(({ regionId }) => regionId))].sort();
}

function rolls(rolling: readonly number[]): Change[] {
  if (rolling.length === 0) return [];
  const where = { part: rolling.map(regionId => `Region${regionId}`).join(' and '), object: NODE_GROUP };
  if (rolling.length === 1) {
    return [
      notice('nodes-roll', `region${rolling[0]}`, where, {
        meaning:
          'The nodes of this region are replaced one after the other, and all pods on them move. The other region keeps its two replicas of each partition.',
        advice: "Before the other region follows, wait for 'recover verify --wait'.",
      }),
    ];
  }
  return [
    dangerous('nodes-roll', 'both', where, {
      meaning: 'The nodes of both regions are replaced in one change. Deployed together, partitions lose their majority.',
      advice:
        "Deploy one region ('cdk deploy --exclusively NAME-Region0'), wait for 'recover verify --wait', then the other, and acknowledge that this is how it is done.",
    }),
  ];
}

function refusals(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): Change[] {
  return refusedUpdates(base, head, compare).map(({ regionId, logicalIds, fields, rule }) =>
    dangerous(
      'node-group-update-refused',
      `region${regionId}`,
      { part: `Region${regionId}`, object: logicalIds.join(', '), field: fields.join(', ') },
      {
        meaning: `EKS refuses it: "${rule.message}". The deployment of the region fails and is rolled back.`,
        advice: 'Make two changes of it: first what replaces nodes, and when that is deployed, number, labels or taints.',
      },
    ),
  );
}

/** Each partition has two replicas left after a failover, and needs both: a broker that restarts stops its partitions. */
function survivorRolls(base: DeploymentState, head: DeploymentState, effects: readonly DerivedEffect[]): Change[] {
  const { recreatedRegion } = head.settings.recovery;
  if (recreatedRegion === undefined) return [];
  const survivor = 1 - recreatedRegion;
  const nodes = regionsWith(Effect.NODES_ROLL, effects).includes(survivor);
  const brokers = regionsWith(Effect.BROKERS_ROLL, effects).includes(survivor) && rollsBesideThePhase(base, head);
  if (!nodes && !brokers) return [];
  return [
    dangerous(
      'survivor-rolls',
      `region${survivor}`,
      { part: `region ${survivor}`, object: nodes ? NODE_GROUP : `StatefulSet/${brokersOf(head, survivor)}` },
      {
        before: base.settings.recovery.recreatedRegion,
        after: recreatedRegion,
        meaning: `Region ${survivor} works alone, and each partition needs both replicas that are left: while ${nodes ? 'a node' : 'a broker'} is away, its partitions stop.`,
        advice: "Finish the failback first: 'recover failback', then deploy without 'recovery', then make this change.",
      },
    ),
  ];
}

/** The phase itself restarts brokers once. Nothing else may come with it. */
function rollsBesideThePhase(base: DeploymentState, head: DeploymentState): boolean {
  const others = changedSettings(base, head).filter(({ field }) => !field.startsWith('recovery.'));
  const harsh = others.some(({ field }) => !isMilder(laterOf(field)?.effect ?? Effect.UNNOTICED, Effect.BROKERS_ROLL));
  return harsh || base.settings.recovery.recreatedRegion === head.settings.recovery.recreatedRegion;
}
