import { Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Party, PORTS } from '../topology/plan/flows/flows';
import { kubernetesNames, podLabels } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import type { Components } from '../topology/versions/camunda-version';
import { EVERY_ADDRESS } from './application/broker-settings';
import { treeOf, type ConfigTree } from './application/config-tree';
import { databaseSettings } from './application/database-settings';
import { memberSettings } from './application/member-settings';
import { FORM_SIZE, REQUEST_SIZE } from './application/request-size';
import { clientTlsSettings } from './application/tls-settings';
import { checksumOf } from './pod/checksum';
import { APPLICATION_FILE, componentPod } from './pod/component-pod';
import { balancedOverZones, onePerNode } from './pod/placement';
import type { RegionChartProps } from './region-chart-props';

/** Properties of a `GatewayChart`. */
export interface GatewayChartProps extends RegionChartProps {
  /** How the version runs its gateways. */
  readonly runtime: Components['gateway'];
}

/**
 * The gateways of one region, where they have pods of their own. Their Service is in the chart of the brokers.
 *
 * @see Camunda 8 docs, gateway configuration 8.7
 */
export class GatewayChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId, runtime }: GatewayChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const { replicas, resources } = planOf(topology).settings.gateway;
    const names = kubernetesNames(topology.name);
    const labels = podLabels(topology.name, Party.GATEWAY);
    const metadata = (name: string): k8s.ObjectMeta => ({ name, namespace, labels: { ...labels } });
    const selector: k8s.LabelSelector = { matchLabels: { ...labels } };
    const files = { [APPLICATION_FILE]: Yaml.stringify(gatewayConfig(topology)) };

    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: metadata(names.zeebeGateway), automountServiceAccountToken: false });
    new k8s.KubeConfigMap(this, 'Configuration', { metadata: metadata(names.zeebeGatewayConfiguration), data: files });
    // A budget for a single pod would keep its node from ever being drained.
    if (replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
        metadata: metadata(names.zeebeGateway),
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector },
      });
    }
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: metadata(names.zeebeGateway),
      spec: {
        replicas,
        selector,
        strategy: { type: 'RollingUpdate' },
        template: componentPod(topology, regionId, {
          party: Party.GATEWAY,
          containerName: 'zeebe-gateway',
          image: runtime.image,
          serviceAccount: names.zeebeGateway,
          configMap: names.zeebeGatewayConfiguration,
          configChecksum: checksumOf(files),
          configurationFile: runtime.configurationFile,
          ports: runtime.ports,
          readinessPort: PORTS.management,
          environment: [
            { name: 'ZEEBE_STANDALONE_GATEWAY', value: 'true' },
            { name: 'JAVA_TOOL_OPTIONS', value: '-XX:+ExitOnOutOfMemoryError' },
          ],
          resources,
          placement: { affinity: onePerNode(labels), topologySpreadConstraints: balancedOverZones(labels, { required: false }) },
        }),
      },
    });
  }
}

function gatewayConfig(topology: Topology): ConfigTree {
  return treeOf({
    ...REQUEST_SIZE,
    'server.address': EVERY_ADDRESS,
    'server.port': PORTS.rest,
    ...FORM_SIZE,
    'zeebe.gateway.enable': true,
    'zeebe.gateway.monitoring.host': EVERY_ADDRESS,
    'zeebe.gateway.monitoring.port': PORTS.management,
    'zeebe.gateway.network.host': EVERY_ADDRESS,
    'zeebe.gateway.network.port': PORTS.gatewayGrpc,
    ...memberSettings(topology),
    ...clientTlsSettings(topology),
    ...databaseSettings(topology),
  });
}
