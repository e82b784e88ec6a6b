import { FIXED_OF_LOAD_BALANCER, LOAD_BALANCER } from './aws-update-rules';
import { dangerous, notice, type Change } from './change';
import { comparableTemplate } from './comparable-template';
import type { DeploymentState, StateStack } from './deployment-state';
import { GUARDED_TYPES } from './guarded-types';
import { isSame } from './plain-data';
import { ResourceFate, type ResourceDifference, type TemplateComparison } from './resource-difference';

const { CREATED, REPLACED, PERHAPS_REPLACED, DELETED, FORGOTTEN } = ResourceFate;
const RETENTION = ['DeletionPolicy', 'UpdateReplacePolicy'];
/** Handled by name, in two regions at once or as openings. */
const OPENINGS = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];
/** Without a name of their own, and without data: a second one hurts nobody. */
const HARMLESS = ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion', 'AWS::Logs::LogGroup'];

/** @internal */
export function templateChanges(base: DeploymentState, head: DeploymentState, compare: TemplateComparison): Change[] {
  const stackRoles = [...new Set([...base.stacks, ...head.stacks].map(({ stackRole }) => stackRole))];
  return stackRoles.flatMap(stackRole => {
    const [before, after] = [base, head].map(({ stacks }) => stacks.find(stack => stack.stackRole === stackRole));
    if (!before || !after) return [presenceChange(stackRole, after)];
    const [old, now] = [before, after].map(({ template }) =>
      comparableTemplate(template, { manifestsElsewhere: /^Camunda\d$/.test(stackRole) }),
    );
    const differences = compare(old.template, now.template);
    const code = isSame(old.assets, now.assets) ? [] : [codeChange(stackRole)];
    return [...stackChanges(stackRole, differences, before, after), ...code];
  });
}

function presenceChange(stackRole: string, after: StateStack | undefined): Change {
  const where = { part: stackRole };
  if (after) {
    const meaning = 'A stack that was not there before.';
    return notice('stack-added', stackRole, where, { after: after.stackName, meaning, advice: '' });
  }
  return notice('stack-removed', stackRole, where, {
    meaning: 'A deployment leaves it as it is; nothing keeps it up to date.',
    advice: "Destroy it with 'cdk destroy' once nothing needs it. Buckets that are retained stay.",
  });
}

function codeChange(stackRole: string): Change {
  const meaning =
    "Code of the CDK's functions and layers differs, by the version of the CDK or of this library. They are replaced; no data is in them.";
  return notice('function-code-changed', stackRole, { part: stackRole }, { meaning, advice: '' });
}

function stackChanges(stackRole: string, differences: readonly ResourceDifference[], before: StateStack, after: StateStack): Change[] {
  const guarded = differences.filter(({ type }) => type in GUARDED_TYPES);
  const renamed = renamedPairs(differences, before, after);
  const others = differences.filter(({ type, logicalId }) => !(type in GUARDED_TYPES) && !renamed.some(pair => pair.includes(logicalId)));
  return [
    ...Object.keys(GUARDED_TYPES).flatMap(type =>
      guardedChanges(
        stackRole,
        type,
        guarded.filter(one => one.type === type),
      ),
    ),
    ...forwarderChanges(stackRole, differences),
    ...retentionChanges(stackRole, differences),
    ...renamed.map(([from, to, type]) =>
      dangerous(
        'logical-id-changed',
        `${stackRole}/${from}`,
        { part: stackRole, object: type },
        {
          before: from,
          after: to,
          meaning:
            'CloudFormation takes it for another resource: it makes the same one again, which fails or is undone when the old one is deleted.',
          advice: 'Keep the ids of constructs.',
        },
      ),
    ),
    ...resourceNotices(stackRole, [...others, ...guarded.filter(({ fate }) => fate === CREATED || fate === ResourceFate.UPDATED)]),
  ];
}

/** What is lost if CloudFormation replaces it, or if it goes and another of its type comes. */
function guardedChanges(stackRole: string, type: string, differences: readonly ResourceDifference[]): Change[] {
  const { kind, name, each, loss, advice } = GUARDED_TYPES[type];
  const lost = differences.filter(({ fate }) => [REPLACED, PERHAPS_REPLACED, DELETED, FORGOTTEN].includes(fate));
  const made = differences.some(({ fate }) => fate === CREATED);
  const make = (about: string, them: readonly ResourceDifference[]): Change => {
    const fields = them.flatMap(({ fields: all }) => all).filter(({ replaces }) => replaces);
    const fates = [...new Set(them.map(({ fate }) => fate))];
    const gone = fates.every(fate => fate === DELETED || fate === FORGOTTEN);
    const where = {
      part: stackRole,
      object: them.map(({ logicalId }) => logicalId).join(', '),
      field: [...new Set(fields.map(field => field.name))].join(', '),
    };
    const text = {
      before: fields[0]?.before,
      after: fields[0]?.after,
      meaning: `${name} is ${fates.join(', ')}${gone && made ? ' while another of its type is made' : ''}: ${loss}.`,
      advice,
    };
    return dangerous(`${kind}-${gone && !made ? 'removed' : 'replaced'}`, about, where, text);
  };
  if (lost.length === 0) return [];
  const place = stackRole.toLowerCase();
  return each ? lost.map(one => make(`${place}/${one.logicalId}`, [one])) : [make(place, lost)];
}

/** CloudFormation updates it in place, which the load balancer refuses. */
function forwarderChanges(stackRole: string, differences: readonly ResourceDifference[]): Change[] {
  return differences.flatMap(({ type, logicalId, fields, fate }) => {
    const field = fields.find(({ name }) => FIXED_OF_LOAD_BALANCER.includes(name));
    if (type !== LOAD_BALANCER || !field || fate !== ResourceFate.UPDATED) return [];
    return [
      dangerous(
        'forwarder-moved',
        stackRole.toLowerCase(),
        { part: stackRole, object: logicalId, field: field.name },
        {
          before: field.before,
          after: field.after,
          meaning:
            'A network load balancer keeps its addresses: the update fails, or leaves the other region asking addresses that do not answer.',
          advice: 'Keep zones and range of the VPC.',
        },
      ),
    ];
  });
}

function retentionChanges(stackRole: string, differences: readonly ResourceDifference[]): Change[] {
  return differences.flatMap(({ logicalId, type, fields }) => {
    const lowered = fields.find(({ name, before, after }) => RETENTION.includes(name) && keeps(before) && !keeps(after));
    if (!lowered) return [];
    return [
      dangerous(
        'retention-lowered',
        `${stackRole.toLowerCase()}/${logicalId}`,
        { part: stackRole, object: `${type} ${logicalId}`, field: lowered.name },
        {
          before: lowered.before,
          after: lowered.after ?? 'Delete',
          meaning: 'It is deleted with its stack, and with all that is in it.',
          advice: 'Keep it retained. Delete it by hand when it is really not needed.',
        },
      ),
    ];
  });
}

function keeps(policy: unknown): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate' || policy === 'Snapshot';
}

/** A resource that goes while the very same one comes under another id. */
function renamedPairs(differences: readonly ResourceDifference[], before: StateStack, after: StateStack): [string, string, string][] {
  const properties = ({ template }: StateStack, id: string): unknown => template.Resources?.[id]?.Properties;
  const made = differences.filter(({ fate, type }) => fate === CREATED && !(type in GUARDED_TYPES));
  return differences.flatMap(({ logicalId, type, fate }): [string, string, string][] => {
    if ((fate !== DELETED && fate !== FORGOTTEN) || HARMLESS.includes(type)) return [];
    const twin = made.find(one => one.type === type && isSame(properties(before, logicalId), properties(after, one.logicalId)));
    return twin ? [[logicalId, twin.logicalId, type]] : [];
  });
}

/** One for each type of a stack, so that nine routes are one line. */
function resourceNotices(stackRole: string, differences: readonly ResourceDifference[]): Change[] {
  const shownHere = differences.filter(({ type }) => !OPENINGS.includes(type));
  const types = [...new Set(shownHere.map(({ type }) => type))];
  return types.map(type => {
    const them = shownHere.filter(one => one.type === type);
    const fields = [...new Set(them.flatMap(({ fields: all }) => all.map(({ name }) => name)))];
    const [field] = them.flatMap(({ fields: all }) => all);
    const single = them.length === 1 && fields.length === 1 ? field : undefined;
    const fates = [...new Set(them.map(({ fate }) => fate))].map(fate => `${them.filter(one => one.fate === fate).length} ${fate}`);
    const object = them.length === 1 ? `${type} ${them[0].logicalId}` : type;
    const where = { part: stackRole, object, field: fields.join(', ') };
    return notice('resources-changed', `${stackRole}/${type.replaceAll('::', '.')}`, where, {
      before: single?.before,
      after: single?.after,
      meaning: `${fates.join(', ')}.`,
      advice: '',
    });
  });
}
