import { Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PORTS, type Party } from '../topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../topology/plan/names';
import { RegionPhase } from '../topology/plan/recovery/region-phase';
import { planOf } from '../topology/plan-of';
import type { Resources } from '../topology/settings/resolved-settings';
import type { WebApplicationRuntime } from '../topology/versions/camunda-version';
import { userPasswords } from './application/orchestration-environment';
import { webApplicationConfig } from './application/web-application-config';
import { checksumOf } from './pod/checksum';
import { APPLICATION_FILE, componentPod } from './pod/component-pod';
import type { RegionChartProps } from './region-chart-props';

/** Properties of a `WebApplicationChart`. */
export interface WebApplicationChartProps extends RegionChartProps {
  /** Operate or Tasklist. */
  readonly party: Party;

  /** Name of its objects. */
  readonly objectName: string;

  /** Name of its ConfigMap. */
  readonly configMap: string;

  /** How the version runs it. */
  readonly runtime: WebApplicationRuntime;

  /** What its pod asks for. */
  readonly resources: Resources;
}

const PORT_NAME = 'http';

/**
 * Operate or Tasklist of one region, where it has a pod of its own. It imports what both regions' brokers wrote into its own
 * region's Elasticsearch, so there is exactly one, and never two at the same time.
 *
 * @see Camunda 8 docs, dual-region: limitations
 */
export class WebApplicationChart extends Chart {
  public constructor(scope: Construct, id: string, props: WebApplicationChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { topology, regionId, party, objectName, configMap, runtime } = props;
    const { namespace } = topology.regions[regionId];
    const labels = podLabels(topology.name, party);
    const metadata = (name: string): k8s.ObjectMeta => ({ name, namespace, labels: { ...labels } });
    const files = { [APPLICATION_FILE]: Yaml.stringify(webApplicationConfig(topology, runtime)) };

    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: metadata(objectName), automountServiceAccountToken: false });
    new k8s.KubeConfigMap(this, 'Configuration', { metadata: metadata(configMap), data: files });
    new k8s.KubeService(this, 'Service', {
      metadata: metadata(objectName),
      spec: {
        type: 'ClusterIP',
        selector: { ...labels },
        ports: [
          { name: PORT_NAME, port: PORTS.web, targetPort: k8s.IntOrString.fromNumber(PORTS.rest), protocol: 'TCP' },
          { name: FIXED_NAMES.applicationManagementPort, port: PORTS.management, protocol: 'TCP' },
        ],
      },
    });
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: metadata(objectName),
      spec: {
        replicas: planOf(topology).phaseOf(regionId) === RegionPhase.STEADY ? 1 : 0,
        selector: { matchLabels: { ...labels } },
        strategy: { type: 'Recreate' },
        template: componentPod(topology, regionId, {
          party,
          containerName: party,
          image: runtime.image,
          serviceAccount: objectName,
          configMap,
          configChecksum: checksumOf(files),
          configurationFile: runtime.configurationFile,
          ports: [
            { name: PORT_NAME, port: PORTS.rest },
            { name: FIXED_NAMES.applicationManagementPort, port: PORTS.management },
            { name: 'internal', port: PORTS.brokerInternal },
          ],
          readinessPort: PORTS.management,
          readinessTimeoutSeconds: runtime.readinessTimeoutSeconds,
          environment: [...userPasswords(), ...Object.entries(runtime.variables).map(([name, value]) => ({ name, value }))],
          resources: props.resources,
          folders: ['camunda'],
          before: runtime.migrationCommand && { name: 'migration', command: runtime.migrationCommand },
        }),
      },
    });
  }
}
