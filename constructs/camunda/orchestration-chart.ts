import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Party } from '../topology/plan/flows/flows';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import { brokerFiles } from './application/broker-files';
import { checksumOf } from './pod/checksum';
import { orchestrationPod } from './pod/orchestration-pod';
import { servicePorts } from './pod/service-ports';
import type { RegionChartProps } from './region-chart-props';

/**
 * The brokers of one region, from 8.8 on each with gateway, Operate, Tasklist and Admin in the same process.
 *
 * @see Camunda 8 docs, dual-region installation on Amazon EKS
 */
export class OrchestrationChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace, brokers } = topology.regions[regionId];
    const plan = planOf(topology);
    const { orchestration } = plan.settings;
    const names = kubernetesNames(topology.name);
    const version = plan.version;
    const labels = podLabels(topology.name, Party.ORCHESTRATION);
    const metadata = (name: string): k8s.ObjectMeta => ({ name, namespace, labels: { ...labels } });
    const selector: k8s.LabelSelector = { matchLabels: { ...labels } };

    const configMap = `${names.zeebeConfiguration}${version.orchestration.configMapSuffix}`;
    const files = brokerFiles(topology);
    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: metadata(names.zeebe), automountServiceAccountToken: false });
    new k8s.KubeConfigMap(this, 'Configuration', { metadata: metadata(configMap), data: files });
    new k8s.KubeService(this, 'HeadlessService', {
      metadata: metadata(names.zeebe),
      spec: {
        clusterIp: 'None',
        // Brokers must find each other in order to become ready.
        publishNotReadyAddresses: true,
        selector: { ...labels },
        ports: servicePorts(version.orchestration.ports),
      },
    });
    // Here in every version, and not with the gateways: in an upgrade, what is removed with those is deleted last.
    const { party, ports } = version.gatewayService;
    new k8s.KubeService(this, 'GatewayService', {
      metadata: metadata(names.zeebeGateway),
      spec: { type: 'ClusterIP', selector: { ...podLabels(topology.name, party) }, ports: servicePorts(ports) },
    });
    new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
      metadata: metadata(names.zeebe),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector },
    });
    new k8s.KubeStatefulSet(this, 'StatefulSet', {
      metadata: metadata(plan.brokerStatefulSet(regionId)),
      spec: {
        replicas: brokers.length,
        serviceName: names.zeebe,
        // A broker becomes ready only when others have joined, so they cannot start one after the other.
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: plan.settings.retainVolumes ? 'Retain' : 'Delete',
          whenScaled: 'Retain',
        },
        selector,
        template: orchestrationPod(topology, regionId, { configMap, configChecksum: checksumOf(files) }),
        volumeClaimTemplates: [
          {
            metadata: { name: FIXED_NAMES.brokerVolume },
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
