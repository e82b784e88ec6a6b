import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AddonSettings } from '../topology/settings/addons';
import { EksAddon } from './eks-addon';
import { acknowledgeManagedPolicies } from './managed-policy-finding';
import { PodIdentity } from './pod-identity';

const CSI_POLICY = 'service-role/AmazonEBSCSIDriverPolicy';

/** Properties of `WorkloadAddons`. */
export interface WorkloadAddonsProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** The whole Corefile of CoreDNS. */
  readonly corefile: string;

  /**
   * Versions of the add-ons.
   *
   * @default - what EKS installs by default when the add-on is made. It stays there when the cluster is upgraded
   */
  readonly versions?: AddonSettings;

  /**
   * Key of yours that encrypts volumes of pods, which the EBS CSI driver may then use.
   *
   * @default - none: volumes are encrypted with a key that AWS manages
   */
  readonly volumeKeyArn?: string;

  /**
   * Tags of the volumes of pods, beside those of the EBS CSI driver.
   *
   * @default - none
   */
  readonly volumeTags?: { [key: string]: string };
}

/** The add-ons that need nodes: CoreDNS, with a Corefile of ours, and the EBS CSI driver. */
export class WorkloadAddons extends Construct {
  /** The add-ons. They need nodes. */
  public readonly addons: EksAddon[];

  public constructor(scope: Construct, id: string, props: WorkloadAddonsProps) {
    super(scope, id);
    const { cluster, corefile, volumeKeyArn, volumeTags = {}, versions } = props;
    // In the add-on's configuration, because the next update of the add-on would undo an edited ConfigMap.
    const dns = new EksAddon(this, 'CoreDns', {
      cluster,
      addonName: 'coredns',
      addonVersion: versions?.coreDns,
      configuration: { corefile },
    });

    const identity = new PodIdentity(this, 'EbsCsiIdentity', {
      cluster,
      namespace: 'kube-system',
      serviceAccount: 'ebs-csi-controller-sa',
    });
    identity.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(CSI_POLICY));
    acknowledgeManagedPolicies(identity, 'limited by AWS to volumes that carry the tags of the driver', CSI_POLICY);
    if (volumeKeyArn !== undefined) allowKey(identity.role, volumeKeyArn);
    const driver = new EksAddon(this, 'EbsCsi', {
      cluster,
      addonName: 'aws-ebs-csi-driver',
      addonVersion: versions?.ebsCsi,
      configuration: Object.keys(volumeTags).length === 0 ? undefined : { controller: { extraVolumeTags: volumeTags } },
    });
    // Pods that start before the association exists have no role until somebody restarts them.
    driver.node.addDependency(identity);
    this.addons = [dns, driver];
  }
}

/**
 * What attaching and resizing encrypted volumes takes: EC2 uses the key by a grant.
 *
 * @see Amazon EBS CSI driver user guide, encryption with a customer managed key
 */
function allowKey(role: iam.Role, keyArn: string): void {
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      resources: [keyArn],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  );
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resources: [keyArn],
    }),
  );
}
