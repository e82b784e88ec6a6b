/** The EKS clusters. */
export interface KubernetesSettings {
  /**
   * Minor version of Kubernetes.
   *
   * @default '1.36'
   */
  readonly version?: string;

  /**
   * Ranges from which the API endpoint can be reached over the internet. `0.0.0.0/0` is refused.
   *
   * @default - none: the endpoint is private
   */
  readonly publicAccessCidrs?: string[];

  /**
   * IAM roles that become administrators of both clusters.
   *
   * @default - none: only deployments through the CDK reach the clusters
   */
  readonly adminRoleArns?: string[];

  /**
   * IAM roles that may carry out a recovery in both clusters, and nothing else.
   *
   * @default - none: a recovery needs an administrator
   */
  readonly recoveryRoleArns?: string[];

  /**
   * How long logs of the control plane and VPC flow logs are kept, in days. One of the values that CloudWatch accepts.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
}

/** The nodes of the EKS clusters: one managed node group a zone, so that each zone keeps its share. */
export interface NodeSettings {
  /**
   * EC2 instance type.
   *
   * @default 'm6i.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Number of nodes in each of the three zones.
   *
   * @default 2
   */
  readonly perZone?: number;

  /**
   * Upper limit for the nodes in a zone, used while nodes are replaced.
   *
   * @default - one more than `perZone`
   */
  readonly maxPerZone?: number;

  /**
   * Size of each node's root volume, in gibibytes, at least 20.
   *
   * @default 50
   */
  readonly volumeGiB?: number;
}
