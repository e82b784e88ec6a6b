import { reachabilityOf, type Reachability } from '../../lib/review/reachability';
import type { StackTemplate } from '../../lib/review/template';
import { defaultDeployment, templatesOf } from './deployment';

/** A resource of a template, which tests may change into any shape. */
export interface ChangeableResource {
  Type: string;
  Properties: Record<string, unknown>;
}

export type Resources = Record<string, ChangeableResource>;
type StackId = 'Region0' | 'Region1' | 'Peering' | 'PeerRoutes';
export type ResourcesByStack = Record<StackId, Resources>;

export const STACKS: readonly StackId[] = ['Region0', 'Region1', 'Peering', 'PeerRoutes'];

/** Ranges of the VPCs, by region. */
export const RANGES = ['10.192.0.0/16', '10.202.0.0/16'];

/** For each region: the stack with its network, and the stack with its routes to the other one. */
export const REGION_STACKS: readonly (readonly [number, StackId, StackId])[] = [
  [0, 'Region0', 'Peering'],
  [1, 'Region1', 'PeerRoutes'],
];

/** What has to cross in each direction. */
export const ONE_WAY = [
  { target: 'dns-forwarder', transport: 'tcp', fromPort: 53, toPort: 53 },
  ...[9200, 26500, 26501, 26502].map(port => ({ target: 'nodes', transport: 'tcp', fromPort: port, toPort: port })),
  { target: 'nodes', transport: 'udp', fromPort: 26502, toPort: 26502 },
];

export const EXPECTED_FLOWS = [
  ...ONE_WAY.map(flow => ({ fromRegion: 0, toRegion: 1, ...flow })),
  ...ONE_WAY.map(flow => ({ fromRegion: 1, toRegion: 0, ...flow })),
];

/** What can cross after a change to a copy of the templates, with the findings as texts. */
export function reachabilityAfter(
  change: (stacks: ResourcesByStack, templates: readonly StackTemplate[]) => void,
): Reachability & { readonly messages: string[] } {
  const deployment = defaultDeployment();
  const copies = templatesOf(deployment, ...STACKS);
  change(
    Object.fromEntries(copies.map(({ template }, index) => [STACKS[index], template.Resources])) as unknown as ResourcesByStack,
    copies,
  );
  const reachability = reachabilityOf(deployment.construct.topology, copies);
  return { ...reachability, messages: reachability.findings.map(({ rule, message }) => `${rule}: ${message}`) };
}

export function idsOf(resources: Resources, type: string, part = ''): string[] {
  return Object.keys(resources).filter(id => resources[id].Type === type && id.includes(part));
}

export function idOf(resources: Resources, type: string, part = ''): string {
  const [id] = idsOf(resources, type, part);
  if (id === undefined) throw new Error(`no ${type} with ${part}`);
  return id;
}

export function propertiesOf(resources: Resources, type: string, part = ''): Record<string, unknown> {
  return resources[idOf(resources, type, part)].Properties;
}

export function addResource(resources: Resources, id: string, type: string, properties: Record<string, unknown>): void {
  resources[id] = { Type: type, Properties: properties };
}
