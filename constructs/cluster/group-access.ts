import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';

/** Properties of a `GroupAccess`. */
export interface GroupAccessProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** ARN of the IAM role. EKS knows each role once in a cluster. */
  readonly roleArn: string;

  /** Kubernetes group that the role belongs to. What the group may do is said in Kubernetes. */
  readonly group: string;
}

/**
 * Lets an IAM role into a cluster as a member of a Kubernetes group, without any of EKS' own policies.
 *
 * @see Amazon EKS user guide, grant IAM users access to Kubernetes with EKS access entries
 */
export class GroupAccess extends Construct {
  public constructor(scope: Construct, id: string, props: GroupAccessProps) {
    super(scope, id);
    const { cluster, roleArn, group } = props;
    new eks.CfnAccessEntry(this, 'Resource', {
      clusterName: cluster.clusterName,
      principalArn: roleArn,
      type: 'STANDARD',
      kubernetesGroups: [group],
    });
  }
}
