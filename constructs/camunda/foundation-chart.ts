import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import { DataPriorityClass } from './priority-class';
import type { RegionChartProps } from './region-chart-props';

const POD_SECURITY_LEVEL = 'restricted';

/** What everything else of a region stands on: Camunda's namespace, the storage class of its volumes, the priority of their pods. */
export class FoundationChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace, keys } = topology.regions[regionId];
    new k8s.KubeNamespace(this, 'Namespace', {
      metadata: {
        name: namespace,
        labels: Object.fromEntries(['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, POD_SECURITY_LEVEL])),
      },
    });
    new DataPriorityClass(this, 'DataPriority', topology);
    new k8s.KubeStorageClass(this, 'StorageClass', {
      metadata: {
        name: FIXED_NAMES.storageClass,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'ebs.csi.aws.com',
      parameters: {
        type: 'gp3',
        iops: '3000',
        throughput: '125',
        encrypted: 'true',
        ...(keys?.volumes === undefined ? {} : { kmsKeyId: keys.volumes }),
      },
      // A volume must be made in the zone that the scheduler chose for its pod.
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      // Deleting a release, by mistake or in a recovery, must not delete data.
      reclaimPolicy: planOf(topology).settings.retainVolumes ? 'Retain' : 'Delete',
    });
  }
}
