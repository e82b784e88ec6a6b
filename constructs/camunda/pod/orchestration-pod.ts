import type { k8s } from 'cdk8s-plus-28';
import { Party, PORTS } from '../../topology/plan/flows/flows';
import { EXPORTERS_FOLDER } from '../../topology/plan/further-exporters';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { CONFIG_FILES, CONFIG_MODE, CONFIG_VOLUME, configMount, SCRIPTS_FOLDER } from '../application/broker-files';
import { orchestrationEnvironment } from '../application/orchestration-environment';
import { CONTAINER_SECURITY, POD_SECURITY } from './container-security';
import { dnsGateContainer } from './dns-gate';
import { exporterJarContainers, EXPORTERS_VOLUME } from './exporter-jars';
import { brokerPlacement } from './placement';
import { readinessProbe } from './readiness-probe';
import { resourceRequirements } from './resource-requirements';

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
  const plan = planOf(topology);
  const { orchestration } = plan.settings;
  const version = plan.version;
  const image = plan.camundaImage(version.images.camunda, regionId);
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
      ...brokerPlacement(labels, topology.regions[regionId].brokers.length),
      initContainers: [
        dnsGateContainer(topology, { image, scriptPath: dnsGateMount.mountPath, scriptMount: dnsGateMount }),
        ...exporterJarContainers(topology, regionId),
      ],
      containers: [
        {
          name: version.orchestration.containerName,
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['bash', startupMount.mountPath],
          env: orchestrationEnvironment(topology, regionId),
          ports: version.orchestration.ports.map(({ name, port }) => ({ name, containerPort: port })),
          readinessProbe: readinessProbe(PORTS.management),
          resources: resourceRequirements(orchestration.resources),
          securityContext: CONTAINER_SECURITY,
          volumeMounts: [
            configMount(CONFIG_FILES.application, version.orchestration.configurationFile),
            startupMount,
            { name: FIXED_NAMES.brokerVolume, mountPath: version.orchestration.dataFolder },
            { name: EXPORTERS_VOLUME, mountPath: EXPORTERS_FOLDER },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: CONFIG_VOLUME, configMap: { name: options.configMap, defaultMode: CONFIG_MODE } },
        { name: EXPORTERS_VOLUME, emptyDir: {} },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  };
}
