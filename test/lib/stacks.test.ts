import type { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { deployedObjects } from '../support/deployed-objects';
import { defaultDeployment, type Deployment } from '../support/deployment';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

const MANIFEST = 'Custom::AWSCDK-EKS-KubernetesResource';

let deployment: Deployment;
let topology: Topology;

beforeAll(() => {
  deployment = defaultDeployment();
  topology = deployment.construct.topology;
});

function resourcesOf(stack: string): Record<string, Resource> {
  return (deployment.stacks[stack].template as { readonly Resources: Record<string, Resource> }).Resources;
}

function idsOf(stack: string, type: string, matches: (properties: Resource['Properties']) => boolean = () => true): string[] {
  const resources = resourcesOf(stack);
  return Object.keys(resources).filter(id => resources[id].Type === type && matches(resources[id].Properties));
}

/** All that must be there before a resource, by name or by reference, directly or not. */
function requirementsOf(stack: string, id: string, seen = new Set<string>()): Set<string> {
  const resources = resourcesOf(stack);
  const { Properties, DependsOn = [] } = resources[id];
  const referenced = [...JSON.stringify(Properties ?? {}).matchAll(/"(?:Ref":"|Fn::GetAtt":\[")(\w+)"/g)].map(([, target]) => target);
  for (const target of [...DependsOn, ...referenced]) {
    if (seen.has(target) || !resources[target]) continue;
    seen.add(target);
    requirementsOf(stack, target, seen);
  }
  return seen;
}

describe.each([0, 1])('region %i', regionId => {
  const stack = `Region${regionId}`;

  const addon = (name: string): string => {
    const [id] = idsOf(stack, 'AWS::EKS::Addon', ({ AddonName }) => AddonName === name);
    return id;
  };
  const chart = (release: string): string => {
    const [id] = idsOf(stack, 'Custom::AWSCDK-EKS-HelmChart', ({ Release }) => Release === release);
    return id;
  };
  const configurationOf = (name: string): Record<string, string> =>
    JSON.parse(resourcesOf(stack)[addon(name)].Properties.ConfigurationValues as string) as Record<string, string>;

  test.each(['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'])('has %s before the first node', name => {
    const nodeGroups = idsOf(stack, 'AWS::EKS::Nodegroup');
    expect(nodeGroups).toHaveLength(3);
    for (const group of nodeGroups) expect(requirementsOf(stack, group)).toContain(addon(name));
  });

  test.each(['coredns', 'aws-ebs-csi-driver'])('has nodes in every zone before %s', name => {
    const required = requirementsOf(stack, addon(name));
    expect(idsOf(stack, 'AWS::EKS::Nodegroup').filter(group => !required.has(group))).toEqual([]);
  });

  test.each(['target-group-binding', 'elastic-operator', 'external-secrets'])('has names and storage before %s', release => {
    const required = requirementsOf(stack, chart(release));
    expect(required).toContain(addon('coredns'));
    expect(required).toContain(addon('aws-ebs-csi-driver'));
  });

  test('has the load-balancer controller before anything is bound to the DNS forwarder', () => {
    const [binding, ...others] = idsOf(stack, MANIFEST);
    // One more would have to be checked against the schemas too.
    expect(others).toEqual([]);
    expect(JSON.stringify(resourcesOf(stack)[binding].Properties.Manifest)).toContain('TargetGroupBinding');
    expect(requirementsOf(stack, binding)).toContain(chart('target-group-binding'));
  });

  test('lets every add-on own its configuration', () => {
    const modes = idsOf(stack, 'AWS::EKS::Addon').map(id => resourcesOf(stack)[id].Properties.ResolveConflicts);
    expect(modes).toEqual(['OVERWRITE', 'OVERWRITE', 'OVERWRITE', 'OVERWRITE', 'OVERWRITE']);
  });

  test("has the other region's namespace and addresses in its Corefile, in full", () => {
    const peer = topology.peerOf(regionId);
    const { corefile } = configurationOf('coredns');
    expect(corefile).toContain(`\n${peer.namespace}.svc.cluster.local:53 {`);
    expect(corefile).toContain(`forward . ${peer.forwarderAddresses.join(' ')} {`);
    expect(corefile).not.toContain(topology.regions[regionId].namespace);
    expect(corefile).not.toMatch(/Token|\$\{|Fn::/);
    expect(typeof resourcesOf(stack)[addon('coredns')].Properties.ConfigurationValues).toBe('string');
  });

  test("has its DNS forwarder where the other region's Corefile looks for it", () => {
    const [balancer] = idsOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    const mappings = resourcesOf(stack)[balancer].Properties.SubnetMappings as { PrivateIPv4Address: string; SubnetId: { Ref: string } }[];
    expect(mappings.map(({ PrivateIPv4Address }) => PrivateIPv4Address)).toEqual(topology.regions[regionId].forwarderAddresses);
    for (const { SubnetId } of mappings) expect(SubnetId.Ref).toMatch(/^NetworkforwarderSubnet/);
  });

  test('has each group of nodes in the private subnet of its zone', () => {
    const subnets = idsOf(stack, 'AWS::EKS::Nodegroup').map(id => resourcesOf(stack)[id].Properties.Subnets);
    expect(subnets).toEqual([1, 2, 3].map(zone => [{ Ref: expect.stringMatching(`^NetworkprivateSubnet${zone}Subnet`) as string }]));
  });

  test('finds its zones without a look-up', () => {
    const zones = idsOf(stack, 'AWS::EC2::Subnet').map(id => resourcesOf(stack)[id].Properties.AvailabilityZone);
    expect(new Set(zones.map(zone => JSON.stringify(zone)))).toEqual(
      new Set([0, 1, 2].map(index => JSON.stringify({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }))),
    );
  });

  test('keeps the logs of every function in a group that exists before it, ends, and is not brought back by Lambda', () => {
    const resources = resourcesOf(stack);
    const functions = idsOf(stack, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(regionId === 0 ? 5 : 3);
    for (const { Properties } of functions.map(id => resources[id])) {
      const { LoggingConfig, Role } = Properties as { LoggingConfig: { LogGroup: { Ref: string } }; Role: { 'Fn::GetAtt': [string] } };
      const { Type, Properties: group } = resources[LoggingConfig.LogGroup.Ref];
      expect({ Type, days: group.RetentionInDays }).toEqual({ Type: 'AWS::Logs::LogGroup', days: 90 });
      const role = resources[Role['Fn::GetAtt'][0]].Properties;
      // Rights that AWS maintains include making log groups.
      if (!role.ManagedPolicyArns) continue;
      expect(role.Policies).toContainEqual(
        expect.objectContaining({
          PolicyDocument: expect.objectContaining({
            Statement: [{ Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' }],
          }) as unknown,
        }),
      );
    }
  });

  test('knows the other region by values alone', () => {
    expect(JSON.stringify(resourcesOf(stack))).not.toContain('Fn::GetStackOutput');
  });
});

describe.each([0, 1])('Camunda in region %i', regionId => {
  const stack = `Camunda${regionId}`;

  const manifests = (): Resource[] => idsOf(stack, MANIFEST).map(id => resourcesOf(stack)[id]);

  test('deploys exactly the objects that the command line writes, for the account that it deploys into', () => {
    expect(manifests().map(({ Properties }) => deployedObjects(Properties.Manifest))).toEqual(
      regionManifests(topology, regionId).map(({ objects }) => objects),
    );
  });

  test('applies them in the order of their names', () => {
    const names = regionManifests(topology, regionId).map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    const ids = idsOf(stack, MANIFEST);
    ids.slice(1).forEach((id, index) => expect(resourcesOf(stack)[id].DependsOn).toContain(ids[index]));
  });

  test('deletes nothing because a manifest no longer names it', () => {
    for (const { Properties } of manifests()) expect(Properties).not.toHaveProperty('PruneLabel');
  });

  test('fits into what the deployment function takes', () => {
    for (const { Properties } of manifests()) expect(Buffer.byteLength(JSON.stringify(Properties))).toBeLessThan(262_144);
  });

  test('reaches the cluster of its own region', () => {
    const references = JSON.stringify(resourcesOf(stack)).match(/"StackName":"[^"]+"/g);
    expect(new Set(references)).toEqual(new Set([`"StackName":"camunda-Region${regionId}"`]));
  });
});
