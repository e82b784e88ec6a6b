import { Size, type Stack, Tags, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { EksAddon } from '../../constructs/cluster/eks-addon';
import { NodeAddons } from '../../constructs/cluster/node-addons';
import { PodIdentity } from '../../constructs/cluster/pod-identity';
import { RegionCluster, type RegionClusterProps } from '../../constructs/cluster/region-cluster';
import { WorkloadAddons } from '../../constructs/cluster/workload-addons';
import { ZonalNodes, type ZonalNodesProps } from '../../constructs/cluster/zonal-nodes';
import { emptyStack, resourcesOf } from '../support/app';

const SUBNETS = ['subnet-00000000', 'subnet-11111111', 'subnet-22222222'];

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

/** A VPC that somebody else made, which must do as well as one of ours. */
function importedVpc(): { readonly vpc: ec2.IVpc; readonly subnets: ec2.ISubnet[] } {
  const reason = 'load balancers of others are not managed here';
  Validations.of(stack).acknowledge({ id: 'Annotation::@aws-cdk/aws-eks:clusterMustManuallyTagSubnet', reason });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-00000000',
    availabilityZones: ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'],
    privateSubnetIds: SUBNETS,
    privateSubnetRouteTableIds: ['rtb-0', 'rtb-1', 'rtb-2'],
  });
  return { vpc, subnets: vpc.privateSubnets };
}

function cluster(overrides: Partial<RegionClusterProps> = {}): RegionCluster {
  return new RegionCluster(stack, 'Cluster', {
    clusterName: 'camunda-region0',
    ...importedVpc(),
    version: eks.KubernetesVersion.V1_35,
    serviceCidr: '10.190.0.0/16',
    logRetention: RetentionDays.ONE_MONTH,
    kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-2:123456789012:layer:kubectl:1'),
    ...overrides,
  });
}

function importedCluster(): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'imported' });
}

describe('RegionCluster', () => {
  test('has the version, the name and the service range that it is told', () => {
    cluster();
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      Name: 'camunda-region0',
      Version: '1.35',
      KubernetesNetworkConfig: Match.objectLike({ ServiceIpv4Cidr: '10.190.0.0/16', IpFamily: 'ipv4' }),
      ResourcesVpcConfig: Match.objectLike({ SubnetIds: SUBNETS }),
    });
  });

  test('encrypts secrets with a given key, and makes none of its own then', () => {
    const keyArn = 'arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555';
    cluster({ secretsEncryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::Cluster', { EncryptionConfig: [{ Provider: { KeyArn: keyArn }, Resources: ['secrets'] }] });
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('keeps no log longer than it is told, those of the deployment function included', () => {
    cluster();
    const groups = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::Logs::LogGroup'));
    expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toEqual([30, 30]);
  });

  test('can be reached from inside alone, unless ranges are given', () => {
    cluster();
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: Match.objectLike({ EndpointPrivateAccess: true, EndpointPublicAccess: false, PublicAccessCidrs: Match.absent() }),
    });
  });

  test('can be reached over the internet from the given ranges alone', () => {
    cluster({ publicAccessCidrs: ['203.0.113.0/24', '198.51.100.7/32'] });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: Match.objectLike({
        EndpointPrivateAccess: true,
        EndpointPublicAccess: true,
        PublicAccessCidrs: ['203.0.113.0/24', '198.51.100.7/32'],
      }),
    });
  });

  test('starts without self-managed add-ons, without rights for its creator and without Auto Mode', () => {
    cluster();
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      BootstrapSelfManagedAddons: false,
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      ComputeConfig: { Enabled: false },
    });
  });

  test('encrypts Kubernetes secrets with a key of its own, which rotates', () => {
    cluster();
    const template = Template.fromStack(stack);
    const [key] = Object.keys(resourcesOf(template, 'AWS::KMS::Key'));
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.hasResourceProperties('AWS::EKS::Cluster', {
      EncryptionConfig: [{ Provider: { KeyArn: { 'Fn::GetAtt': [key, 'Arn'] } }, Resources: ['secrets'] }],
    });
  });

  test('logs all that the control plane can log, into a group that exists before and ends', () => {
    cluster();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Logging: {
        ClusterLogging: {
          EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map(Type => ({ Type })),
        },
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/eks/camunda-region0/cluster', RetentionInDays: 30 });
    template.hasResource('AWS::EKS::Cluster', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ClusterControlPlaneLogs')]) });
  });

  test('cannot bring its log group back when it is deleted', () => {
    cluster();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({ Statement: [Match.objectLike({ Principal: { Service: 'eks.amazonaws.com' } })] }),
      Policies: [
        Match.objectLike({
          PolicyDocument: Match.objectLike({ Statement: [{ Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' }] }),
        }),
      ],
    });
  });

  test('has only the deployment function as administrator, unless roles are given', () => {
    cluster();
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test('makes the given roles administrators', () => {
    const roles = ['arn:aws:iam::123456789012:role/Admin', 'arn:aws:iam::123456789012:role/Operator'];
    cluster({ adminRoleArns: roles });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EKS::AccessEntry', 3);
    for (const PrincipalArn of roles) {
      template.hasResourceProperties('AWS::EKS::AccessEntry', {
        PrincipalArn,
        AccessPolicies: [Match.objectLike({ AccessScope: { Type: 'cluster' } })],
      });
    }
  });

  test('keeps its deployment function inside the VPC', () => {
    cluster();
    const functions = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::Lambda::Function'));
    expect(functions).toHaveLength(2);
    expect(functions.map(({ Properties }) => Properties.VpcConfig)).toEqual(
      functions.map(() => expect.objectContaining({ SubnetIds: SUBNETS }) as unknown),
    );
  });

  test('can be changed through the cluster', () => {
    (cluster().cluster.node.defaultChild as eks.CfnCluster).addPropertyOverride('UpgradePolicy.SupportType', 'STANDARD');
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', { UpgradePolicy: { SupportType: 'STANDARD' } });
  });
});

describe('ZonalNodes', () => {
  function nodes(overrides: Partial<ZonalNodesProps> = {}): ZonalNodes {
    const { cluster: own } = cluster();
    return new ZonalNodes(stack, 'Nodes', {
      cluster: own,
      subnets: own.vpc.privateSubnets,
      instanceType: new ec2.InstanceType('m6i.xlarge'),
      perZone: 2,
      maxPerZone: 3,
      volumeSize: Size.gibibytes(50),
      ...overrides,
    });
  }

  test('has one group in the subnet of each zone', () => {
    nodes();
    const groups = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EKS::Nodegroup')).map(({ Properties }) => Properties);
    expect(groups.map(({ Subnets }) => Subnets)).toEqual(SUBNETS.map(subnet => [subnet]));
    expect(groups.map(({ ScalingConfig }) => ScalingConfig)).toEqual(SUBNETS.map(() => ({ MinSize: 2, DesiredSize: 2, MaxSize: 3 })));
  });

  test('replaces one node at a time, never by force, and repairs broken ones', () => {
    nodes();
    Template.fromStack(stack).allResourcesProperties('AWS::EKS::Nodegroup', {
      UpdateConfig: { MaxUnavailable: 1 },
      ForceUpdateEnabled: false,
      NodeRepairConfig: { Enabled: true },
    });
  });

  test('updates one zone after the other', () => {
    nodes();
    const groups = resourcesOf(Template.fromStack(stack), 'AWS::EKS::Nodegroup');
    const ids = Object.keys(groups);
    const waitsFor = ids.map(id => (groups[id].DependsOn ?? []).filter(other => other in groups));
    expect(waitsFor).toEqual([[], [ids[0]], [ids[1]]]);
  });

  test('leaves its groups without tags, wherever they are added', () => {
    const { nodegroups } = nodes();
    Tags.of(stack).add('team', 'orders');
    const template = Template.fromStack(stack);
    template.allResourcesProperties('AWS::EKS::Nodegroup', { Tags: Match.absent() });
    expect(nodegroups).toHaveLength(3);
  });

  test('keeps pods away from the credentials of the machine', () => {
    nodes();
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } }),
    });
  });

  test('encrypts the root volumes', () => {
    nodes({ volumeSize: Size.gibibytes(80) });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeSize: 80, VolumeType: 'gp3', DeleteOnTermination: true } },
        ],
      }),
    });
  });

  test('names no security group, because nodes would then lose the one of the cluster', () => {
    nodes();
    const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EC2::LaunchTemplate'));
    expect(JSON.stringify(Properties)).not.toMatch(/SecurityGroup|NetworkInterfaces/);
  });

  test.each([
    ['m6i.xlarge', 'AL2023_x86_64_STANDARD'],
    ['m7g.xlarge', 'AL2023_ARM_64_STANDARD'],
  ])('runs the image for the processor of %s', (instanceType, image) => {
    nodes({ instanceType: new ec2.InstanceType(instanceType) });
    const template = Template.fromStack(stack);
    template.allResourcesProperties('AWS::EKS::Nodegroup', { InstanceTypes: Match.absent(), AmiType: image });
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: Match.objectLike({ InstanceType: instanceType }) });
  });

  test('gives nodes the policies that EKS requires, and no more', () => {
    const { nodegroups } = nodes();
    const policies = resourcesOf(Template.fromStack(stack), 'AWS::IAM::Role');
    const [role] = Object.keys(policies).filter(id => id.startsWith('NodesRole'));
    expect(JSON.stringify(policies[role].Properties.ManagedPolicyArns).match(/policy\/\w+/g)).toEqual([
      'policy/AmazonEKSWorkerNodePolicy',
      'policy/AmazonEKS_CNI_Policy',
      'policy/AmazonEC2ContainerRegistryPullOnly',
    ]);
    expect(nodegroups).toHaveLength(3);
  });

  test('can be changed through its groups', () => {
    (nodes().nodegroups[0].node.defaultChild as eks.CfnNodegroup).labels = { zone: 'first' };
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Nodegroup', { Labels: { zone: 'first' } });
  });
});

describe('EksAddon', () => {
  test('owns its configuration, by default at the default version of EKS', () => {
    new EksAddon(stack, 'Addon', { cluster: importedCluster(), addonName: 'coredns' });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'coredns',
      ClusterName: 'imported',
      ResolveConflicts: 'OVERWRITE',
      PreserveOnDelete: false,
      AddonVersion: Match.absent(),
      ConfigurationValues: Match.absent(),
    });
  });

  test('takes a version and a configuration', () => {
    new EksAddon(stack, 'Addon', {
      cluster: importedCluster(),
      addonName: 'coredns',
      addonVersion: 'v1.14.2-eksbuild.4',
      configuration: { replicaCount: 3 },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
      AddonVersion: 'v1.14.2-eksbuild.4',
      ConfigurationValues: '{"replicaCount":3}',
    });
  });

  test('can be changed through its resource', () => {
    new EksAddon(stack, 'Addon', { cluster: importedCluster(), addonName: 'coredns' }).resource.preserveOnDelete = true;
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', { PreserveOnDelete: true });
  });
});

describe('NodeAddons', () => {
  test('keeps the addresses of pods, packets that fit the peering, and network policies', () => {
    new NodeAddons(stack, 'NodeAddons', { cluster: importedCluster() });
    const [cni] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EKS::Addon'));
    expect(cni.Properties.AddonName).toBe('vpc-cni');
    expect(JSON.parse(String(cni.Properties.ConfigurationValues))).toEqual({
      enableNetworkPolicy: 'true',
      env: { AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true', AWS_VPC_ENI_MTU: '8500' },
    });
  });

  test('has what a node needs before it joins', () => {
    new NodeAddons(stack, 'NodeAddons', { cluster: importedCluster() });
    const addons = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EKS::Addon')).map(({ Properties }) => Properties);
    expect(addons.map(({ AddonName }) => AddonName)).toEqual(['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent']);
    expect(addons.every(({ ResolveConflicts }) => ResolveConflicts === 'OVERWRITE')).toBe(true);
  });

  test('can be changed through its add-ons', () => {
    const addons = new NodeAddons(stack, 'NodeAddons', { cluster: importedCluster() });
    (addons.node.findChild('VpcCni') as EksAddon).resource.addonVersion = 'v1.20.0-eksbuild.1';
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'vpc-cni', AddonVersion: 'v1.20.0-eksbuild.1' });
  });
});

describe('WorkloadAddons', () => {
  const COREFILE = '.:53 {\n    ready\n}\n';

  function addons(): WorkloadAddons {
    return new WorkloadAddons(stack, 'WorkloadAddons', { cluster: importedCluster(), corefile: COREFILE });
  }

  test('gives CoreDNS the whole Corefile', () => {
    addons();
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'coredns',
      ConfigurationValues: JSON.stringify({ corefile: COREFILE }),
      ResolveConflicts: 'OVERWRITE',
    });
  });

  test('gives the storage driver its role before it starts', () => {
    addons();
    const template = Template.fromStack(stack);
    template.hasResource('AWS::EKS::Addon', {
      Properties: { AddonName: 'aws-ebs-csi-driver', ResolveConflicts: 'OVERWRITE' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('EbsCsiIdentity')]),
    });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'kube-system',
      ServiceAccount: 'ebs-csi-controller-sa',
    });
  });

  test('can be changed through its add-ons', () => {
    (addons().node.findChild('CoreDns') as EksAddon).resource.addonVersion = 'v1.14.2-eksbuild.4';
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'coredns', AddonVersion: 'v1.14.2-eksbuild.4' });
  });
});

describe('PodIdentity', () => {
  function identity(): PodIdentity {
    return new PodIdentity(stack, 'Identity', { cluster: importedCluster(), namespace: 'camunda', serviceAccount: 'backup' });
  }

  test('lets the pods of one service account have a role', () => {
    const { role } = identity();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          {
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Effect: 'Allow',
            Principal: { Service: 'pods.eks.amazonaws.com' },
          },
        ],
      }),
    });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      ClusterName: 'imported',
      Namespace: 'camunda',
      ServiceAccount: 'backup',
      RoleArn: stack.resolve(role.roleArn) as unknown,
    });
  });

  test('can be changed through its resource', () => {
    (identity().node.defaultChild as eks.CfnPodIdentityAssociation).addPropertyOverride('DisableSessionTags', true);
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::PodIdentityAssociation', { DisableSessionTags: true });
  });
});
