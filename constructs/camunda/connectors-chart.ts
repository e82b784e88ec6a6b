import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Party, PORTS } from '../topology/plan/flows/flows';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../topology/plan/names';
import { clientOf } from '../topology/plan/oidc-client';
import { TLS_FILES } from '../topology/plan/tls';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import type { ConnectorsContext } from '../topology/versions/connectors-runtime';
import { fromSecret } from './application/orchestration-environment';
import { CONTAINER_SECURITY, POD_SECURITY } from './pod/container-security';
import { apartIfPossible, balancedOverZones } from './pod/placement';
import { readinessProbe } from './pod/readiness-probe';
import { resourceRequirements } from './pod/resource-requirements';
import type { RegionChartProps } from './region-chart-props';

/**
 * Camunda Connectors of one region. They work on the jobs of both regions, through their own region's gateway.
 *
 * @see Camunda 8 docs, connectors configuration
 */
export class ConnectorsChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const { replicas } = planOf(topology).settings.connectors;
    const names = kubernetesNames(topology.name);
    const labels = podLabels(topology.name, Party.CONNECTORS);
    const metadata = (name: string): k8s.ObjectMeta => ({ name, namespace, labels: { ...labels } });
    const selector: k8s.LabelSelector = { matchLabels: { ...labels } };
    const service = { selector: { ...labels }, ports: [{ name: FIXED_NAMES.connectorsPort, port: PORTS.rest, protocol: 'TCP' }] };

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
      spec: { replicas, selector, strategy: { type: 'RollingUpdate' }, template: connectorsPod(topology, regionId) },
    });
  }
}

function connectorsPod(topology: Topology, regionId: number): k8s.PodTemplateSpec {
  const plan = planOf(topology);
  const { images, connectors } = plan.settings;
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
          image: plan.image(plan.version.images.connectors, regionId, images.connectorsTag),
          imagePullPolicy: 'IfNotPresent',
          env: connectorsEnvironment(topology),
          ports: [{ name: FIXED_NAMES.connectorsPort, containerPort: PORTS.rest }],
          readinessProbe: readinessProbe(FIXED_NAMES.connectorsPort),
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
  const plan = planOf(topology);
  const { connectors } = plan.version;
  const context: ConnectorsContext = {
    gateway: names.zeebeGateway,
    operate: names.operate,
    headless: names.connectorsHeadless,
    urlOf: (host, port) => plan.url(host, port),
    authority: plan.settings.tls.enabled ? TLS_FILES.authority : undefined,
    inbound: plan.settings.connectors.inbound,
    client: clientOf(plan.settings.users.oidc, 'connectors'),
  };
  const password = connectors.password(context);
  return [
    ...Object.entries(connectors.environment(context)).map(([name, value]) => ({ name, value })),
    ...(password ? [fromSecret(password.variable, password.secret, password.key)] : []),
  ];
}
