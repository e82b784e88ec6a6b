import { createHash } from 'node:crypto';
import { Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CAMUNDA_VERSIONS } from '../topology/camunda-versions';
import { Party, PORTS } from '../topology/flows';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../topology/names';
import { applicationConfig } from './application-config';
import { DNS_GATE_SCRIPT } from './dns-gate';
import { CONFIG_FILES, DATA_VOLUME, ORCHESTRATION_PORTS, orchestrationPod } from './orchestration-pod';
import type { RegionChartProps } from './region-chart-props';
import { startupScript } from './startup-script';

/** Ports of the gateway Service: what clients and operators use. Brokers talk to each other through the headless one. */
const GATEWAY_PORTS: readonly number[] = [PORTS.management, PORTS.rest, PORTS.gatewayGrpc];

/**
 * The brokers of one region, each with gateway, Operate, Tasklist and Admin in the same process.
 *
 * @see Camunda 8 docs, dual-region installation on Amazon EKS
 */
export class OrchestrationChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace, brokers } = topology.regions[regionId];
    const { orchestration } = topology._settings;
    const names = kubernetesNames(topology.name);
    const version = CAMUNDA_VERSIONS[topology._settings.camunda.version];
    const labels = podLabels(topology.name, Party.ORCHESTRATION);
    const metadata = (name: string): k8s.ObjectMeta => ({ name, namespace, labels: { ...labels } });
    const selector: k8s.LabelSelector = { matchLabels: { ...labels } };

    const configMap = `${names.zeebeConfiguration}${version.orchestration.configMapSuffix}`;
    const files = {
      [CONFIG_FILES.application]: Yaml.stringify(applicationConfig(topology)),
      [CONFIG_FILES.startup]: startupScript(version.orchestration, topology.regions.length),
      [CONFIG_FILES.dnsGate]: DNS_GATE_SCRIPT,
    };
    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: metadata(names.zeebe), automountServiceAccountToken: false });
    new k8s.KubeConfigMap(this, 'Configuration', { metadata: metadata(configMap), data: files });
    new k8s.KubeService(this, 'HeadlessService', {
      metadata: metadata(names.zeebe),
      spec: {
        clusterIp: 'None',
        // Brokers must find each other in order to become ready.
        publishNotReadyAddresses: true,
        selector: { ...labels },
        ports: servicePorts(() => true),
      },
    });
    new k8s.KubeService(this, 'GatewayService', {
      metadata: metadata(names.zeebeGateway),
      spec: { type: 'ClusterIP', selector: { ...labels }, ports: servicePorts(port => GATEWAY_PORTS.includes(port)) },
    });
    new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
      metadata: metadata(names.zeebe),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector },
    });
    new k8s.KubeStatefulSet(this, 'StatefulSet', {
      metadata: metadata(names.zeebe),
      spec: {
        replicas: brokers.length,
        serviceName: names.zeebe,
        // A broker becomes ready only when others have joined, so they cannot start one after the other.
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: topology._settings.retainVolumes ? 'Retain' : 'Delete', whenScaled: 'Retain' },
        selector,
        template: orchestrationPod(topology, regionId, { configMap, configChecksum: checksumOf(files) }),
        volumeClaimTemplates: [
          {
            metadata: { name: DATA_VOLUME },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: FIXED_NAMES.storageClass,
              resources: { requests: { storage: k8s.Quantity.fromString(`${orchestration.volumeGiB}Gi`) } },
            },
          },
        ],
      },
    });
  }
}

function servicePorts(belongs: (port: number) => boolean): k8s.ServicePort[] {
  return ORCHESTRATION_PORTS.filter(({ port }) => belongs(port)).map(({ name, port }) => ({ name, port, protocol: 'TCP' }));
}

function checksumOf(files: { readonly [name: string]: string }): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}
