import { OTHER_SECONDS, RESOURCE_DURATIONS, STACK_SECONDS } from './resource-durations';
import { isObject, listOf, type StackTemplate, type TemplateResource, type TemplateValue } from './template';

/**
 * How long the first deployment of a stack takes, and the resources that it takes it for.
 *
 * @internal
 */
export interface StackTime {
  readonly stackName: string;
  readonly seconds: number;
  /** Resources that wait for each other, the first one first. */
  readonly path: readonly PathStep[];
}

/** @internal */
export interface PathStep {
  readonly logicalId: string;
  readonly type: string;
  readonly seconds: number;
}

/**
 * Time of a stack by its longest chain of resources: CloudFormation makes all those at the same time that do not wait for each other.
 *
 * @internal
 */
export function stackTime({ stackName, template }: StackTemplate): StackTime {
  const resources = template.Resources ?? {};
  const found = new Map<string, readonly PathStep[]>();
  const pathTo = (logicalId: string): readonly PathStep[] => {
    const known = found.get(logicalId);
    if (known) return known;
    const { Type } = resources[logicalId];
    const before = longest(requirementsOf(logicalId, resources).map(pathTo));
    const path = [...before, { logicalId, type: Type, seconds: RESOURCE_DURATIONS[Type]?.seconds ?? OTHER_SECONDS }];
    found.set(logicalId, path);
    return path;
  };
  const path = longest(Object.keys(resources).map(pathTo));
  return { stackName, seconds: STACK_SECONDS + secondsOf(path), path };
}

/**
 * Time of all stacks, of which so many are deployed at a time as the CDK is told to. Each begins once those that it needs are done.
 *
 * @internal
 */
export function deploymentSeconds(stacks: readonly StackTemplate[], concurrency: number): number {
  const seconds = new Map(stacks.map(stack => [stack.stackName, stackTime(stack).seconds]));
  const ends = new Map<string, number>();
  const workers = Array.from({ length: concurrency }, () => 0);
  const names = stacks.map(({ stackName }) => stackName);
  const waiting = stacks.map(({ stackName, dependencies = [] }) => ({
    stackName,
    needs: dependencies.filter(name => names.includes(name)),
  }));
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every(name => ends.has(name)));
    const begins = ready.map(({ needs }) => Math.max(0, ...needs.map(name => ends.get(name) ?? 0)));
    const next = begins.indexOf(Math.min(...begins));
    const worker = workers.indexOf(Math.min(...workers));
    const { stackName } = ready[next];
    const end = Math.max(workers[worker], begins[next]) + (seconds.get(stackName) ?? 0);
    workers[worker] = end;
    ends.set(stackName, end);
    waiting.splice(
      waiting.findIndex(one => one.stackName === stackName),
      1,
    );
  }
  return Math.max(0, ...ends.values());
}

function longest(paths: readonly (readonly PathStep[])[]): readonly PathStep[] {
  return paths.reduce((best, path) => (secondsOf(path) > secondsOf(best) ? path : best), []);
}

function secondsOf(path: readonly PathStep[]): number {
  return path.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Resources that must be there before another one: those that it names in its properties, and those that it depends on. */
function requirementsOf(logicalId: string, resources: Readonly<Record<string, TemplateResource>>): string[] {
  const { Properties, DependsOn } = resources[logicalId];
  const named = [...namesIn(Properties), ...(typeof DependsOn === 'string' ? [DependsOn] : listOf(DependsOn).map(String))];
  return [...new Set(named)].filter(name => name !== logicalId && name in resources);
}

function namesIn(value: TemplateValue | undefined): string[] {
  if (Array.isArray(value)) return listOf(value).flatMap(namesIn);
  if (!isObject(value)) return [];
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value;
  const substituted = typeof text === 'string' ? text : listOf(text)[0];
  return [
    ...(typeof reference === 'string' ? [reference] : []),
    ...(typeof attribute === 'string' ? [attribute.split('.')[0]] : listOf(attribute).slice(0, 1).map(String)),
    ...(typeof substituted === 'string' ? [...substituted.matchAll(/\$\{(\w+)/g)].map(([, name]) => name) : []),
    ...Object.values(value).flatMap(namesIn),
  ];
}
