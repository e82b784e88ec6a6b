import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Properties of a `PodIdentity`. */
export interface PodIdentityProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** Namespace of the service account. */
  readonly namespace: string;

  /** The service account whose pods get the role. It need not exist yet. */
  readonly serviceAccount: string;
}

/**
 * An IAM role for the pods of one service account, without keys.
 *
 * @see Amazon EKS user guide, EKS Pod Identity
 */
export class PodIdentity extends Construct {
  /** The role. Grant to it what the pods need. */
  public readonly role: iam.Role;

  public constructor(scope: Construct, id: string, props: PodIdentityProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      description: `Pods of ${props.namespace}/${props.serviceAccount}`,
      assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com').withSessionTags(),
    });
    new eks.CfnPodIdentityAssociation(this, 'Resource', {
      clusterName: props.cluster.clusterName,
      namespace: props.namespace,
      serviceAccount: props.serviceAccount,
      roleArn: this.role.roleArn,
    });
  }
}
