import type { k8s } from 'cdk8s-plus-28';
import { ordinalsAlone } from '../../topology/plan/placement/zone-neighbours';

type Labels = { readonly [key: string]: string };

const ZONE = 'topology.kubernetes.io/zone';
/** Label that a StatefulSet gives its pods since Kubernetes 1.28: the ordinal. */
const ORDINAL = 'apps.kubernetes.io/pod-index';

/**
 * Never two brokers on one node, and those that hold the same partitions in different zones as far as their number allows.
 *
 * Every broker stays out of zones with a broker that must be alone in its zone. Kubernetes holds it the other way round as
 * well: where a broker is already, none of these may follow. The others prefer to be together, so that in whatever order
 * brokers come, a zone is left for each that must be alone. This says more than a balanced spread, and takes its place: with
 * both, a broker that comes out of turn would be sent into the zone that another one needs.
 *
 * @internal
 */
export function brokerPlacement(labels: Labels, brokers: number): Pick<k8s.PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const affinity = onePerNode(labels);
  const alone = ordinalsAlone(brokers);
  if (alone.length === 0) return { affinity, topologySpreadConstraints: balancedOverZones(labels, { required: true }) };
  const others = Array.from({ length: brokers }, (_, ordinal) => ordinal).filter(ordinal => !alone.includes(ordinal));
  const { requiredDuringSchedulingIgnoredDuringExecution: apart = [] } = affinity.podAntiAffinity!;
  return {
    affinity: {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [...apart, inZoneOf(labels, alone)] },
      podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: inZoneOf(labels, others) }] },
    },
  };
}

function inZoneOf(labels: Labels, ordinals: readonly number[]): k8s.PodAffinityTerm {
  const matchExpressions = [{ key: ORDINAL, operator: 'In', values: ordinals.map(String) }];
  return { labelSelector: { matchLabels: { ...labels }, matchExpressions }, topologyKey: ZONE };
}

/**
 * Never two of these pods on one node.
 *
 * @internal
 */
export function onePerNode(labels: Labels): k8s.Affinity {
  return {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { ...labels } }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  };
}

/**
 * Two of these pods on one node only where no other node has room: a node that is lost should not take them all.
 *
 * @internal
 */
export function apartIfPossible(labels: Labels): k8s.Affinity {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { labelSelector: { matchLabels: { ...labels } }, topologyKey: 'kubernetes.io/hostname' } },
      ],
    },
  };
}

/**
 * As many of these pods in one zone as in another. If that is required, a pod waits rather than upset the balance.
 *
 * @internal
 */
export function balancedOverZones(labels: Labels, { required }: { readonly required: boolean }): k8s.TopologySpreadConstraint[] {
  return [
    {
      maxSkew: 1,
      topologyKey: ZONE,
      whenUnsatisfiable: required ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: { ...labels } },
    },
  ];
}
