import type { k8s } from 'cdk8s-plus-28';

type Labels = { readonly [key: string]: string };

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
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: required ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: { ...labels } },
    },
  ];
}
