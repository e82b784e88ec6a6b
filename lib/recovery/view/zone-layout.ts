import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { idOf, isJson, mappings, textOf } from '../calls/readings';
import { listText } from './members';

/** How a cluster with zones says that it has them. */
const ZONE_AWARE = 'ZONE_AWARE';

/**
 * How partitions are placed: what a cluster keeps of its zones since its first start. What brokers are configured with is not looked at
 * after that.
 *
 * @internal
 */
export interface ZoneLayout {
  readonly scheme: string;
  /** In the order in which they were added. None where brokers are numbered. */
  readonly zones: readonly LaidOutZone[];
}

/** @internal */
export interface LaidOutZone {
  readonly name: string;
  readonly numberOfReplicas: number;
  readonly priority: number;
}

/** @internal */
export function zoneLayout(value: unknown): ZoneLayout | undefined {
  if (!isJson(value) || textOf(value.scheme) === '') return undefined;
  const zones = mappings(value.zones).map(({ name, numberOfReplicas, priority }) => ({
    name: textOf(name),
    numberOfReplicas: idOf(numberOfReplicas),
    priority: idOf(priority),
  }));
  return { scheme: textOf(value.scheme), zones };
}

/**
 * Whether the deployment that is described has zones.
 *
 * @internal
 */
export function hasZones({ regions }: RecoveryTopology): boolean {
  return regions.some(({ zone }) => zone !== undefined);
}

/** @internal */
export function laidOut(layout: ZoneLayout | undefined, name: string | undefined): LaidOutZone | undefined {
  return layout?.zones.find(zone => zone.name === name);
}

/**
 * The zone in which leaders should be, or nothing where they are shared.
 *
 * @internal
 */
export function leadingZone({ zones }: ZoneLayout): LaidOutZone | undefined {
  const [first, second] = [...zones].sort((a, b) => b.priority - a.priority);
  return first && second && first.priority === second.priority ? undefined : first;
}

/** @internal */
export function layoutText({ scheme, zones }: ZoneLayout): string {
  return scheme === ZONE_AWARE
    ? listText(zones.map(({ name, numberOfReplicas, priority }) => `${name} priority ${priority}, ${numberOfReplicas} replicas`))
    : scheme;
}

/**
 * What the layout has otherwise than it is described. Of a zone that is missing the one that compares knows whether it may be.
 *
 * @param needed regions whose zones must be there
 *
 * @internal
 */
export function layoutDifferences({ regions }: RecoveryTopology, layout: ZoneLayout, needed: readonly number[]): string[] {
  const described = regions.flatMap(({ zone }) => zone ?? []);
  const isZoned = layout.scheme === ZONE_AWARE;
  if (described.length === 0) {
    return isZoned ? [`the cluster has zones (${layoutText(layout)}), the description says that its brokers are numbered`] : [];
  }
  if (!isZoned) {
    return [
      `the cluster places partitions by ${layout.scheme}, the description says that its brokers form zones ${listText(namesOf(described))}`,
    ];
  }
  const unknown = namesOf(layout.zones).filter(name => !namesOf(described).includes(name));
  const missing = needed.flatMap(id => regions[id].zone?.name ?? []).filter(name => !namesOf(layout.zones).includes(name));
  return [
    ...(unknown.length > 0 ? [`the description does not know zones ${listText(unknown)} of the layout`] : []),
    ...(missing.length > 0 ? [`zones ${listText(missing)} are not in the layout: ${layoutText(layout)}`] : []),
    ...described.flatMap(({ name, numberOfReplicas }) => {
      const found = laidOut(layout, name)?.numberOfReplicas ?? numberOfReplicas;
      return found === numberOfReplicas
        ? []
        : [`zone ${name} has ${found} replicas of a partition, the description says ${numberOfReplicas}`];
    }),
  ];
}

function namesOf(zones: readonly { readonly name: string }[]): string[] {
  return zones.map(({ name }) => name);
}
