import { Corefile } from '../../../constructs/dns/corefile';
import { PORTS } from '../../../constructs/topology/plan/flows/flows';
import { awsSecretNames, FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { snapshotStorage } from '../../../constructs/topology/plan/storage/snapshot-storage';
import { SubnetPurpose, ZONE_COUNT } from '../../../constructs/topology/plan/subnets';
import { planOf } from '../../../constructs/topology/plan-of';
import { awsState, type AwsRegionState, type EksCluster, type SecurityGroup } from '../support/aws-state';
import { awsJson, crossingRules, fromOutside, plannedSubnet, ruleText, secretValue, zonesOf } from '../support/aws-state-lookup';
import { bed } from '../support/bed';
import { figure, seconds } from '../support/figure';

const PASSWORD_LENGTH = 32;
/** Largest packet that crosses a peering between regions. `@see` Amazon EC2 user guide, network maximum transmission unit */
const PEERING_MTU = '8500';
const ALL_LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const ADMIN_POLICY = 'cluster-access-policy/AmazonEKSClusterAdminPolicy';
const ZONES = Array.from({ length: ZONE_COUNT }, (_, zone) => zone);
const EVERYWHERE = '0.0.0.0/0';

let aws: readonly [AwsRegionState, AwsRegionState];
let readMs: number;
beforeAll(async () => {
  const started = Date.now();
  aws = await awsState();
  readMs = Date.now() - started;
});

/** Up to 8.7 the REST API asks for no password. */
const asksForRecoveryUser = (): boolean => !planOf(bed().topology).version.components;

describe('AWS state', () => {
  test('one peering is active, from the VPC of region 0 to the VPC of region 1', () => {
    figure('reading both regions', seconds(readMs));
    const sides = bed().regions.map(({ awsRegion }, regionId) => ({ region: awsRegion, vpcId: aws[regionId].vpcs[0].vpcId }));
    for (const { peerings } of aws) {
      expect(peerings).toEqual([
        expect.objectContaining({
          status: 'active',
          requester: expect.objectContaining(sides[0]),
          accepter: expect.objectContaining(sides[1]),
        }),
      ]);
    }
  });

  test('secrets are generated in region 0 and replicated to region 1', () => {
    // That of an identity provider is made by people.
    const { recovery, oidc, ...always } = awsSecretNames(bed().topology.name);
    const names = [...Object.values(always), ...(asksForRecoveryUser() ? [recovery] : [])].sort();
    const [primary, replica] = aws.map(({ secrets }) => [...secrets].sort((a, b) => a.name.localeCompare(b.name)));
    const [{ awsRegion: from }, { awsRegion: to }] = bed().regions;
    expect(names).not.toContain(oidc);
    expect(primary.map(({ name, primaryRegion, replicas }) => ({ name, primaryRegion, replicas }))).toEqual(
      names.map(name => ({ name, primaryRegion: null, replicas: [expect.objectContaining({ region: to, status: 'InSync' })] })),
    );
    expect(replica.map(({ name, primaryRegion }) => ({ name, primaryRegion }))).toEqual(names.map(name => ({ name, primaryRegion: from })));
  });

  // The emulator does not heed ExcludePunctuation, so the characters are proven on the template, by the unit tests.
  test('each secret has its user and a long password, the same in both regions and unlike the others (characters not provable here)', async () => {
    const { elasticsearch, admin, connectors, recovery } = awsSecretNames(bed().topology.name);
    const users = {
      [elasticsearch]: FIXED_NAMES.elasticsearchUser,
      [admin]: FIXED_NAMES.adminUser,
      [connectors]: FIXED_NAMES.connectorsUser,
      ...(asksForRecoveryUser() ? { [recovery]: FIXED_NAMES.recoveryUser } : {}),
    };
    const values = await Promise.all(Object.keys(users).map(name => Promise.all([secretValue(0, name), secretValue(1, name)])));
    expect(values.map(([own]) => own.username)).toEqual(Object.values(users));
    for (const [own, copy] of values) {
      expect(Object.keys(own).sort()).toEqual(['password', 'username']);
      expect(own.password).toHaveLength(PASSWORD_LENGTH);
      expect(copy).toEqual(own);
    }
    expect(new Set(values.map(([own]) => own.password)).size).toBe(values.length);
  });
});

describe.each([0, 1])('AWS state of region %i', regionId => {
  let state: AwsRegionState;
  let cluster: EksCluster;
  beforeAll(() => {
    state = aws[regionId];
    [cluster] = state.clusters;
  });

  const own = () => bed().regions[regionId].topology;
  const peer = () => bed().topology.peerOf(regionId);
  const settings = () => planOf(bed().topology).settings;

  function groupOf(groupId: string | undefined): SecurityGroup {
    const group = state.securityGroups.find(candidate => candidate.groupId === groupId);
    if (!group) throw new Error(`there is no security group ${groupId}`);
    return group;
  }

  function subnetIds(purpose: SubnetPurpose): string[] {
    return ZONES.map(zone => plannedSubnet(state, regionId, purpose, zone).subnetId);
  }

  test('there is one VPC with the planned range, and its subnets are the planned ones in the planned zones', async () => {
    const zones = await zonesOf(regionId);
    expect(state.vpcs.map(({ cidrBlock }) => cidrBlock)).toEqual([own().vpcCidr]);
    const found = state.subnets.map(({ cidrBlock, availabilityZone }) => `${cidrBlock} ${availabilityZone}`);
    expect(found.sort()).toEqual(
      own()
        .subnets.map(({ cidr, zone }) => `${cidr} ${zones[zone]}`)
        .sort(),
    );
  });

  test('exactly the route tables of private and forwarder subnets lead to the peer, through the peering', () => {
    const toPeer = { destination: peer().vpcCidr, target: state.peerings[0].id, state: 'active' };
    const expected = [...subnetIds(SubnetPurpose.PRIVATE), ...subnetIds(SubnetPurpose.FORWARDER)];
    const viaPeering = state.routeTables.filter(({ routes }) => routes.some(({ target }) => target?.startsWith('pcx-')));
    expect(viaPeering.flatMap(table => table.subnetIds).sort()).toEqual(expected.sort());
    for (const { routes, main } of viaPeering) {
      expect(main).toBe(false);
      expect(routes.filter(({ target }) => target?.startsWith('pcx-'))).toEqual([toPeer]);
    }
  });

  test('public subnets lead to the internet gateway, private ones to the NAT gateway of their zone, forwarder subnets nowhere else', () => {
    const defaultRoutes = (purpose: SubnetPurpose): (string | null | undefined)[] =>
      subnetIds(purpose).map(id => {
        const table = state.routeTables.find(candidate => candidate.subnetIds.includes(id));
        return table?.routes.find(({ destination }) => destination === EVERYWHERE)?.target;
      });
    const nats = subnetIds(SubnetPurpose.PUBLIC).map(id => state.natGateways.find(nat => nat.subnetId === id)?.natGatewayId);
    expect(state.internetGateways.map(({ vpcIds }) => vpcIds)).toEqual([[state.vpcs[0].vpcId]]);
    expect(defaultRoutes(SubnetPurpose.PUBLIC)).toEqual(ZONES.map(() => state.internetGateways[0].id));
    expect(nats).toEqual(ZONES.map(() => expect.stringMatching(/^nat-/) as string));
    expect(defaultRoutes(SubnetPurpose.PRIVATE)).toEqual(nats);
    expect(defaultRoutes(SubnetPurpose.FORWARDER)).toEqual(ZONES.map(() => undefined));
  });

  test('nodes and pods admit from the peer exactly the flows of the topology', () => {
    const rules = groupOf(cluster.vpc.clusterSecurityGroupId).ingress.filter(({ cidr }) => cidr !== undefined);
    expect(rules.map(ruleText).sort()).toEqual(crossingRules(regionId, 'cluster').sort());
  });

  test('the forwarder admits DNS over TCP from the peer, reaches the CoreDNS pods with it, and nothing else', () => {
    const group = groupOf(state.loadBalancers[0].securityGroups?.[0]);
    expect(group.ingress.map(ruleText)).toEqual([`tcp ${PORTS.dns} ${peer().vpcCidr}`]);
    expect(group.ingress.map(ruleText)).toEqual(crossingRules(regionId, 'forwarder'));
    expect(group.egress.map(ruleText)).toEqual([`tcp ${PORTS.dns} ${cluster.vpc.clusterSecurityGroupId}`]);
    const toPods = groupOf(cluster.vpc.clusterSecurityGroupId).ingress.filter(rule => rule.group === group.groupId);
    expect(toPods.map(ruleText)).toEqual([`tcp ${PORTS.dns} ${group.groupId}`]);
  });

  test('no security group admits anything else from outside the VPC', () => {
    const outside = state.securityGroups.flatMap(({ ingress }) =>
      ingress.filter(rule => fromOutside(rule, own().vpcCidr, state.securityGroups)),
    );
    const crossing = [...crossingRules(regionId, 'cluster'), ...crossingRules(regionId, 'forwarder')];
    expect(outside.map(ruleText).sort()).toEqual(crossing.sort());
  });

  test('the default security group is empty', () => {
    const defaults = state.securityGroups.filter(({ groupName }) => groupName === 'default');
    expect(defaults.map(({ ingress, egress }) => ({ ingress, egress }))).toEqual([{ ingress: [], egress: [] }]);
  });

  test('the only load balancer is internal and has the fixed addresses of the topology, in the forwarder subnets', () => {
    expect(state.loadBalancers).toHaveLength(1);
    const [loadBalancer] = state.loadBalancers;
    expect(loadBalancer).toMatchObject({ type: 'network', scheme: 'internal', vpcId: state.vpcs[0].vpcId });
    const zonal = ZONES.map((_, zone) => {
      const { subnetId, availabilityZone } = plannedSubnet(state, regionId, SubnetPurpose.FORWARDER, zone);
      return { subnetId, zone: availabilityZone, addresses: [own().forwarderAddresses[zone]] };
    });
    expect(loadBalancer.subnets).toHaveLength(zonal.length);
    expect(loadBalancer.subnets).toEqual(expect.arrayContaining(zonal));
    expect(loadBalancer.attributes).toMatchObject({ 'load_balancing.cross_zone.enabled': 'true' });
  });

  test('the load balancer listens on DNS over TCP alone, and hands it to pods by address (targets not provable here)', () => {
    const [{ listeners, targetGroups }] = state.loadBalancers;
    expect(targetGroups).toHaveLength(1);
    const [{ targetGroupArn }] = targetGroups;
    expect(listeners).toEqual([{ protocol: 'TCP', port: PORTS.dns, targetGroupArns: [targetGroupArn] }]);
    expect(targetGroups[0]).toMatchObject({
      protocol: 'TCP',
      port: PORTS.dns,
      targetType: 'ip',
      vpcId: state.vpcs[0].vpcId,
      healthCheckProtocol: 'TCP',
      attributes: { 'preserve_client_ip.enabled': 'false' },
    });
  });

  test('the only cluster has the configured version and Service range, a private endpoint and all logs', () => {
    const { version, publicAccessCidrs } = settings().kubernetes;
    expect(state.clusters).toHaveLength(1);
    expect(cluster).toMatchObject({
      status: 'ACTIVE',
      version,
      serviceCidr: own().serviceCidr,
      authenticationMode: 'API',
      logTypes: ALL_LOGS,
      vpc: { vpcId: state.vpcs[0].vpcId, endpointPrivateAccess: true, endpointPublicAccess: publicAccessCidrs.length > 0 },
    });
    expect([...cluster.vpc.subnetIds].sort()).toEqual(subnetIds(SubnetPurpose.PRIVATE).sort());
  });

  test('Kubernetes secrets are encrypted with a key that is rotated', () => {
    const [{ resources, provider }] = cluster.encryptionConfig;
    expect(resources).toEqual(['secrets']);
    expect(state.keys.filter(({ arn }) => arn === provider.keyArn)).toEqual([
      expect.objectContaining({ manager: 'CUSTOMER', state: 'Enabled', rotation: true }),
    ]);
    expect(state.keys.filter(({ manager, rotation }) => manager === 'CUSTOMER' && !rotation)).toEqual([]);
  });

  test('each zone has a node group of the configured size in its private subnet', () => {
    const { perZone, maxPerZone } = settings().nodes;
    const bySubnet = new Map(cluster.nodegroups.map(group => [group.subnets.join(), group]));
    expect(cluster.nodegroups).toHaveLength(ZONE_COUNT);
    for (const id of subnetIds(SubnetPurpose.PRIVATE)) {
      expect(bySubnet.get(id)).toMatchObject({
        status: 'ACTIVE',
        scalingConfig: { minSize: perZone, desiredSize: perZone, maxSize: maxPerZone },
        updateConfig: { maxUnavailable: 1 },
        nodeRepairConfig: { enabled: true },
        launchTemplate: { id: state.launchTemplates[0].launchTemplateId },
      });
    }
  });

  test('nodes are of the configured type, demand IMDSv2, keep pods away from it, and have an encrypted volume of the configured size', () => {
    expect(state.launchTemplates).toHaveLength(1);
    const [{ data }] = state.launchTemplates;
    expect(data.InstanceType).toBe(settings().nodes.instanceType);
    expect(data.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(data.BlockDeviceMappings?.map(({ Ebs }) => Ebs)).toEqual([
      expect.objectContaining({ Encrypted: true, DeleteOnTermination: true, VolumeType: 'gp3', VolumeSize: settings().nodes.volumeGiB }),
    ]);
  });

  test("add-ons are there, CoreDNS's with the Corefile and the network's with the settings that cross-region traffic needs", () => {
    const configured = cluster.addons.map(({ addonName, status, configurationValues }) => {
      expect(status).toBe('ACTIVE');
      return [addonName, configurationValues && (JSON.parse(configurationValues) as object)];
    });
    const { tags } = settings();
    expect(Object.fromEntries(configured)).toEqual({
      'kube-proxy': undefined,
      'eks-pod-identity-agent': undefined,
      'aws-ebs-csi-driver': Object.keys(tags).length === 0 ? undefined : { controller: { extraVolumeTags: tags } },
      'vpc-cni': { enableNetworkPolicy: 'true', env: { AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true', AWS_VPC_ENI_MTU: PEERING_MTU } },
      coredns: { corefile: Corefile.chained({ peerNamespaces: [peer().namespace], peerAddresses: peer().forwarderAddresses }).text },
    });
  });

  test('the controllers and the storage driver have roles that only pods can take (their rights not provable here)', async () => {
    expect(cluster.podIdentities.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`).sort()).toEqual([
      `${FIXED_NAMES.externalSecretsNamespace}/external-secrets`,
      `${FIXED_NAMES.dnsNamespace}/ebs-csi-controller-sa`,
      `${FIXED_NAMES.targetGroupBinding}/${FIXED_NAMES.targetGroupBinding}`,
    ]);
    for (const { roleArn } of cluster.podIdentities) {
      const { Role } = await awsJson<IamRole>(regionId, 'iam', 'get-role', '--role-name', roleArn.split('/').pop()!);
      expect(Role.AssumeRolePolicyDocument.Statement).toEqual([
        expect.objectContaining({
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Principal: { Service: 'pods.eks.amazonaws.com' },
        }),
      ]);
    }
    expect(new Set(cluster.podIdentities.map(({ roleArn }) => roleArn)).size).toBe(cluster.podIdentities.length);
  });

  test("snapshots have a bucket, copied to one of the other region, that Elasticsearch's tokens alone lead to (copies not provable here)", async () => {
    const [own, other] = [regionId, 1 - regionId].map(id => snapshotStorage(bed().topology, id));
    const kept = { versioning: 'Enabled', publicAccessBlocked: true, encryption: ['AES256'] };
    expect([...state.buckets].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { ...kept, name: own.copies, copiedTo: [] },
      { ...kept, name: own.bucket, copiedTo: [other.copies] },
    ]);
    const { Role } = await awsJson<IamRole>(regionId, 'iam', 'get-role', '--role-name', own.role);
    const [statement] = Role.AssumeRolePolicyDocument.Statement as { Action: string; Condition: { StringEquals: object } }[];
    expect(statement.Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(Object.values(statement.Condition.StringEquals)).toEqual([
      'sts.amazonaws.com',
      `system:serviceaccount:${bed().regions[regionId].namespace}:${FIXED_NAMES.elasticsearch}`,
    ]);
  });

  // EKS adds an entry for the nodes' role by itself; the emulator does not.
  test("only the deployment function and the configured roles may administer the cluster (EKS's own entry for nodes not provable here)", () => {
    const { adminRoleArns, recoveryRoleArns } = settings().kubernetes;
    const principals = cluster.accessEntries.map(({ principalArn }) => principalArn);
    const [functionRole, ...more] = principals.filter(arn => ![...adminRoleArns, ...recoveryRoleArns].includes(arn));
    expect(more).toEqual([]);
    expect(functionRole).toContain('KubectlProvider');
    expect(principals).toEqual(expect.arrayContaining([...adminRoleArns, ...recoveryRoleArns]));
    const kinds = cluster.accessEntries.map(({ principalArn, type, groups, policies }) => ({
      recovers: recoveryRoleArns.includes(principalArn),
      type,
      groups,
      administers: policies.map(policy => policy.includes(ADMIN_POLICY)),
    }));
    for (const { recovers, ...rights } of kinds) {
      expect(rights).toEqual({
        type: 'STANDARD',
        groups: recovers ? [FIXED_NAMES.recoveryGroup] : [],
        administers: recovers ? [] : [true],
      });
    }
  });

  test('flow logs of the VPC and logs of the control plane are kept as long as configured, and no log group is kept for ever', () => {
    const { logRetentionDays } = settings().kubernetes;
    expect(state.flowLogs).toEqual([
      expect.objectContaining({ resourceId: state.vpcs[0].vpcId, trafficType: 'REJECT', flowLogStatus: 'ACTIVE' }),
    ]);
    const retention = (name: string | null) => state.logGroups.find(group => group.name === name)?.retentionInDays;
    expect(retention(state.flowLogs[0].logGroupName)).toBe(logRetentionDays);
    expect(retention(`/aws/eks/${cluster.name}/cluster`)).toBe(logRetentionDays);
    const forever = state.logGroups.filter(({ retentionInDays }) => retentionInDays === null).map(({ name }) => name);
    expect(forever).toEqual([]);
  });

  test('nothing is public that need not be: no automatic public address, and only NAT gateways have one', () => {
    expect(state.subnets.filter(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch)).toEqual([]);
    expect(state.loadBalancers.filter(({ scheme }) => scheme !== 'internal')).toEqual([]);
    expect(cluster.vpc.endpointPublicAccess).toBe(settings().kubernetes.publicAccessCidrs.length > 0);
    expect(state.natGateways.map(({ subnetId }) => subnetId).sort()).toEqual(subnetIds(SubnetPurpose.PUBLIC).sort());
    expect(state.addresses).toHaveLength(state.natGateways.length);
  });
});

interface IamRole {
  readonly Role: {
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly object[] };
  };
}
