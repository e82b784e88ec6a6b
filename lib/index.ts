// The composition, and stacks of it that stand alone
export * from './camunda-dual-region';
export * from './camunda-manifests';
export * from './camunda-prerequisites';
export * from './peer-routes-stack';
export * from './peering-stack';
export * from './snapshot-copies-stack';
export * from './snapshots-stack';

// Building blocks on AWS
export * from '../constructs/backup/replication-role';
export * from '../constructs/backup/snapshot-access';
export * from '../constructs/backup/snapshot-bucket';
export * from '../constructs/certificates/certificate-authority';
export { ChartSource } from '../constructs/cluster/controller-chart';
export * from '../constructs/cluster/controllers';
export * from '../constructs/cluster/eks-addon';
export * from '../constructs/cluster/existing-cluster';
export * from '../constructs/cluster/group-access';
export * from '../constructs/cluster/load-balancer-controller';
export * from '../constructs/cluster/node-addons';
export * from '../constructs/cluster/pod-identity';
export * from '../constructs/cluster/region-cluster';
export * from '../constructs/cluster/web-identity';
export * from '../constructs/cluster/workload-addons';
export * from '../constructs/cluster/zonal-nodes';
export * from '../constructs/dns/corefile';
export * from '../constructs/dns/dns-forwarder';
export { DnsForwarderBinding, DnsForwarderBindingProps } from '../constructs/dns/dns-forwarder-binding';
export * from '../constructs/network/existing-vpc';
export * from '../constructs/network/peer-ingress';
export * from '../constructs/network/peering-routes';
export * from '../constructs/network/region-network';
export * from '../constructs/network/region-vpc';
export * from '../constructs/network/vpc-peering';
export * from '../constructs/secrets/replicated-secret';

// The description of both regions
export { Broker } from '../constructs/topology/plan/brokers';
export * from '../constructs/topology/settings/backup-settings';
export * from '../constructs/topology/versions/camunda-release';
export * from '../constructs/topology/settings/component-settings';
export * from '../constructs/topology/settings/delivery-settings';
export * from '../constructs/topology/settings/existing-vpc-settings';
export { Flow, Party, Transport } from '../constructs/topology/plan/flows';
export * from '../constructs/topology/versions/kubernetes-release';
export { Partition, Replica } from '../constructs/topology/plan/partitions';
export { PeerPort } from '../constructs/topology/plan/peer-ports';
export { Problem, ProblemSeverity } from '../constructs/topology/rules/problem';
export * from '../constructs/topology/settings/platform-settings';
export * from '../constructs/topology/settings/pod-settings';
export * from '../constructs/topology/settings/resource-settings';
export * from '../constructs/topology/settings/review-settings';
export { RoundTrip } from '../constructs/topology/versions/round-trip';
export * from '../constructs/topology/settings/settings';
export { SubnetPlan, SubnetPurpose } from '../constructs/topology/plan/subnets';
export * from '../constructs/topology/settings/tls-settings';
export { Exporter, RegionTopology, Topology } from '../constructs/topology/topology';
