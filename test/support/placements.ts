import type { Labels, PodTemplate } from './manifests';

/** Zones of pods by ordinal: 0, 1 or 2; undefined for a pod that has no place yet. */
export type Placement = readonly (number | undefined)[];

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: { readonly key: string; readonly operator: string; readonly values: string[] }[];
}
interface Spread {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
  readonly labelSelector: Selector;
}
interface Term {
  readonly topologyKey: string;
  readonly labelSelector: Selector;
}

export const ZONES = [0, 1, 2];
const ZONE_KEY = 'topology.kubernetes.io/zone';

/**
 * Where the scheduler may put pods of a StatefulSet, as far as zones are concerned: required anti-affinity, which holds for
 * the pod that comes and for those that are there, required spread, and preferred affinity.
 *
 * @see Kubernetes documentation, assigning pods to nodes, and pod topology spread constraints
 */
export class Scheduler {
  private readonly spreads: Spread[];
  private readonly terms: Term[];
  private readonly preferred: Term[];

  public constructor(
    private readonly template: PodTemplate,
    private readonly replicas: number,
  ) {
    const { topologySpreadConstraints, affinity } = template.spec as {
      readonly topologySpreadConstraints?: Spread[];
      readonly affinity?: {
        readonly podAntiAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: Term[] };
        readonly podAffinity?: { readonly preferredDuringSchedulingIgnoredDuringExecution?: { readonly podAffinityTerm: Term }[] };
      };
    };
    this.spreads = (topologySpreadConstraints ?? []).filter(
      ({ whenUnsatisfiable, topologyKey }) => whenUnsatisfiable === 'DoNotSchedule' && topologyKey === ZONE_KEY,
    );
    const required = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    this.terms = required.filter(({ topologyKey }) => topologyKey === ZONE_KEY);
    const preferred = affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    this.preferred = preferred.map(({ podAffinityTerm }) => podAffinityTerm).filter(({ topologyKey }) => topologyKey === ZONE_KEY);
  }

  /**
   * The zones that take a pod, with the others where they are.
   *
   * @param strict whether a pod that is there has these rules, too: during an update some have none yet
   */
  public zonesFor(ordinal: number, others: Placement, strict: (other: number) => boolean = () => true): number[] {
    return ZONES.filter(zone => {
      const there = others.flatMap((place, other) => (place === zone && other !== ordinal ? [other] : []));
      const isKeptOut = this.terms.some(
        ({ labelSelector }) =>
          there.some(other => this.selects(labelSelector, other)) || (there.some(strict) && this.selects(labelSelector, ordinal)),
      );
      return !isKeptOut && this.spreads.every(spread => this.isBalanced(spread, zone, ordinal, others));
    });
  }

  /** Those of them that the pod prefers, if there is room: where most of the pods are that it, or they, prefer to be near. */
  public bestZonesFor(ordinal: number, others: Placement): number[] {
    const zones = this.zonesFor(ordinal, others);
    const score = (zone: number): number => {
      const there = others.flatMap((place, other) => (place === zone && other !== ordinal ? [other] : []));
      const wanted = (labelSelector: Selector): number =>
        there.filter(other => this.selects(labelSelector, other)).length + (this.selects(labelSelector, ordinal) ? there.length : 0);
      return this.preferred.reduce((sum, { labelSelector }) => sum + wanted(labelSelector), 0);
    };
    const best = Math.max(...zones.map(score));
    return zones.filter(zone => score(zone) === best);
  }

  /** Every placement of all pods that no rule forbids. */
  public placements(): Placement[] {
    return this.everyPlacement().filter(placement => placement.every((zone, ordinal) => this.zonesFor(ordinal, placement).includes(zone!)));
  }

  private everyPlacement(): Placement[] {
    return Array.from({ length: ZONES.length ** this.replicas }, (_, code) =>
      Array.from({ length: this.replicas }, (__, ordinal) => Math.floor(code / ZONES.length ** ordinal) % ZONES.length),
    );
  }

  private isBalanced({ labelSelector, maxSkew }: Spread, zone: number, ordinal: number, others: Placement): boolean {
    const counts = ZONES.map(
      candidate => others.filter((place, other) => place === candidate && other !== ordinal && this.selects(labelSelector, other)).length,
    );
    const own = this.selects(labelSelector, ordinal) ? 1 : 0;
    return counts[zone] + own - Math.min(...counts) <= maxSkew;
  }

  private selects({ matchLabels = {}, matchExpressions = [] }: Selector, ordinal: number): boolean {
    const labels: Labels = { ...this.template.metadata?.labels, 'apps.kubernetes.io/pod-index': String(ordinal) };
    return (
      Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
      matchExpressions.every(({ key, operator, values }) => {
        if (operator !== 'In') throw new Error(`the operator ${operator} is not known here`);
        return values.includes(labels[key]);
      })
    );
  }
}
