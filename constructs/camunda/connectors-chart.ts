import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CAMUNDA_VERSIONS, imageName } from '../topology/camunda-versions';
import { Party, PORTS } from '../topology/flows';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../topology/names';
import type { Topology } from '../topology/topology';
import { CONTAINER_SECURITY, POD_SECURITY } from './container-security';
import { fromSecret } from './orchestration-environment';
import { apartIfPossible, balancedOverZones } from './placement';
import type { RegionChartProps } from './region-chart-props';
import { resourceRequirements } from './resource-requirements';

const PORT_NAME = 'http';

/**
 * Camunda Connectors of one region. They work on the jobs of both regions, through their own region's gateway.
 *
 * @see Camunda 8 docs, connectors configuration
 */
export class ConnectorsChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const { replicas } = topology._settings.connectors;
    const names = kubernetesNames(topology.name);
    const labels = podLabels(topology.name, Party.CONNECTORS);
    const metadata = (name: string): k8s.ObjectMeta => ({ name, namespace, labels: { ...labels } });
    const selector: k8s.LabelSelector = { matchLabels: { ...labels } };
    const service = { selector: { ...labels }, ports: [{ name: PORT_NAME, port: PORTS.rest, protocol: 'TCP' }] };

    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: metadata(names.connectors), automountServiceAccountToken: false });
    new k8s.KubeService(this, 'Service', { metadata: metadata(names.connectors), spec: { ...service, type: 'ClusterIP' } });
    new k8s.KubeService(this, 'HeadlessService', { metadata: metadata(names.connectorsHeadless), spec: { ...service, clusterIp: 'None' } });
    // A budget for a single pod would keep its node from ever being drained.
    if (replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
        metadata: metadata(names.connectors),
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector },
      });
    }
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: metadata(names.connectors),
      spec: { replicas, selector, strategy: { type: 'RollingUpdate' }, template: connectorsPod(topology) },
    });
  }
}

function connectorsPod(topology: Topology): k8s.PodTemplateSpec {
  const { camunda, images, connectors } = topology._settings;
  const labels = podLabels(topology.name, Party.CONNECTORS);
  return {
    metadata: { labels: { ...labels } },
    spec: {
      serviceAccountName: kubernetesNames(topology.name).connectors,
      automountServiceAccountToken: false,
      // The variables that Kubernetes adds for Services begin with the release's name, and would be read as settings.
      enableServiceLinks: false,
      securityContext: POD_SECURITY,
      affinity: apartIfPossible(labels),
      topologySpreadConstraints: balancedOverZones(labels, { required: false }),
      containers: [
        {
          name: 'connectors',
          image: imageName(CAMUNDA_VERSIONS[camunda.version].images.connectors, { registry: images.registry, tag: images.connectorsTag }),
          imagePullPolicy: 'IfNotPresent',
          env: connectorsEnvironment(topology),
          ports: [{ name: PORT_NAME, containerPort: PORTS.rest }],
          readinessProbe: {
            httpGet: { path: '/actuator/health/readiness', port: k8s.IntOrString.fromString(PORT_NAME), scheme: 'HTTP' },
            initialDelaySeconds: 30,
            periodSeconds: 30,
            failureThreshold: 5,
            successThreshold: 1,
            timeoutSeconds: 1,
          },
          resources: resourceRequirements(connectors.resources),
          securityContext: CONTAINER_SECURITY,
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        },
      ],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  };
}

function connectorsEnvironment(topology: Topology): k8s.EnvVar[] {
  const names = kubernetesNames(topology.name);
  const values = {
    SERVER_PORT: String(PORTS.rest),
    MANAGEMENT_CONTEXTPATH: '/actuator',
    MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: 'metrics,health,prometheus',
    MANAGEMENT_ENDPOINT_HEALTH_SHOWDETAILS: 'always',
    MANAGEMENT_ENDPOINT_HEALTH_SHOWCOMPONENTS: 'always',
    MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE: 'processDefinitionImport,zeebeClient',
    LOGGING_LEVEL_IO_CAMUNDA_CONNECTOR: 'INFO',
    CAMUNDA_CLIENT_MODE: 'selfManaged',
    CAMUNDA_CLIENT_RESTADDRESS: `http://${names.zeebeGateway}:${PORTS.rest}`,
    CAMUNDA_CLIENT_GRPCADDRESS: `http://${names.zeebeGateway}:${PORTS.gatewayGrpc}`,
    CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE: '32',
    CAMUNDA_CLIENT_WORKER_DEFAULTS_STREAMENABLED: 'true',
    CAMUNDA_CLIENT_AUTH_METHOD: 'basic',
    CAMUNDA_CLIENT_AUTH_USERNAME: FIXED_NAMES.connectorsUser,
    CAMUNDA_CONNECTOR_HEADLESS_SERVICEURL: names.connectorsHeadless,
    CAMUNDA_CONNECTOR_WEBHOOK_ENABLED: 'true',
    CAMUNDA_CONNECTOR_POLLING_ENABLED: 'true',
    CAMUNDA_CONNECTOR_AGENTICAI_ENABLED: 'true',
  };
  return [
    ...Object.entries(values).map(([name, value]) => ({ name, value })),
    fromSecret('CAMUNDA_CLIENT_AUTH_PASSWORD', FIXED_NAMES.camundaUsersSecret, FIXED_NAMES.connectorsPasswordKey),
  ];
}
