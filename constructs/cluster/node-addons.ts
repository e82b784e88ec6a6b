import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import type { AddonSettings } from '../topology/settings/addons';
import { EksAddon } from './eks-addon';

/**
 * Largest packet that crosses an inter-region peering; nodes would send 9001 bytes, small messages would pass and
 * snapshots would hang.
 *
 * @see Amazon EC2 user guide, network maximum transmission unit
 */
const PEERING_MTU = 8500;

/** Properties of `NodeAddons`. */
export interface NodeAddonsProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /**
   * Versions of the add-ons.
   *
   * @default - what EKS installs by default when the add-on is made. It stays there when the cluster is upgraded
   */
  readonly versions?: AddonSettings;
}

/** The add-ons that must be there before the first node: network, service proxy and pod identity. */
export class NodeAddons extends Construct {
  public constructor(scope: Construct, id: string, props: NodeAddonsProps) {
    super(scope, id);
    const { cluster, versions } = props;
    new EksAddon(this, 'VpcCni', {
      cluster,
      addonName: 'vpc-cni',
      addonVersion: versions?.vpcCni,
      configuration: {
        enableNetworkPolicy: 'true',
        env: {
          // Pods keep their own address on the way to the other region, where policies look at it.
          AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true',
          AWS_VPC_ENI_MTU: String(PEERING_MTU),
        },
      },
    });
    new EksAddon(this, 'KubeProxy', { cluster, addonName: 'kube-proxy', addonVersion: versions?.kubeProxy });
    new EksAddon(this, 'PodIdentityAgent', { cluster, addonName: 'eks-pod-identity-agent', addonVersion: versions?.podIdentityAgent });
  }
}
