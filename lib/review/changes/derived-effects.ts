import { Effect } from '../../../constructs/topology/settings/rows/later';
import { LAUNCH_TEMPLATE, NODE_GROUP, REFUSED_COMBINATIONS, UPDATE_RULES, type RefusedCombination } from './aws-update-rules';
import { comparableTemplate } from './comparable-template';
import { brokersOf, type DeploymentState, type StateStack } from './deployment-state';
import { GUARDED_TYPES } from './guarded-types';
import { fixedFieldChanges } from './immutable-fields';
import { objectsOf, type ManifestObject } from './manifest-objects';
import { at, isData, isSame } from './plain-data';
import { ResourceFate, type ResourceDifference, type ResourceField, type TemplateComparison } from './resource-difference';

/**
 * What AWS or Kubernetes will do, with the difference that it follows from.
 *
 * @internal
 */
export interface DerivedEffect {
  readonly effect: Effect;
  /** Region whose pods, nodes or resources it is about. */
  readonly regionId: number;
  /** For example `Region0/AWS::EKS::Nodegroup`. */
  readonly cause: string;
}

/**
 * An update that AWS refuses, for what it combines.
 *
 * @internal
 */
export interface RefusedUpdate {
  readonly regionId: number;
  readonly logicalIds: readonly string[];
  readonly fields: readonly string[];
  readonly rule: RefusedCombination;
}

const REPLACED = [ResourceFate.REPLACED, ResourceFate.PERHAPS_REPLACED];
const GONE = [ResourceFate.DELETED, ResourceFate.FORGOTTEN];
const WORKLOADS = ['StatefulSet', 'Deployment', 'Job', 'CronJob', 'DaemonSet'];
/** What others look for by its name, and is not made again when it is gone. */
const LOOKED_FOR = ['Namespace', 'Secret', 'StatefulSet', 'Elasticsearch', 'PersistentVolumeClaim'];

/**
 * What a deployment does to a running one, as far as it can be told from both descriptions.
 *
 * @internal
 */
export function derivedEffects(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): DerivedEffect[] {
  return [
    ...changedStacks(base, head, compare).flatMap(({ regionId, stackRole, after, differences }) =>
      differences.flatMap(difference => {
        const effect = effectOfResource(difference, rolledGroups(differences, after));
        return effect === Effect.UNNOTICED ? [] : [{ effect, regionId, cause: `${stackRole}/${difference.type}` }];
      }),
    ),
    ...[0, 1].flatMap(regionId => manifestEffects(base, head, regionId)),
  ];
}

/**
 * Updates of resources that AWS refuses, because two things change at once.
 *
 * @internal
 */
export function refusedUpdates(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): RefusedUpdate[] {
  return changedStacks(base, head, compare).flatMap(({ regionId, after, differences }) => {
    const rolled = rolledGroups(differences, after);
    return REFUSED_COMBINATIONS.flatMap(rule => {
      const them = differences.filter(({ type, fate, fields, logicalId }) => {
        if (type !== rule.type || fate !== ResourceFate.UPDATED) return false;
        const changesOne = rolled.includes(logicalId) || fields.some(({ name }) => rule.one.includes(name));
        return changesOne && fields.some(({ name }) => rule.others.includes(name));
      });
      if (them.length === 0) return [];
      const fields = new Set(them.flatMap(one => one.fields.map(({ name }) => name)));
      return [{ regionId, logicalIds: them.map(({ logicalId }) => logicalId), fields: [...fields], rule }];
    });
  });
}

interface ChangedStack {
  readonly stackRole: string;
  readonly regionId: number;
  readonly after: StateStack;
  readonly differences: readonly ResourceDifference[];
}

function changedStacks(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): ChangedStack[] {
  return head.stacks.flatMap(after => {
    const before = base.stacks.find(({ stackRole }) => stackRole === after.stackRole);
    if (!before) return [];
    const [old, now] = [before, after].map(({ template }) => comparableTemplate(template, { manifestsElsewhere: true }).template);
    const { stackRole } = after;
    return [{ stackRole, regionId: regionOf(after, head), after, differences: compare(old, now) }];
  });
}

function regionOf({ awsRegion, stackRole }: StateStack, { settings }: DeploymentState): number {
  const digit = /\d$/.exec(stackRole)?.[0];
  return digit === undefined ? settings.regions.findIndex(region => region.awsRegion === awsRegion) : Number(digit);
}

/** Node groups that get another version of their launch template, although their own description is the same. */
function rolledGroups(differences: readonly ResourceDifference[], { template }: StateStack): string[] {
  const changed = differences.filter(({ type, fate }) => type === LAUNCH_TEMPLATE && fate === ResourceFate.UPDATED);
  const groups = Object.entries(template.Resources ?? {}).filter(([, { Type }]) => Type === NODE_GROUP);
  return groups.flatMap(([logicalId, { Properties }]) => {
    const reference = JSON.stringify(isData(Properties) ? (Properties.LaunchTemplate ?? '') : '');
    return changed.some(one => reference.includes(`"${one.logicalId}"`)) ? [logicalId] : [];
  });
}

function effectOfResource({ type, fate, fields, logicalId }: ResourceDifference, rolled: readonly string[]): Effect {
  if (type in GUARDED_TYPES && REPLACED.includes(fate)) return Effect.FIXED;
  if (type in GUARDED_TYPES && GONE.includes(fate)) return Effect.PROCEDURE;
  if (type === NODE_GROUP && (rolled.includes(logicalId) || hasFewerNodes(fields) || [...REPLACED, ...GONE].includes(fate)))
    return Effect.NODES_ROLL;
  if (fate !== ResourceFate.UPDATED) return Effect.UNNOTICED;
  const rule = UPDATE_RULES.find(
    one => one.type === type && (one.properties?.some(name => fields.some(field => field.name === name)) ?? true),
  );
  return rule?.effect ?? Effect.UNNOTICED;
}

function hasFewerNodes(fields: readonly ResourceField[]): boolean {
  return fields.some(({ name, before, after }) => {
    const [old, now] = [before, after].map(scaling => Number(at(scaling, 'DesiredSize')));
    return name === 'ScalingConfig' && now < old;
  });
}

function manifestEffects(base: DeploymentState, head: DeploymentState, regionId: number): DerivedEffect[] {
  if (base.settings.regions[regionId].namespace !== head.settings.regions[regionId].namespace) {
    return [{ effect: Effect.FIXED, regionId, cause: 'Namespace' }];
  }
  const [before, after] = [objectsOf(base, regionId), objectsOf(head, regionId)];
  return [...before].flatMap(([key, old]) => {
    const now = after.get(key);
    const effect = now ? effectOfObject(old, now, brokersOf(head, regionId)) : effectOfRemoval(old);
    return effect === Effect.UNNOTICED ? [] : [{ effect, regionId, cause: key }];
  });
}

function effectOfRemoval({ kind }: ManifestObject): Effect {
  if (LOOKED_FOR.includes(kind)) return Effect.PROCEDURE;
  return WORKLOADS.includes(kind) ? Effect.PODS_ROLL : Effect.UNNOTICED;
}

function effectOfObject({ object: before }: ManifestObject, { kind, name, object: after }: ManifestObject, brokers: string): Effect {
  // A refusal loses nothing, but the object has to go before it is applied.
  if (fixedFieldChanges(kind, before, after).length > 0) return Effect.PROCEDURE;
  if (kind === 'Elasticsearch') return isSame(before.spec, after.spec) ? Effect.UNNOTICED : Effect.PODS_ROLL;
  if (!WORKLOADS.includes(kind)) return Effect.UNNOTICED;
  const isBrokers = kind === 'StatefulSet' && name === brokers;
  if (isBrokers && at(before, 'spec', 'replicas') !== at(after, 'spec', 'replicas')) return Effect.PROCEDURE;
  if (isSame(at(before, 'spec', 'template'), at(after, 'spec', 'template'))) return Effect.UNNOTICED;
  return isBrokers ? Effect.BROKERS_ROLL : Effect.PODS_ROLL;
}
