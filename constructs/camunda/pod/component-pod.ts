import type { k8s } from 'cdk8s-plus-28';
import type { Party } from '../../topology/plan/flows/flows';
import { podLabels } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { Resources } from '../../topology/settings/resolved-settings';
import type { Topology } from '../../topology/topology';
import type { ImageReference, NamedPort } from '../../topology/versions/camunda-version';
import { memberEnvironment } from '../application/member-settings';
import { documentStore, elasticsearchPassword } from '../application/orchestration-environment';
import { CONTAINER_SECURITY, POD_SECURITY } from './container-security';
import { readinessProbe } from './readiness-probe';
import { resourceRequirements } from './resource-requirements';

/** Key of the ConfigMap, which is the name of the file too. */
export const APPLICATION_FILE = 'application.yaml';

/** What is a component's own. */
export interface ComponentPodOptions {
  readonly party: Party;
  readonly containerName: string;
  readonly image: ImageReference;
  readonly serviceAccount: string;
  /** Name of the ConfigMap. */
  readonly configMap: string;
  /** Changes with the ConfigMap, so that its pods are replaced. */
  readonly configChecksum: string;
  /** Where the image looks for its configuration. */
  readonly configurationFile: string;
  readonly ports: readonly NamedPort[];
  readonly readinessPort: number;
  readonly readinessTimeoutSeconds?: number;
  readonly environment: readonly k8s.EnvVar[];
  readonly resources: Resources;
  /** Folders that it writes to, beside `/tmp`. */
  readonly folders?: readonly string[];
  /** Runs with the same configuration before the component starts. */
  readonly before?: { readonly name: string; readonly command: readonly string[] };
  readonly placement?: Pick<k8s.PodSpec, 'affinity' | 'topologySpreadConstraints'>;
}

/**
 * A pod of the architecture with pods of their own, brokers aside: a member of the cluster that reads its own region's
 * Elasticsearch.
 *
 * @internal
 */
export function componentPod(topology: Topology, regionId: number, options: ComponentPodOptions): k8s.PodTemplateSpec {
  const folders = ['tmp', ...(options.folders ?? [])];
  const container = (name: string): k8s.Container => ({
    name,
    image: planOf(topology).camundaImage(options.image, regionId),
    imagePullPolicy: 'IfNotPresent',
    env: [...memberEnvironment(), ...documentStore(topology, regionId), elasticsearchPassword(), ...options.environment],
    resources: resourceRequirements(options.resources),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [
      { name: 'config', mountPath: options.configurationFile, subPath: APPLICATION_FILE },
      ...folders.map(folder => ({ name: folder, mountPath: `/${folder}` })),
    ],
  });
  return {
    metadata: {
      labels: { ...podLabels(topology.name, options.party) },
      annotations: { 'checksum/config': options.configChecksum },
    },
    spec: {
      serviceAccountName: options.serviceAccount,
      automountServiceAccountToken: false,
      // The variables that Kubernetes adds for Services begin with the release's name, and would be read as settings.
      enableServiceLinks: false,
      securityContext: POD_SECURITY,
      ...options.placement,
      initContainers: options.before && [{ ...container(options.before.name), command: [...options.before.command] }],
      containers: [
        {
          ...container(options.containerName),
          ports: options.ports.map(({ name, port }) => ({ name, containerPort: port })),
          readinessProbe: readinessProbe(options.readinessPort, options.readinessTimeoutSeconds),
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: options.configMap, defaultMode: 0o744 } },
        ...folders.map(name => ({ name, emptyDir: {} })),
      ],
    },
  };
}
