import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import {
  Corefile,
  DnsForwarder,
  DnsForwarderBinding,
  EksAddon,
  ExistingVpc,
  LoadBalancerController,
  NetworkPeering,
  NetworkPeeringRoutes,
  PeerIngress,
  Transport,
  type ExistingSubnetSettings,
  type PeerPort,
} from '../../lib';

// One CockroachDB over two regions: pods of each cluster find those of the other by name. VPCs and clusters are there; everything
// below is what connects them, and nothing of it knows Camunda.
const app = new App();
const CHART = { repository: 'https://aws.github.io/eks-charts', version: '3.5.0' };
const PORTS: PeerPort[] = [
  { server: 'cockroachdb', port: 26257, transport: Transport.TCP, purpose: 'SQL and replication' },
  { server: 'cockroachdb', port: 8080, transport: Transport.TCP, purpose: 'console and health of nodes' },
];
const SITES = [
  { region: 'eu-west-2', network: '10.192', id: 'a', clusterName: 'data-london', namespace: 'cockroachdb-london' },
  { region: 'eu-west-3', network: '10.202', id: 'b', clusterName: 'data-paris', namespace: 'cockroachdb-paris' },
];

const networks = SITES.map(({ region, network, id }, i) => {
  const subnet = (number: number, cidr: string): ExistingSubnetSettings => ({
    subnetId: `subnet-00000000000000${id}0${number}`,
    routeTableId: `rtb-00000000000000${id}0${number}`,
    cidr,
  });
  return new ExistingVpc(new Stack(app, `DnsChain${i}`, { env: { region } }), 'Network', {
    vpcId: `vpc-00000000000000${id}00`,
    cidr: `${network}.0.0/16`,
    availabilityZones: ['a', 'b', 'c'].map(letter => `${region}${letter}`),
    privateSubnets: [0, 1, 2].map(zone => subnet(zone, `${network}.${zone * 64}.0/18`)),
    forwarderSubnets: [0, 1, 2].map(zone => subnet(3 + zone, `${network}.250.${zone * 16}/28`)),
  });
});

SITES.forEach(({ region, id, clusterName }, i) => {
  const [own, peer] = [networks[i], networks[1 - i]];
  const stack = Stack.of(own);
  const clusterSecurityGroupId = `sg-00000000000000${id}00`;
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName,
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'KubectlProvider', {
      serviceToken: `arn:aws:lambda:${region}:111111111111:function:${clusterName}-kubectl`,
    }),
  });
  const forwarder = new DnsForwarder(stack, 'DnsForwarder', {
    vpc: own.vpc,
    subnets: own.forwarderSubnets,
    addresses: own.forwarderAddresses,
    peerCidr: peer.cidr,
    clusterSecurityGroupId,
  });
  const controller = new LoadBalancerController(stack, 'LoadBalancerController', {
    cluster,
    vpc: own.vpc,
    targetGroupArn: forwarder.targetGroupArn,
    chart: CHART,
  });
  const binding = new DnsForwarderBinding(stack, 'DnsForwarderBinding', { cluster, targetGroupArn: forwarder.targetGroupArn });
  binding.node.addDependency(controller);
  const { text: corefile } = Corefile.chained({ peerNamespaces: [SITES[1 - i].namespace], peerAddresses: peer.forwarderAddresses });
  new EksAddon(stack, 'CoreDns', { cluster, addonName: 'coredns', configuration: { corefile } });
  new PeerIngress(stack, 'PeerIngress', { securityGroupId: clusterSecurityGroupId, peerCidr: peer.cidr, ports: PORTS });
});

const [requester, accepter] = networks;
const peering = new Stack(app, 'Peering', { env: { region: SITES[0].region } });
const { peeringConnectionId } = new NetworkPeering(peering, 'Peering', { requester, accepter });
const routes = new Stack(app, 'PeerRoutes', { env: { region: SITES[1].region } });
new NetworkPeeringRoutes(routes, 'Routes', { requester, accepter, peeringConnectionId });
app.synth();
