/**
 * Resources that hold data, or that others depend on by an address that they know.
 *
 * @internal
 */
export interface GuardedType {
  /** Begins the kind of a change. */
  readonly kind: string;
  readonly name: string;
  /** Whether each is named in the id of a change: there are several, and losing one is not losing another. */
  readonly each: boolean;
  /** What is lost with it. */
  readonly loss: string;
  readonly advice: string;
}

const RECREATE = 'Keep it. To change it, recreate the region after a failover: docs/recovery.md.';

/** @internal */
export const GUARDED_TYPES: Readonly<Record<string, GuardedType>> = {
  'AWS::EKS::Cluster': {
    kind: 'cluster',
    name: 'The EKS cluster',
    each: false,
    loss: 'all pods of the region stop, and nothing in the new cluster knows their volumes',
    advice: RECREATE,
  },
  'AWS::EC2::VPC': {
    kind: 'vpc',
    name: 'The VPC',
    each: false,
    loss: 'what is in it has to be made anew, the cluster with its data and the peering with the other region, or the deployment fails half way',
    advice: RECREATE,
  },
  'AWS::EC2::Subnet': {
    kind: 'subnets',
    name: 'A subnet',
    each: false,
    loss: 'nodes, endpoints and addresses in it go with it, and volumes cannot follow into another zone',
    advice: RECREATE,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    kind: 'forwarder',
    name: 'The DNS forwarder',
    each: false,
    loss: 'the other region finds no name of this one until it is there again, and its fixed addresses are taken until the old one is gone',
    advice: 'Keep its addresses, subnets and scheme.',
  },
  'AWS::S3::Bucket': {
    kind: 'bucket',
    name: 'A bucket',
    each: true,
    loss: 'what is in it, snapshots or documents, stays in the old one or goes with it, and the new one is empty',
    advice: 'Keep its name. Copy what is in it first if it must change.',
  },
  'AWS::SecretsManager::Secret': {
    kind: 'secret',
    name: 'A secret',
    each: true,
    loss: 'a new password is generated, which neither Elasticsearch nor Camunda has taken over',
    advice: 'Keep its name and its description of what is generated.',
  },
  'AWS::EC2::VPCPeeringConnection': {
    kind: 'peering',
    name: 'The peering connection',
    each: false,
    loss: 'the regions do not reach each other until both have routes to the new one: partitions lose their majority',
    advice: 'Keep it, and what it connects.',
  },
  'AWS::KMS::Key': {
    kind: 'key',
    name: 'The key of the cluster',
    each: false,
    loss: 'what is encrypted with the old key cannot be read once that is deleted',
    advice: 'Keep the key.',
  },
  'AWS::IAM::OIDCProvider': {
    kind: 'identity-provider',
    name: 'The identity provider of the cluster',
    each: false,
    loss: 'Elasticsearch loses its access to snapshots until it is there again',
    advice: 'Keep it.',
  },
};
