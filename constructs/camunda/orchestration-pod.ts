import { k8s } from 'cdk8s-plus-28';
import { CAMUNDA_VERSIONS, imageName } from '../topology/camunda-versions';
import { Party, PORTS } from '../topology/flows';
import { kubernetesNames, podLabels } from '../topology/names';
import type { Topology } from '../topology/topology';
import { CONTAINER_SECURITY, POD_SECURITY } from './container-security';
import { dnsGateContainer } from './dns-gate';
import { orchestrationEnvironment } from './orchestration-environment';
import { balancedOverZones, onePerNode } from './placement';
import { resourceRequirements } from './resource-requirements';

/** Keys of the ConfigMap, which are the names of the files too. */
export const CONFIG_FILES = { application: 'application.yaml', startup: 'startup.sh', dnsGate: 'dns-gate.sh' } as const;

/** Name of the volume claim. With the pod's name it makes the claim's name, so it can never change. */
export const DATA_VOLUME = 'data';

/**
 * Ports of the pod, with the official chart's names. UDP on the internal port is not among them: `kubectl apply` merges
 * lists of ports by number alone, so a second entry with the same number would replace the first.
 *
 * @internal
 */
export const ORCHESTRATION_PORTS = [
  { name: 'http', port: PORTS.rest },
  { name: 'command', port: PORTS.brokerCommand },
  { name: 'internal', port: PORTS.brokerInternal },
  { name: 'server', port: PORTS.management },
  { name: 'grpc', port: PORTS.gatewayGrpc },
] as const;

const CONFIG_VOLUME = 'config';
const SCRIPTS_FOLDER = '/usr/local/bin';
/** Executable for the group, which is the pod's file system group. */
const CONFIG_MODE = 0o754;
/** Handing leadership over and closing every partition takes longer than Kubernetes' 30 s when many are led here. */
const TERMINATION_GRACE_SECONDS = 120;

/** What the pod takes from its chart. */
export interface OrchestrationPodOptions {
  /** Name of the ConfigMap. */
  readonly configMap: string;

  /** Changes with the ConfigMap, so that its pods are replaced. */
  readonly configChecksum: string;
}

/** @internal */
export function orchestrationPod(topology: Topology, regionId: number, options: OrchestrationPodOptions): k8s.PodTemplateSpec {
  const { camunda, images, orchestration } = topology._settings;
  const version = CAMUNDA_VERSIONS[camunda.version];
  const image = imageName(version.images.camunda, { registry: images.registry, tag: images.camundaTag });
  const labels = podLabels(topology.name, Party.ORCHESTRATION);
  const startupMount = configMount(CONFIG_FILES.startup, `${SCRIPTS_FOLDER}/${CONFIG_FILES.startup}`);
  const dnsGateMount = configMount(CONFIG_FILES.dnsGate, `${SCRIPTS_FOLDER}/${CONFIG_FILES.dnsGate}`);
  return {
    metadata: { labels: { ...labels }, annotations: { 'checksum/config': options.configChecksum } },
    spec: {
      serviceAccountName: kubernetesNames(topology.name).zeebe,
      automountServiceAccountToken: false,
      // The variables that Kubernetes adds for Services begin with the release's name, and would be read as settings.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
      securityContext: POD_SECURITY,
      affinity: onePerNode(labels),
      topologySpreadConstraints: balancedOverZones(labels, { required: true }),
      initContainers: [dnsGateContainer(topology, { image, scriptPath: dnsGateMount.mountPath, scriptMount: dnsGateMount })],
      containers: [
        {
          name: 'orchestration',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['bash', startupMount.mountPath],
          env: orchestrationEnvironment(topology, regionId),
          ports: ORCHESTRATION_PORTS.map(({ name, port }) => ({ name, containerPort: port })),
          readinessProbe: readinessProbe(),
          resources: resourceRequirements(orchestration.resources),
          securityContext: CONTAINER_SECURITY,
          volumeMounts: [
            configMount(CONFIG_FILES.application, version.orchestration.configurationFile),
            startupMount,
            { name: DATA_VOLUME, mountPath: version.orchestration.dataFolder },
            { name: 'exporters', mountPath: '/exporters' },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: CONFIG_VOLUME, configMap: { name: options.configMap, defaultMode: CONFIG_MODE } },
        { name: 'exporters', emptyDir: {} },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  };
}

/**
 * There is no liveness and no start-up probe: brokers of a recreated region are not ready before they are added to the
 * cluster again, and must not be killed for it.
 */
function readinessProbe(): k8s.Probe {
  return {
    httpGet: { path: '/actuator/health/readiness', port: k8s.IntOrString.fromNumber(PORTS.management), scheme: 'HTTP' },
    initialDelaySeconds: 30,
    periodSeconds: 30,
    failureThreshold: 5,
    successThreshold: 1,
    timeoutSeconds: 1,
  };
}

function configMount(key: string, mountPath: string): k8s.VolumeMount {
  return { name: CONFIG_VOLUME, mountPath, subPath: key };
}
