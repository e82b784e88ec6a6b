import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';

/** Properties of an `EksAddon`. */
export interface EksAddonProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** Name of the add-on, for example `coredns`. */
  readonly addonName: string;

  /**
   * Exact version of the add-on.
   *
   * @default - the default version that EKS has for the cluster's Kubernetes version
   */
  readonly addonVersion?: string;

  /**
   * Configuration, by the schema of the add-on.
   *
   * @default - the add-on's own defaults
   */
  readonly configuration?: { [key: string]: any };
}

/**
 * A managed add-on that owns its configuration: what somebody edits by hand in the cluster is overwritten at the next
 * update, because the deployed template decides.
 *
 * The CDK's own construct cannot say so.
 */
export class EksAddon extends Construct {
  /** The add-on. Escape hatch for raw overrides. */
  public readonly resource: eks.CfnAddon;

  public constructor(scope: Construct, id: string, props: EksAddonProps) {
    super(scope, id);
    this.resource = new eks.CfnAddon(this, 'Resource', {
      addonName: props.addonName,
      addonVersion: props.addonVersion,
      clusterName: props.cluster.clusterName,
      configurationValues: props.configuration && JSON.stringify(props.configuration),
      resolveConflicts: 'OVERWRITE',
      // The cluster goes with it: nothing in it has to outlive the add-on.
      preserveOnDelete: false,
    });
  }
}
