import { k8s } from 'cdk8s-plus-28';
import { Party } from '../topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../topology/plan/names';
import { cpuQuantity, sizeQuantity } from '../topology/plan/quantities';
import { planOf } from '../topology/plan-of';
import type { Resources } from '../topology/settings/resolved-settings';
import type { Topology } from '../topology/topology';

/** Label of nodes, and annotation that the operator copies it to, so that Elasticsearch can read its zone. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
export const ZONE_VARIABLE = 'ZONE';

/** Name by which the operator finds the container to complete. */
const CONTAINER = 'elasticsearch';
/** User and group of the image. */
const IMAGE_USER = 1000;

/**
 * What the operator's own pod template lacks: placement, resources and Pod Security `restricted`.
 *
 * The heap is not set: Elasticsearch derives it from the memory limit.
 *
 * @internal
 */
export function elasticsearchPod(topology: Topology): k8s.PodTemplateSpec {
  const selector: k8s.LabelSelector = { matchLabels: podLabels(topology.name, Party.ELASTICSEARCH) };
  return {
    // The operator writes the resource back with it; left out, a comparison would show a difference.
    metadata: {},
    spec: {
      serviceAccountName: FIXED_NAMES.elasticsearch,
      automountServiceAccountToken: false,
      // The image reads variables that begin with ES_SETTING as settings, and those of Services begin with the release's name.
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: IMAGE_USER,
        fsGroup: IMAGE_USER,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: selector, topologyKey: 'kubernetes.io/hostname' }],
        },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: ZONE_LABEL, whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector }],
      containers: [
        {
          name: CONTAINER,
          env: [{ name: ZONE_VARIABLE, valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${ZONE_LABEL}']` } } }],
          resources: requirements(planOf(topology).settings.elasticsearch.resources),
          securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

function requirements({ cpuMillis, cpuLimitMillis, memoryMiB }: Resources): k8s.ResourceRequirements {
  const memory = k8s.Quantity.fromString(sizeQuantity(memoryMiB));
  return {
    requests: { cpu: k8s.Quantity.fromString(cpuQuantity(cpuMillis)), memory },
    limits: { cpu: k8s.Quantity.fromString(cpuQuantity(cpuLimitMillis)), memory },
  };
}
